import { defineConfig } from "hardhat/config";

/**
 * Everything that a block's hash depends on stands here and stays as it is: a journal written under
 * other values would not replay.
 */
export default defineConfig({
  networks: {
    devnet: {
      type: "edr-simulated",
      chainType: "l1",
      chainId: 31337,
      hardfork: "osaka",
      initialDate: "2026-01-01T00:00:00Z",
      blockGasLimit: 60_000_000,
      // Several blocks may fall into one second; the wall clock is not pushed ahead for them.
      allowBlocksWithSameTimestamp: true,
      // A failed transaction is mined and answered by its receipt, as on any public chain.
      throwOnTransactionFailures: false,
      // Blocks are mined by src/main/node/miner.mjs alone.
      mining: { auto: false },
    },
  },
});
