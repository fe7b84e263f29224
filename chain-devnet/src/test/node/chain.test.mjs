import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { Chain } from "../../main/node/chain.mjs";

/** A network of empty blocks that is slow to tell what it has mined. */
class SlowNetwork {
  name = "slow";
  height = 0;

  async mine() {
    this.height++;
  }

  async request(method) {
    if (method === "eth_chainId") return "0x7a69";
    if (method === "eth_blockNumber") return this.height;
    if (method === "eth_getBlockByNumber") await pause(20);
    return {
      number: `0x${this.height.toString(16)}`,
      hash: `hash ${this.height}`,
      timestamp: "0x7fffffff",
      mixHash: "0x0",
      transactions: [],
    };
  }
}

/** A journal that only remembers. */
class Remembered {
  count = 0;
  end = 0;
  written = [];

  identify() {}

  *blocks() {}

  append({ number }) {
    this.written.push(number);
  }
}

const quiet = () => {};

test("shows a block to nobody before it is written", async () => {
  const journal = new Remembered();
  const chain = await Chain.open(new SlowNetwork(), journal, quiet, assert.fail);
  const mining = chain.mine();
  await pause(5);

  const seen = await chain.request("eth_blockNumber");

  assert.deepEqual([seen, journal.written], [1, [1]]);
  await mining;
});

test("mines only while no request is under way", async () => {
  const network = new SlowNetwork();
  const chain = await Chain.open(network, undefined, quiet, assert.fail);
  const reading = chain.request("eth_getBlockByNumber").then((block) => block.number);

  await chain.mine();

  assert.equal(await reading, "0x0");
});

test("ends rather than show a block that cannot be written", async () => {
  const journal = new Remembered();
  journal.append = () => {
    throw new Error("no space left on device");
  };
  const ended = new Promise((resolve) => {
    Chain.open(new SlowNetwork(), journal, quiet, resolve).then((chain) => chain.mine());
  });

  const { code, message, remedy } = await ended;

  assert.equal(code, "JOURNAL_WRITE");
  assert.match(message, /Block 1 .*no space left/);
  assert.match(remedy, /Make room/);
});
