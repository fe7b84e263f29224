/**
 * Makes profit statements as docs/statement.md says, and shares no code with the backend: of recorded histories, or of the
 * chain that a node tells.
 *
 *   node check/statement.ts FACTS.jsonl
 *   node check/statement.ts --rpc URL --directory ADDRESS
 *
 * A line of the file is one history's facts. The texts of all statements go to the standard output, one after another.
 * Exits 1 with a line that says what is wrong if a history is malformed or facts are missing.
 */
import { open } from "node:fs/promises";
import { parseArgs } from "node:util";
import { type Address, createPublicClient, http, isAddress } from "viem";
import { readChain } from "./statement/chain.ts";
import { readHistory } from "./statement/facts.ts";
import { statementsOf } from "./statement/statements.ts";
import { textOf } from "./statement/text.ts";

const USAGE = "Usage: node check/statement.ts FACTS.jsonl | --rpc URL --directory ADDRESS";

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { rpc: { type: "string" }, directory: { type: "string" } },
    allowPositionals: true,
  });
  const { rpc, directory } = values;
  if (rpc && directory && positionals.length === 0) return ofChain(rpc, directory);
  if (rpc || directory || positionals.length !== 1) throw new Error(USAGE);
  return ofFile(positionals[0]);
}

async function ofChain(rpc: string, directory: string): Promise<void> {
  if (!isAddress(directory, { strict: false })) throw new Error(`${directory} is no address.\n${USAGE}`);
  const client = createPublicClient({ transport: http(rpc, { timeout: 30_000 }) });
  const history = await readChain(client, directory.toLowerCase() as Address);
  process.stdout.write(statementsOf(history).map(textOf).join(""));
}

async function ofFile(name: string): Promise<void> {
  const file = await open(name);
  let number = 0;
  for await (const line of file.readLines()) {
    number += 1;
    process.stdout.write(textsOf(line, number));
  }
}

function textsOf(line: string, number: number): string {
  try {
    return statementsOf(readHistory(line)).map(textOf).join("");
  } catch (problem) {
    throw new Error(`Line ${number}: ${(problem as Error).message}.`);
  }
}

try {
  await main();
} catch (problem) {
  console.error(problem instanceof Error ? problem.message : problem);
  process.exitCode = 1;
}
