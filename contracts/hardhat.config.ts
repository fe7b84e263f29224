import { defineConfig } from "hardhat/config";
import { definePlugin } from "hardhat/plugins";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A start of Atelier installs what compiles and no more; the tests' packages come with the tests. */
const forTests = existsSync(new URL("node_modules/viem", import.meta.url))
  ? [
      (await import("@nomicfoundation/hardhat-node-test-runner")).default,
      (await import("@nomicfoundation/hardhat-viem")).default,
      (await import("@nomicfoundation/hardhat-viem-assertions")).default,
    ]
  : [];

/**
 * Hardhat asks the compiler for the code of every contract that a test names, and so would compile all of them again. The
 * Solidity tests deploy the artifacts instead, and need no code but their own, quickly compiled.
 */
const testsAlone = definePlugin({
  id: "atelier-tests-alone",
  hookHandlers: {
    solidity: async () => ({
      default: async () => ({
        preprocessSolcInputBeforeBuilding: async (context, input, next) => {
          const tests = Object.keys(input.sources).filter((source) => /^project\/test\//.test(source));
          if (tests.length === 0) return next(context, input);
          const { "*": everything } = input.settings.outputSelection;
          const outputSelection = {
            "*": { "": everything[""] },
            ...Object.fromEntries(tests.map((source) => [source, everything])),
          };
          const quick = { viaIR: false, optimizer: { enabled: false } };
          return next(context, { ...input, settings: { ...input.settings, ...quick, outputSelection } });
        },
      }),
    }),
  },
});

// What is tested is what is shipped, byte for byte: tests of both kinds deploy the artifacts.
export default defineConfig({
  plugins: [testsAlone, ...forTests],
  paths: {
    sources: "src",
    tests: { nodejs: "test", solidity: "test" },
    artifacts: "target/hardhat/artifacts",
    cache: "target/hardhat/cache",
  },
  solidity: {
    version: "0.8.37",
    path: fileURLToPath(import.meta.resolve("solc/soljson.js")),
    settings: {
      evmVersion: "osaka",
      viaIR: true,
      optimizer: { enabled: true, runs: 1_000_000 },
      metadata: { bytecodeHash: "none" },
    },
    splitTestsCompilation: true,
  },
  networks: {
    default: { type: "edr-simulated", chainType: "l1", chainId: 31337, hardfork: "osaka" },
    // Always the same day, so that calldata and with it the gas is the same in every run.
    measured: {
      type: "edr-simulated",
      chainType: "l1",
      chainId: 31337,
      hardfork: "osaka",
      initialDate: "2030-01-01T00:00:00Z",
    },
    // A chain that is not the development chain: here a sealed contract's module waits its seven days.
    elsewhere: { type: "edr-simulated", chainType: "l1", chainId: 4242, hardfork: "osaka" },
  },
  test: {
    solidity: {
      fuzz: { runs: 256, seed: "0x617465" },
      fsPermissions: { readDirectory: ["target/hardhat/artifacts", "node_modules/@openzeppelin/contracts/build"] },
    },
  },
});
