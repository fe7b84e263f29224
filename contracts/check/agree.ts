/**
 * Reads the chain from the Directory and recomputes what everybody holds, owns, sold and paid; then asks the backend's API
 * for the same and compares. It shares no code with the backend: it knows the contracts' events and nothing else.
 *
 *   npm run agree -- --rpc URL --directory ADDRESS --api http://host:port [--token BEARER]
 *
 * Exits 0 if they agree, else 1 with the first differences in words.
 */
import { parseArgs } from "node:util";
import { createPublicClient, getAddress, http, isAddress } from "viem";
import { type Answers, ask } from "./api.ts";
import { type Chain, readChain } from "./chain.ts";
import { compare } from "./compare.ts";

const SHOWN = 20;
const TRIES = 10;

const USAGE =
  "Usage: npm run agree -- --rpc URL --directory ADDRESS --api http://host:port [--token BEARER]";

async function main(): Promise<number> {
  const { rpc, directory, api, token } = options();
  const answers = await atOneBlock(() => ask(api, token));
  const client = createPublicClient({ transport: http(rpc, { timeout: 30_000 }) });
  const chain = await readChain(client, getAddress(directory), answers.block);
  const found = await compare(chain, answers);
  report(chain, answers, found);
  return found.length === 0 ? 0 : 1;
}

function options() {
  const { values } = parseArgs({
    options: {
      rpc: { type: "string" },
      directory: { type: "string" },
      api: { type: "string" },
      token: { type: "string" },
    },
  });
  const { rpc, directory, api, token } = values;
  if (!rpc || !directory || !api) throw new Error(USAGE);
  if (!isAddress(directory, { strict: false })) throw new Error(`${directory} is no address.\n${USAGE}`);
  return { rpc, directory: directory.toLowerCase() as `0x${string}`, api: api.replace(/\/$/, ""), token };
}

/** Asks again while the mirror moves on between two pages, so that all answers are of one block. */
async function atOneBlock(answer: () => Promise<Answers | undefined>): Promise<Answers> {
  for (let i = 0; i < TRIES; ++i) {
    const answers = await answer();
    if (answers) return answers;
  }
  throw new Error(`The mirror moved on during each of ${TRIES} readings. Try again when the chain is quieter.`);
}

function report(chain: Chain, answers: Answers, found: string[]): void {
  const read = [
    `${chain.holdings.size} holdings`,
    `${chain.sales.length} sales`,
    `${answers.orders.length} orders`,
    `${chain.rules.values.length} rules at version ${chain.rules.version}`,
    `${chain.payments} purchases and makings`,
  ];
  console.log(`Block ${answers.block}: ${read.join(", ")}.`);
  if (found.length === 0) {
    console.log("Chain and API agree.");
    return;
  }
  console.log(`Chain and API differ in ${found.length} places:`);
  for (const difference of found.slice(0, SHOWN)) console.log(`- ${difference}`);
  if (found.length > SHOWN) console.log(`- and ${found.length - SHOWN} more`);
}

try {
  process.exitCode = await main();
} catch (problem) {
  console.error(problem instanceof Error ? problem.message : problem);
  process.exitCode = 1;
}
