import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "./failure.mjs";

const modules = fileURLToPath(new URL("../../../node_modules", import.meta.url));

/** anvil ends with the pipe too: it does not read its input, so a shell waits for the end in its place. */
const UNTIL_PIPE_CLOSES = '"$@" </dev/null & anvil=$!; exec >&-; cat >/dev/null; kill $anvil';

/** The same chain id, accounts and hardfork on anvil, a child of this process: the second node. */
export async function openAnvil() {
  const child = spawn("/bin/sh", ["-c", UNTIL_PIPE_CLOSES, "sh", program(), ...ARGUMENTS], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const url = await listeningUrl(child);
  const request = (method, params = []) => call(url, method, params);
  return {
    name: await request("web3_clientVersion"),
    request,
    async mine(time) {
      await request("evm_mine", [time]);
    },
    close: async () => child.stdin.end(),
  };
}

const ARGUMENTS = [
  ...["--host", "127.0.0.1", "--port", "0", "--no-mining", "--chain-id", "31337"],
  ...["--accounts", "20", "--balance", "10000", "--hardfork", "osaka", "--gas-limit", "60000000"],
  "--enable-tx-gas-limit",
];

function program() {
  const platform = { linux: "linux", darwin: "darwin", win32: "win32" }[process.platform];
  const architecture = { x64: "amd64", arm64: "arm64" }[process.arch];
  return path.join(modules, "@foundry-rs", `anvil-${platform}-${architecture}`, "bin", "anvil");
}

async function listeningUrl(child) {
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const found = /^Listening on (\S+)$/.exec(line);
    if (found === null) continue;
    child.stdout.resume();
    return `http://${found[1]}`;
  }
  throw new Failure(
    "ANVIL",
    "anvil ended before it listened.",
    "Run 'npm install' once in chain-devnet: the lock names the binary of Linux x64 alone.",
  );
}

async function call(url, method, params) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
  });
  const { result, error } = await response.json();
  if (error !== undefined) throw Object.assign(new Error(error.message), { code: error.code, data: error.data });
  return result;
}
