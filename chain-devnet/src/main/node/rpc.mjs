import { Refusal } from "./failure.mjs";

const MOST_BLOCKS_AT_ONCE = 100_000;
const REVERTED = 3;

/** Control methods that change nothing a journal would have to know. */
const HARMLESS = new Set([
  "hardhat_metadata",
  "hardhat_dropTransaction",
  "hardhat_addCompilationResult",
  "anvil_nodeInfo",
  "anvil_dropTransaction",
]);

/** The JSON-RPC methods: the node's own, those that mine, and those that tests steer the chain with. */
export class Rpc {
  #chain;
  #miner;
  #methods;
  #changed = false;

  constructor(chain, miner) {
    this.#chain = chain;
    this.#miner = miner;
    this.#methods = this.#ours();
  }

  /** Answers one request or a batch in its order; nothing for notifications. */
  async answer(payload) {
    if (!Array.isArray(payload)) return this.#answerOne(payload);
    if (payload.length === 0) return failure(null, Refusal.invalidRequest("A batch must not be empty."));
    const answers = [];
    for (const request of payload) answers.push(await this.#answerOne(request));
    const wanted = answers.filter((answer) => answer !== undefined);
    return wanted.length === 0 ? undefined : wanted;
  }

  /** To be called once answers have gone out: what they accepted is mined now. */
  settle() {
    if (!this.#changed) return;
    this.#changed = false;
    this.#miner.wake();
  }

  async #answerOne(request) {
    const id = request?.id ?? null;
    try {
      const result = await this.#call(request);
      return request.id === undefined ? undefined : { jsonrpc: "2.0", id, result };
    } catch (error) {
      return failure(id, error);
    }
  }

  async #call(request) {
    const { method, params = [] } = request ?? {};
    if (typeof method !== "string" || !Array.isArray(params)) {
      throw Refusal.invalidRequest("A request needs a method and a list of params.");
    }
    const ours = this.#methods.get(method);
    if (ours !== undefined) return ours(...params);
    this.#refuseUnkeepable(method);
    return this.#chain.request(method, params);
  }

  #refuseUnkeepable(method) {
    if (!this.#chain.keepsBlocks || HARMLESS.has(method) || !/^(hardhat|evm|anvil)_/.test(method)) return;
    throw Refusal.unsupported(
      `${method} changes the chain beside its blocks, and this chain keeps only blocks. Use a chain in memory for it.`,
    );
  }

  #ours() {
    const send = (method) => async (...params) => {
      const hash = await this.#chain.send(method, params);
      this.#changed = true;
      return hash;
    };
    const refuse = (what) => () => {
      throw Refusal.unsupported(what);
    };
    const mineMany = async (count = "0x1", interval = "0x1") => {
      await this.#mineMany(Number(count), Number(interval));
      return true;
    };
    const isInstant = async () => this.#miner.instant;
    const noReset = refuse("This chain does not begin again while it runs. Start another one.");
    return new Map([
      ["eth_sendRawTransaction", send("eth_sendRawTransaction")],
      ["eth_sendTransaction", send("eth_sendTransaction")],
      ["evm_mine", (time) => this.#mineOne(time)],
      ["hardhat_mine", mineMany],
      ["anvil_mine", mineMany],
      ["evm_increaseTime", (seconds) => this.#chain.advanceTime(seconds)],
      ["evm_setNextBlockTimestamp", (time) => this.#chain.pinTime(time)],
      ["evm_setAutomine", async (on) => this.#set(() => this.#miner.setInstant(on === true))],
      ["evm_setIntervalMining", async (ms) => this.#set(() => this.#miner.setInterval(milliseconds(ms)))],
      ["hardhat_getAutomine", isInstant],
      ["anvil_getAutomine", isInstant],
      ["evm_snapshot", () => this.#chain.snapshot()],
      ["evm_revert", (id) => this.#revert(id)],
      ["hardhat_reset", noReset],
      ["anvil_reset", noReset],
      ["hardhat_setPrevRandao", refuse("Every block draws its own prevRandao.")],
    ]);
  }

  #set(change) {
    change();
    return true;
  }

  async #revert(id) {
    this.#changed = true;
    return this.#chain.revert(id);
  }

  async #mineOne(time) {
    await this.#chain.mine({ time: timeOf(time) });
    this.#changed = true;
    return "0x0";
  }

  async #mineMany(count, interval) {
    if (!(count >= 0 && count <= MOST_BLOCKS_AT_ONCE)) {
      throw Refusal.invalidParams(`At most ${MOST_BLOCKS_AT_ONCE} blocks are mined at once, not ${count}.`);
    }
    for (let mined = 0; mined < count; mined++) {
      await this.#chain.mine({ time: mined === 0 ? undefined : this.#chain.head.time + interval });
    }
    this.#changed = true;
  }
}

/** Hardhat takes a number, anvil also an object. */
function timeOf(param) {
  return param?.timestamp ?? param ?? undefined;
}

function milliseconds(param) {
  const value = Number(param);
  if (Number.isInteger(value) && value >= 0) return value;
  throw Refusal.invalidParams(`An interval is a number of milliseconds, not ${JSON.stringify(param)}.`);
}

/** Reverts answer as geth and anvil do, with the raw data; everything else says what it knows. */
function failure(id, error) {
  const code = typeof error.code === "number" ? error.code : -32603;
  const inner = error.data?.data ?? error.data;
  const data =
    code === REVERTED
      ? inner
      : { message: error.message, txHash: error.transactionHash ?? error.data?.transactionHash, data: typeof inner === "string" ? inner : undefined };
  return { jsonrpc: "2.0", id, error: { code, message: error.message, data } };
}
