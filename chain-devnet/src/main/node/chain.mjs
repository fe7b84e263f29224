import { randomBytes } from "node:crypto";
import { Clock } from "./clock.mjs";
import { Failure, Refusal } from "./failure.mjs";
import { Gate } from "./gate.mjs";
import { replay, transactionToKeep } from "./replay.mjs";

const always = async () => true;

/** The network behind its gate: every block is in the journal before any request can see it. */
export class Chain {
  #gate = new Gate();
  #network;
  #journal;
  #die;
  #clock;
  #head;
  #waiting = new Map();
  #snapshots = new Map();

  /** Opens the chain where its journal ends; without a journal it begins anew and keeps nothing. */
  static async open(network, journal, tell, die) {
    const chain = new Chain(network, journal, die);
    await chain.#start(tell);
    return chain;
  }

  constructor(network, journal, die) {
    this.#network = network;
    this.#journal = journal;
    this.#die = die;
  }

  get keepsBlocks() {
    return this.#journal !== undefined;
  }

  get head() {
    return this.#head;
  }

  request(method, params) {
    return this.#gate.together(() => this.#network.request(method, params));
  }

  /** Hands a transaction to the node and keeps how it was sent until it is in a block. */
  send(method, params) {
    return this.#gate.together(async () => {
      const hash = await this.#network.request(method, params);
      const raw = method === "eth_sendRawTransaction";
      this.#waiting.set(hash, raw ? params[0] : transactionToKeep(await this.#transaction(hash)));
      return hash;
    });
  }

  /**
   * Mines one block and writes it down, if `due` still says so once nothing else is under way.
   * Answers how many transactions it took, or undefined where it was not due.
   */
  mine({ due = always, time } = {}) {
    return this.#gate.alone(async () => {
      if (!(await due())) return undefined;
      if (time !== undefined) this.#clock.pin(this.#checked(time));
      await this.#network.mine(
        this.#clock.take(this.#head.time),
        `0x${randomBytes(32).toString("hex")}`,
      );
      const block = await this.#latest();
      this.#keep(block);
      this.#head = headOf(block, this.#head.emptyTail);
      for (const hash of block.transactions) this.#waiting.delete(hash);
      return block.transactions.length;
    });
  }

  /** Whether some waiting transaction is its sender's next one; to be asked from `due` alone. */
  async hasNext() {
    for (const hash of this.#waiting.keys()) {
      if (await this.#isNext(hash)) return true;
    }
    return false;
  }

  advanceTime(seconds) {
    return this.#gate.alone(async () => {
      const answer = await this.#network.request("evm_increaseTime", [seconds]);
      this.#clock.advance(Number(seconds));
      return answer;
    });
  }

  pinTime(time) {
    return this.#gate.alone(async () => {
      const seconds = this.#checked(time);
      const answer = await this.#network.request("evm_setNextBlockTimestamp", [seconds]);
      this.#clock.pin(seconds);
      return answer;
    });
  }

  snapshot() {
    return this.#gate.alone(async () => {
      const id = await this.#network.request("evm_snapshot");
      this.#snapshots.set(BigInt(id), {
        head: this.#head,
        offset: this.#clock.offset,
        waiting: new Map(this.#waiting),
        end: this.#journal?.end,
      });
      return id;
    });
  }

  /** Goes back to a snapshot; the journal forgets the abandoned blocks too. */
  revert(id) {
    return this.#gate.alone(async () => {
      const known = this.#snapshots.get(BigInt(id));
      if (known === undefined || !(await this.#network.request("evm_revert", [id]))) return false;
      for (const later of this.#snapshots.keys()) {
        if (later >= BigInt(id)) this.#snapshots.delete(later);
      }
      this.#journal?.cutBack(known.end);
      this.#head = known.head;
      this.#clock = new Clock(known.offset);
      this.#waiting = known.waiting;
      return true;
    });
  }

  close() {
    return this.#gate.alone(async () => {
      this.#journal?.close();
      await this.#network.close();
    });
  }

  async #start(tell) {
    this.#clock = new Clock();
    this.#head = headOf(await this.#latest(), -1);
    if (this.#journal !== undefined) await this.#catchUp(tell);
    await this.#setNodeClock();
  }

  async #catchUp(tell) {
    const chainId = Number(await this.#network.request("eth_chainId"));
    this.#journal.identify({ node: this.#network.name, chainId, genesis: this.#head.hash });
    const { offset, emptyTail } = await replay(this.#network, this.#journal, tell);
    this.#clock = new Clock(offset);
    this.#head = { ...headOf(await this.#latest(), 0), emptyTail };
  }

  /** What a call on the pending block sees as its time, though no block has been mined since long. */
  async #setNodeClock() {
    const pending = await this.#network.request("eth_getBlockByNumber", ["pending", false]);
    const behind = this.#clock.now - Number(pending.timestamp);
    if (behind > 0) await this.#network.request("evm_increaseTime", [behind]);
  }

  #checked(time) {
    const seconds = Number(time);
    if (Number.isSafeInteger(seconds) && seconds >= this.#head.time) return seconds;
    throw Refusal.invalidParams(
      `A block's time is whole seconds and not before its parent's, ${this.#head.time}, as ${time} is.`,
    );
  }

  #keep(block) {
    if (this.#journal === undefined) return;
    const record = {
      number: Number(block.number),
      hash: block.hash,
      time: Number(block.timestamp),
      offset: this.#clock.offset,
      randao: block.mixHash,
      transactions: block.transactions.map((hash) => this.#waiting.get(hash)),
    };
    try {
      this.#journal.append(record);
    } catch (error) {
      // The network already has the block and the journal has not: ending is the only way not to show it.
      this.#die(
        new Failure(
          "JOURNAL_WRITE",
          `Block ${record.number} cannot be written: ${error.message}`,
          "Make room on the disk, or make the data folder writable, and start again: every earlier block is kept.",
        ),
      );
    }
  }

  async #isNext(hash) {
    const transaction = await this.#transaction(hash);
    if (transaction === null || transaction.blockNumber !== null) {
      this.#waiting.delete(hash);
      return false;
    }
    const next = await this.#network.request("eth_getTransactionCount", [transaction.from, "latest"]);
    return BigInt(next) === BigInt(transaction.nonce);
  }

  #transaction(hash) {
    return this.#network.request("eth_getTransactionByHash", [hash]);
  }

  #latest() {
    return this.#network.request("eth_getBlockByNumber", ["latest", false]);
  }
}

/** A chain's last block; `emptyTail` counts the blocks without a transaction at its end. */
function headOf({ number, hash, timestamp, transactions }, emptyBefore) {
  return {
    number: Number(number),
    hash,
    time: Number(timestamp),
    emptyTail: transactions.length === 0 ? emptyBefore + 1 : 0,
  };
}
