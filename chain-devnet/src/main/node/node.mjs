/**
 * The development chain's node: a Hardhat network (or anvil) behind one JSON-RPC door that mines
 * when there is something to mine and keeps its blocks across restarts. It tells its parent on
 * standard output how far it is, and ends when its standard input closes.
 */
import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { openAnvil } from "./anvil.mjs";
import { Chain } from "./chain.mjs";
import { Failure } from "./failure.mjs";
import { openHardhat } from "./hardhat.mjs";
import { Journal } from "./journal.mjs";
import { Miner } from "./miner.mjs";
import { failed, listening, progress } from "./report.mjs";
import { Rpc } from "./rpc.mjs";
import { serve } from "./server.mjs";

const { values: options } = parseArgs({
  options: {
    host: { type: "string", default: "127.0.0.1" },
    port: { type: "string", default: "0" },
    data: { type: "string" },
    confirmations: { type: "string", default: "3" },
    interval: { type: "string", default: "0" },
    anvil: { type: "boolean", default: false },
  },
});

// Ctrl-C reaches the parent too: it says when the chain ends, by closing the pipe.
process.on("SIGINT", () => {});
process.on("uncaughtException", die);
process.on("unhandledRejection", die);

let running;
process.on("SIGTERM", end);
process.stdin.on("close", end).on("error", end).resume();
await start().catch(die);

async function start() {
  const pidFile = writePid();
  const network = options.anvil ? await openAnvil() : await openHardhat();
  const journal = options.data === undefined ? undefined : new Journal(options.data);
  const chain = await Chain.open(network, journal, progress, die);
  const miner = new Miner(chain, Number(options.confirmations), die);
  const port = await serve(new Rpc(chain, miner), options.host, Number(options.port));
  running = { chain, miner, pidFile };
  miner.setInterval(Number(options.interval));
  listening(port);
}

function writePid() {
  if (options.data === undefined) return undefined;
  fs.mkdirSync(options.data, { recursive: true });
  const file = path.join(options.data, "devnet.pid");
  fs.writeFileSync(file, `${process.pid}\n`);
  return file;
}

async function end() {
  if (running !== undefined) {
    running.miner.stop();
    await running.chain.close();
    if (running.pidFile !== undefined) fs.rmSync(running.pidFile, { force: true });
  }
  process.exit(0);
}

function die(error) {
  if (error instanceof Failure) failed(error.code, error.message, error.remedy);
  else failed("NODE", String(error?.stack ?? error), "Start again. If it comes back, this is a fault of the node.");
  process.exit(1);
}
