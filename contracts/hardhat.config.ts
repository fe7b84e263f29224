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

const compiler = {
  version: "0.8.37",
  path: fileURLToPath(import.meta.resolve("solc/soljson.js")),
};

const settings = {
  evmVersion: "osaka",
  viaIR: true,
  optimizer: { enabled: true, runs: 1_000_000 },
  metadata: { bytecodeHash: "none" },
} as const;

/** What is large or called once in a while takes the quick pipeline: a start waits for the other. */
const quickly = { ...settings, viaIR: false, optimizer: { enabled: true, runs: 200 } };

const quick = ["Council", "Directory", "Ratchet", "RuleBook", "Seats"].map((name) => `src/${name}.sol`);

const blank = () => ({ object: "", opcodes: "", sourceMap: "", linkReferences: {}, immutableReferences: {} });

/**
 * Hardhat asks the compiler for the code of every contract that a source names, and so would compile some once for each
 * pipeline, and OpenZeppelin's, which are deployed as published. The Solidity tests deploy the artifacts, and need no code
 * but their own, quickly compiled. Hardhat's node wants to know of all contracts: those left out are blank.
 */
const eachOnce = definePlugin({
  id: "atelier-each-once",
  hookHandlers: {
    // Hardhat merges what is compiled by one and the same object.
    config: async () => ({
      default: async () => ({
        resolveUserConfig: async (user, variables, next) => {
          const config = await next(user, variables);
          for (const { overrides } of Object.values(config.solidity.profiles)) {
            for (const source of quick) overrides[source] = overrides[quick[0]];
          }
          return config;
        },
      }),
    }),
    solidity: async () => ({
      default: async () => ({
        preprocessSolcInputBeforeBuilding: async (context, input, next) => {
          const sources = Object.keys(input.sources).filter((source) => source.startsWith("project/"));
          const tests = sources.filter((source) => source.startsWith("project/test/"));
          const isQuick = (source: string) => quick.includes(source.slice("project/".length));
          const wanted = tests.length > 0 ? tests : sources.filter((source) => isQuick(source) !== input.settings.viaIR);
          const { "*": everything } = input.settings.outputSelection;
          const outputSelection = {
            "*": { "": everything[""] },
            ...Object.fromEntries(wanted.map((source) => [source, everything])),
          };
          const asTests = tests.length > 0 ? { viaIR: false, optimizer: { enabled: false } } : {};
          return next(context, { ...input, settings: { ...input.settings, ...asTests, outputSelection } });
        },
        invokeSolc: async (context, compiler, input, config, next) => {
          const output = await next(context, compiler, input, config);
          for (const [source, { ast }] of Object.entries<any>(output.sources ?? {})) {
            for (const { nodeType, name } of ast.nodes) {
              if (nodeType !== "ContractDefinition") continue;
              const code = { bytecode: blank(), deployedBytecode: blank(), methodIdentifiers: {} };
              const known = ((output.contracts ??= {})[source] ??= {});
              known[name] ??= { abi: [], evm: code };
            }
          }
          return output;
        },
      }),
    }),
  },
});

// What is tested is what is shipped, byte for byte: tests of both kinds deploy the artifacts.
export default defineConfig({
  plugins: [eachOnce, ...forTests],
  paths: {
    sources: "src",
    tests: { nodejs: "test", solidity: "test" },
    artifacts: "target/hardhat/artifacts",
    cache: "target/hardhat/cache",
  },
  solidity: {
    compilers: [{ ...compiler, settings }],
    overrides: Object.fromEntries(quick.map((source) => [source, { ...compiler, settings: quickly }])),
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
