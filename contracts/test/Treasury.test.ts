import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { getAddress } from "viem";
import { id, Rule } from "./support/atelier.ts";
import { foundCommunity } from "./support/community.ts";
import { undoEach } from "./support/undo.ts";

const atelier = await foundCommunity();
const { viem, points, treasury, operator, ana, give, refuses, pass, timelock, rpc, rules } = atelier;
const account = ana.account;
const WEEK = 604_800;
const as = { account: operator.account };
const cost = (amount: bigint, by = as) =>
  treasury.write.payCost([2, account.address, amount, "clay", id("receipt")], by);

describe("Treasury", () => {
  undoEach(atelier);

  it("takes what the payer gives and says kind, payer, amount and reference", async () => {
    await give([account.address, 100n]);
    const hash = await treasury.write.collect([3, 70n, id("ref")], { account });
    const args = [3, getAddress(account.address), 70n, id("ref")] as const;
    await viem.assertions.emitWithArgs(hash, treasury, "Collected", args);
    assert.equal(await points.read.balanceOf([treasury.address]), 70n);
    assert.equal(await points.read.balanceOf([account.address]), 30n);
  });

  it("refuses an unknown kind of income", async () => {
    for (const kind of [0, 6]) {
      await refuses(treasury.write.collect([kind, 1n, id("ref")], { account }), "UnknownKind", [kind]);
    }
  });

  it("refuses nothing", async () => {
    await refuses(treasury.write.collect([5, 0n, id("ref")], { account }), "NothingToCollect");
  });

  it("pays a cost, with kind, text and receipt, in the epoch of its block", async () => {
    await give([treasury.address, 100n]);
    const args = [1, 2, getAddress(account.address), 30n, "clay", id("receipt")] as const;
    await viem.assertions.emitWithArgs(cost(30n), treasury, "CostPaid", args);
    assert.equal(await points.read.balanceOf([account.address]), 30n);
    await refuses(cost(30n, { account } as any), "AccessManagedUnauthorized");
  });

  it("keeps to the epoch's budget for costs", async () => {
    await give([treasury.address, 30_000_000n]);
    await cost(9_999_000n);
    await refuses(cost(1_001n), "CostBudgetExceeded", [1_001n, 1_000n]);
    await pass(WEEK);
    await cost(1_001n);
    assert.equal((await treasury.read.epoch())[3], 1_001n);
  });

  it("closes an epoch once its time is over, and whoever does", async () => {
    const [number, start, end] = await treasury.read.epoch();
    assert.deepEqual([number, end - start], [1, WEEK]);
    await refuses(treasury.write.closeEpoch({ account }), "EpochNotOver", [end]);
    await pass(2 * WEEK);
    await treasury.write.closeEpoch({ account });
    assert.deepEqual((await treasury.read.epoch()).slice(0, 3), [2, end, end + WEEK]);
  });

  it("puts what is late into the epoch of its own time", async () => {
    await give([treasury.address, 100n]);
    await pass(3 * WEEK);
    await cost(5n);
    const events = await treasury.getEvents.CostPaid({}, { fromBlock: 0n });
    assert.equal(events[0].args.epoch, 4);
  });

  it("gives an epoch the length that is the rule when it begins", async () => {
    await rpc("hardhat_impersonateAccount", [timelock.address]);
    await rpc("hardhat_setBalance", [timelock.address, "0xffffffffffffffffff"]);
    const [, , end] = await treasury.read.epoch();
    await rules.write.set([[Rule.EPOCH_LENGTH], [3_600n]], { account: timelock.address } as any);
    assert.equal((await treasury.read.epoch())[2], end);
    await pass(WEEK);
    await treasury.write.closeEpoch();
    assert.equal((await treasury.read.epoch())[2], end + 3_600);
  });

  it("spends and funds for nobody but community and shares", async () => {
    await refuses(treasury.write.spend([account.address, 1n, "mine"], as), "AccessManagedUnauthorized");
    await refuses(treasury.write.fund([1n], as), "AccessManagedUnauthorized");
  });
});
