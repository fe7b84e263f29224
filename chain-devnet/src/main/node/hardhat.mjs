import { createRequire } from "node:module";
import { Failure } from "./failure.mjs";

const require = createRequire(import.meta.url);

/** The chain as Hardhat's simulated network, inside this process. */
export async function openHardhat() {
  const provider = await connect();
  const request = (method, params = []) => provider.request({ method, params });
  return {
    name: `hardhat ${require("hardhat/package.json").version}`,
    request,
    async mine(time, randao) {
      await request("hardhat_setPrevRandao", [randao]);
      await request("evm_mine", [time]);
    },
    close: () => provider.close(),
  };
}

async function connect() {
  try {
    process.env.HARDHAT_DISABLE_TELEMETRY = "true";
    const { createHardhatRuntimeEnvironment } = await import("hardhat/hre");
    const { default: config } = await import("../../../hardhat.config.ts");
    const runtime = await createHardhatRuntimeEnvironment(config, { network: "devnet" });
    return (await runtime.network.connect("devnet")).provider;
  } catch (error) {
    throw new Failure(
      "NODE_MODULES",
      `Hardhat does not start on ${process.platform}-${process.arch}: ${error.message}`,
      "Run 'npm install' once in chain-devnet: the lock names the binaries of Linux x64 alone, 'npm install' adds those of this platform.",
    );
  }
}
