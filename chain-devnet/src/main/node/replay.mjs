import { count } from "./report.mjs";

const CHECK_EVERY = 500;
const TELL_EVERY = 1000;

/**
 * Mines the journal's blocks again. A hash commits to every block before it, so one check in 500
 * and one at the end compare them all.
 */
export async function replay(network, journal, tell) {
  const check = new Check(network, journal);
  let offset = 0;
  let emptyTail = 0;
  for (const block of journal.blocks()) {
    await mineAgain(network, journal, block);
    check.expect(block);
    if (block.number % CHECK_EVERY === 0) await check.compare();
    if (block.number % TELL_EVERY === 0) tell(`replayed ${count(block.number)} of ${count(journal.count)} blocks`);
    offset = block.offset;
    emptyTail = block.transactions.length === 0 ? emptyTail + 1 : 0;
  }
  await check.compare();
  return { offset, emptyTail };
}

/** A transaction that the node signed itself, as the request that makes it sign the same again. */
export function transactionToKeep({ input, gasPrice, ...sent }) {
  const fees =
    sent.maxFeePerGas === undefined
      ? { gasPrice }
      : { maxFeePerGas: sent.maxFeePerGas, maxPriorityFeePerGas: sent.maxPriorityFeePerGas };
  const { from, to, gas, value, nonce, accessList, authorizationList } = sent;
  return {
    ...{ from, to: to ?? undefined, gas, value, nonce, data: input },
    ...{ accessList, authorizationList, ...fees },
  };
}

async function mineAgain(network, journal, block) {
  try {
    for (const sent of block.transactions) {
      const method = typeof sent === "string" ? "eth_sendRawTransaction" : "eth_sendTransaction";
      await network.request(method, [sent]);
    }
    await network.mine(block.time, block.randao);
  } catch (error) {
    throw journal.damaged(block.number, `does not replay: ${error.message}`);
  }
}

/** Compares the hashes since the last comparison with the chain's, and names the first that differs. */
class Check {
  #network;
  #journal;
  #expected = [];

  constructor(network, journal) {
    this.#network = network;
    this.#journal = journal;
  }

  expect({ number, hash }) {
    this.#expected.push({ number, hash });
  }

  async compare() {
    const last = this.#expected.at(-1);
    if (last === undefined || (await this.#matches(last))) {
      this.#expected = [];
      return;
    }
    for (const block of this.#expected) {
      if (!(await this.#matches(block))) throw this.#journal.damaged(block.number, "has another hash when replayed");
    }
  }

  async #matches({ number, hash }) {
    const block = await this.#network.request("eth_getBlockByNumber", [`0x${number.toString(16)}`, false]);
    return block?.hash === hash;
  }
}
