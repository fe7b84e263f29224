import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Address, type PublicClient, stringToHex, zeroAddress } from "viem";
import type { Answers, KnownOrder } from "../../check/api.ts";
import { readChain } from "../../check/chain.ts";
import { compare } from "../../check/compare.ts";
import { id, type Order, openSchool, Rule } from "../support/atelier.ts";

const school = await openSchool();
const { points, supplies, works, workshop, market, rules, treasury, directory, publicClient, ana, ben, cho, dee, eli,
  order, sign, setRules, make } = school;
const client = publicClient as unknown as PublicClient;
const members = [ana, ben, cho, dee, eli].map((one) => one.account.address.toLowerCase() as Address);

/** A little life: four works, a sale, a resale under other rules, orders in every state. */
async function live() {
  const contracts = { Points: points, Supplies: supplies, Works: works, Workshop: workshop, Market: market, RuleBook: rules };
  for (const [kind, { address }] of Object.entries(contracts)) {
    await directory.write.add([stringToHex(kind, { size: 32 }), address, 0n]);
  }
  const sold = await make(ana);
  const first = await order(sold, 12_345n);
  await market.write.fill([first, await sign(first), zeroAddress], { account: dee.account });
  await setRules({ [Rule.TRADING_FEE]: 901n, [Rule.MATERIAL_MARGIN]: 1_234n, [Rule.TOOL_WEAR]: 3n });
  const second = await order(sold, 23_456n);
  await market.write.fill([second, await sign(second), zeroAddress], { account: eli.account });
  const works4 = [await make(ana), await make(ana), await make(ana)];
  const open = await order(works4[0], 1_000n);
  const cancelled = await order(works4[1], 1_000n);
  await market.write.cancel([cancelled], { account: ana.account });
  const stale = await order(works4[2], 1_000n);
  await works.write.transferFrom([ana.account.address, ben.account.address, works4[2]], { account: ana.account });
  const expired = await order(works4[0], 999n, { expiry: 1_000_000_000 });
  const orders: [Order, KnownOrder["state"]][] = [
    [first, "sold"],
    [second, "sold"],
    [open, "open"],
    [cancelled, "cancelled"],
    [stale, "stale"],
    [expired, "expired"],
  ];
  return { workIds: [sold, ...works4], orders };
}

const { workIds, orders } = await live();
const block = await publicClient.getBlockNumber();
const chain = await readChain(client, directory.address, block);
const truth = await tellTheTruth();

/** What an API that is never wrong would answer, from the contracts' own views. */
async function tellTheTruth(): Promise<Answers> {
  const holdings: Answers["holdings"] = [];
  for (const account of [...members, treasury.address.toLowerCase() as Address]) {
    holdings.push({ account, asset: "points", amount: String(await points.read.balanceOf([account])) });
    for (let supply = 1n; supply <= (await supplies.read.count()); ++supply) {
      const amount = String(await supplies.read.balanceOf([account, supply]));
      holdings.push({ account, asset: `supply:${supply}`, amount });
    }
  }
  for (const work of workIds) {
    const account = (await works.read.ownerOf([work])).toLowerCase() as Address;
    holdings.push({ account, asset: `work:${work}`, amount: "1" });
  }
  const events = await market.getEvents.Sold({}, { fromBlock: 0n });
  const sales = events.map(({ args, blockNumber, transactionHash }) => ({
    ...(JSON.parse(JSON.stringify(args, (_, value) => (typeof value === "bigint" ? String(value) : value)))),
    block: Number(blockNumber),
    tx: transactionHash,
  }));
  return {
    block,
    holdings,
    sales,
    orders: await Promise.all(orders.map(([one, state]) => known(one, state))),
    rules: { version: await rules.read.version(), values: (await rules.read.values()).map(String) },
  };
}

async function known(one: Order, state: KnownOrder["state"]): Promise<KnownOrder> {
  const said = JSON.parse(JSON.stringify(one, (_, value) => (typeof value === "bigint" ? String(value) : value)));
  return { orderHash: await market.read.hashOf([one]), order: { ...said, expiry: String(one.expiry) },
    signature: await sign(one), state };
}

const differing = async (change: (answers: Answers) => void) => {
  const answers = structuredClone(truth);
  change(answers);
  return (await compare(chain, answers)).join("\n");
};

describe("agree", () => {
  it("finds nothing to say about the truth", async () => {
    assert.deepEqual(await compare(chain, truth), []);
  });

  it("names a holding that is off by a unit, missing or made up", async () => {
    assert.match(
      await differing(({ holdings }) => (holdings[0].amount = String(BigInt(holdings[0].amount) + 1n))),
      new RegExp(`^${members[0]} holds \\d+ of points on chain, the API says \\d+\\.$`),
    );
    assert.match(await differing(({ holdings }) => holdings.pop()), /holds 1 of work:\d+ on chain, the API says 0/);
    const made = { account: members[0], asset: "work:1", amount: "1" };
    assert.match(await differing(({ holdings }) => holdings.push(made)), /holds 0 of work:1 on chain, the API says 1/);
    assert.match(await differing(({ holdings }) => holdings.push(holdings[0])), /twice/);
  });

  it("names a sale that is missing, made up or paid otherwise", async () => {
    assert.match(await differing(({ sales }) => sales.pop()), /is missing from the API/);
    assert.match(
      await differing(({ sales }) => sales.push({ ...sales[0], orderHash: id("none") })),
      /the chain has none/,
    );
    assert.match(await differing(({ sales }) => (sales[0].authorPaid = "1")), /has authorPaid 370 on chain/);
  });

  it("names an order in another state, changed, or signed by another", async () => {
    const index = { sold: 0, open: 2, cancelled: 3, stale: 4, expired: 5 };
    for (const [state, at] of Object.entries(index)) {
      const other = state === "open" ? "sold" : "open";
      assert.match(await differing(({ orders }) => (orders[at].state = other)), new RegExp(`is .*${state} on chain`));
    }
    assert.match(await differing(({ orders }) => (orders[2].order.price = "2")), /does not hash/);
    assert.match(
      await differing(({ orders }) => (orders[2].signature = orders[3].signature)),
      /is signed by/,
    );
  });

  it("names a rule or a version that is another", async () => {
    assert.match(await differing(({ rules }) => (rules.values[0] = "500")), /^Rule 0 is 901 on chain/);
    assert.match(await differing(({ rules }) => (rules.version = 1)), /at version 2 on chain, the API says 1/);
  });

  it("finds payments that the rules of their moment did not ask for", async () => {
    assert.deepEqual(chain.contradictions, []);
    assert.equal(chain.payments, 20);
    assert.equal(chain.sales.length, 2);
  });
});
