import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { getAddress, type Hex, keccak256, zeroHash } from "viem";
import { id, signer } from "./support/atelier.ts";
import { foundCommunity } from "./support/community.ts";
import { type Share, shareTree } from "./support/shares.ts";
import { undoEach } from "./support/undo.ts";

const DAY = 86_400;
const community = await foundCommunity();
const { viem, shares, points, treasury, operator, relayer, ana, ben, cho, dee, chainId } = community;
const { refuses, give, pass, begin, seat, timelock, rpc } = community;
const as = { account: operator.account };
const four = [ana, ben, cho, dee].map(({ account }) => account.address);
await give([treasury.address, 1_000_000n]);
await seat(ana.account.address, ben.account.address, cho.account.address);
await begin();

const tree = (all: Share[]) => shareTree(chainId, shares.address, all);
const of = (...totals: bigint[]) => tree(totals.map((total, i) => ({ account: four[i], total })));
/** A later statement: totals, after the totals of the one before. */
const after = (before: bigint[], ...totals: bigint[]) =>
  tree(totals.map((total, i) => ({ account: four[i], total, fresh: total - (before[i] ?? 0n) })));

async function publish(one: ReturnType<typeof of>, expected: Hex = zeroHash, epoch = 1) {
  return shares.write.publish([epoch, one.root, one.total, expected, id("statement")], as);
}

/** Published and effective. */
async function effective(one: ReturnType<typeof of>, expected: Hex = zeroHash) {
  await publish(one, expected);
  await pass(3 * DAY);
  return one;
}

const claim = (one: ReturnType<typeof of>, i: number, changes: object = {}) =>
  shares.write.claim([{ ...one.share(i), ...changes }], { account: relayer.account });

async function asCommunity<T>(act: (as: { account: Hex }) => Promise<T>): Promise<T> {
  await rpc("hardhat_impersonateAccount", [timelock.address]);
  await rpc("hardhat_setBalance", [timelock.address, "0xffffffffffffffffff"]);
  return act({ account: timelock.address });
}

describe("ProfitShare", () => {
  undoEach(community);

  it("takes a statement's money with it, and pays each their own once", async () => {
    const one = await effective(of(100n, 50n, 25n));
    assert.equal(await points.read.balanceOf([shares.address]), 175n);
    const before = await points.read.balanceOf([four[1]]);
    await claim(one, 1);
    assert.equal(await points.read.balanceOf([four[1]]), before + 50n);
    assert.equal(await shares.read.paidThrough([1n]), 1);
    await claim(one, 1);
    assert.equal(await points.read.balanceOf([four[1]]), before + 50n);
  });

  it("pays what is new to whoever was paid, and the sum to whoever never was", async () => {
    const one = await effective(of(100n, 50n));
    await claim(one, 0);
    const two = await effective(after([100n, 50n], 130n, 60n, 5n), one.root);
    assert.equal(await points.read.balanceOf([shares.address]), 95n);
    for (const i of [0, 1, 2]) await claim(two, i);
    assert.equal(await points.read.balanceOf([shares.address]), 0n);
    assert.deepEqual((await shares.read.current()).slice(1), [195n, 195n, 1, 2]);
  });

  it("pays who missed statements by the leaf of the last they were paid by", async () => {
    const one = await effective(of(100n, 50n));
    await claim(one, 0);
    const two = await effective(after([100n, 50n], 130n, 60n), one.root);
    const three = await effective(after([130n, 60n], 170n, 60n), two.root);
    await refuses(claim(three, 0), "PaidLongAgo", [0n, 1]);
    const since = (before: object) => shares.write.claimSince([three.share(0), before as any]);
    await refuses(since(two.share(0)), "NotInStatement", [1, 0n]);
    await refuses(since(one.share(1)), "NotInStatement", [1, 0n]);
    const held = await points.read.balanceOf([four[0]]);
    await since(one.share(0));
    assert.equal(await points.read.balanceOf([four[0]]), held + 70n);
    await refuses(since(one.share(0)), "NotInStatement", [3, 0n]);
  });

  it("waits for its window, and counts the one before until then", async () => {
    const one = await effective(of(100n, 50n));
    const two = after([100n, 50n], 100n, 80n);
    await publish(two, one.root, 2);
    await refuses(claim(two, 1), "NotInStatement", [1, 1n]);
    await claim(one, 1);
    await pass(3 * DAY);
    assert.equal((await shares.read.current())[0], two.root);
    await claim(two, 1);
    assert.equal((await shares.read.current())[2], 80n);
  });

  it("refuses what is in no statement", async () => {
    const one = await effective(of(100n, 50n, 25n));
    await refuses(claim(one, 1, { total: 51n }), "NotInStatement");
    await refuses(claim(one, 1, { fresh: 51n }), "NotInStatement");
    await refuses(claim(one, 1, { account: four[0] }), "NotInStatement");
    await refuses(claim(one, 1, { index: 0n }), "NotInStatement");
    await refuses(claim(one, 1, { index: 5n }), "NoSuchLeaf", [5n]);
  });

  it("refuses inner nodes and proofs of other lengths, in trees of 1 to 1,024 leaves", async () => {
    for (const size of [1, 2, 3, 5, 8, 33, 100, 1_024]) {
      const snapshot = await rpc("evm_snapshot");
      const all = Array.from({ length: size }, (_, i) => ({ account: signer(i).address, total: BigInt(i + 1) }));
      const one = await effective(tree(all));
      const share = one.share(size - 1);
      const pay = (changes: object) => shares.write.claim([{ ...share, ...changes }]);
      await refuses(pay({ proof: [...share.proof, zeroHash] }), "NotInStatement");
      if (size > 1) {
        const short = share.proof.slice(1);
        await refuses(pay({ index: share.index >> 1n, proof: short }), "NotInStatement");
        await refuses(pay({ proof: short }), size > 2 || share.index > 0n ? "NoSuchLeaf" : "NotInStatement");
        await refuses(pay({ proof: share.proof.with(0, keccak256(share.proof[0])) }), "NotInStatement");
      }
      await pay({});
      assert.equal(await points.read.balanceOf([signer(size - 1).address]), BigInt(size));
      await rpc("evm_revert", [snapshot]);
    }
  });

  it("pays several at once, each with a proof", async () => {
    const one = await effective(of(100n, 50n, 25n));
    await shares.write.claimMany([[one.share(0), one.share(2)]], { account: relayer.account });
    assert.equal((await shares.read.current())[2], 125n);
  });

  it("pays any run of neighbours with one proof", async () => {
    const size = 23;
    const all = Array.from({ length: size }, (_, i) => ({ account: signer(i).address, total: BigInt(i + 1) }));
    const one = await effective(tree(all));
    const push = (first: number, count: number, proof = one.range(first, count), shift = 0) =>
      shares.write.push([BigInt(first), BigInt(one.depth), one.packed(first + shift, count), proof]);
    for (let first = 0; first < size; first += 1) {
      for (const count of [1, 2, 3, 7, size - first].filter((n) => first + n <= size)) {
        const snapshot = await rpc("evm_snapshot");
        await push(first, count);
        for (let i = 0; i < size; i += 1) {
          const paid = i >= first && i < first + count;
          assert.equal(await points.read.balanceOf([signer(i).address]), paid ? BigInt(i + 1) : 0n, `${first}+${count}: ${i}`);
        }
        assert.equal(await shares.read.paidThrough([BigInt(first + count - 1)]), 1);
        assert.equal(await shares.read.paidThrough([BigInt(first + count)]), 0);
        await rpc("evm_revert", [snapshot]);
      }
    }
    const proof = one.range(2, 3);
    await refuses(push(2, 3, [...proof, zeroHash]), "ProofLength");
    await refuses(push(2, 3, proof.slice(1)), "ProofLength");
    await refuses(push(2, 3, proof, 1), "NotInStatement");
    await refuses(push(2, 0), "NoSuchLeaf");
    await refuses(push(30, 3, proof), "NoSuchLeaf");
    await refuses(shares.write.push([2n, 6n, one.packed(2, 3), [...proof, zeroHash]]), "NotInStatement");
  });

  it("leaves out of a push who was paid, and who missed a statement", async () => {
    const one = await effective(of(100n, 50n, 25n));
    await claim(one, 0);
    const two = await effective(after([100n, 50n, 25n], 110n, 55n, 27n), one.root);
    await claim(two, 1);
    const three = await effective(after([110n, 55n, 27n], 120n, 60n, 30n), two.root);
    await shares.write.push([0n, 2n, three.packed(0, 3), three.range(0, 3)]);
    assert.deepEqual(await Promise.all([0n, 1n, 2n].map((i) => shares.read.paidThrough([i]))), [1, 3, 3]);
    assert.equal((await shares.read.current())[2], 100n + 55n + 5n + 30n);
  });

  it("takes no statement without its money, with a smaller sum or after another root than expected", async () => {
    await refuses(publish(of(2_000_000n)), "ERC20InsufficientBalance");
    await refuses(publish(of(1n), id("another")), "AnotherRoot", [zeroHash]);
    const one = await effective(of(100n, 50n));
    await refuses(publish(of(100n, 49n), one.root), "TotalShrinks", [149n, 150n]);
    await refuses(publish(of(100n, 51n)), "AnotherRoot", [one.root]);
    await refuses(shares.write.publish([2, zeroHash, 200n, one.root, id("statement")], as), "NoRoot");
    await refuses(
      shares.write.publish([2, one.root, 200n, one.root, id("statement")], { account: ana.account }),
      "AccessManagedUnauthorized",
    );
    const two = of(100n, 51n);
    await publish(two, one.root);
    await refuses(publish(of(100n, 52n), one.root), "StatementWaiting", [two.root]);
  });

  it("pays no more than came with the statements, whatever the leaves say", async () => {
    const one = tree([{ account: four[0], total: 100n }, { account: four[1], total: 100n }]);
    await effective({ ...one, total: 150n });
    await claim(one, 0);
    await refuses(claim(one, 1), "PaidOut", [100n, 50n]);
  });

  it("is held by enough seats, and then a vote lets it go on or ends it", async () => {
    const one = of(100n, 50n);
    await publish(one);
    const object = (by: typeof ana) => shares.write.object({ account: by.account });
    await refuses(object(dee), "ObjectorMayNotVote", [getAddress(dee.account.address)]);
    await object(ana);
    await refuses(object(ana), "ObjectedAlready", [1n]);
    await object(ben);
    await viem.assertions.emitWithArgs(object(cho), shares, "Held", [one.root]);
    await pass(4 * DAY);
    await refuses(claim(one, 0), "NoStatement");
    await refuses(shares.write.release({ account: operator.account }), "AccessManagedUnauthorized");
    const snapshot = await rpc("evm_snapshot");
    await asCommunity((community_) => shares.write.release(community_));
    await claim(one, 0);
    await rpc("evm_revert", [snapshot]);
    const before = await points.read.balanceOf([treasury.address]);
    await asCommunity((community_) => shares.write.cancel(community_));
    assert.equal(await points.read.balanceOf([treasury.address]), before + 150n);
    await refuses(claim(one, 0), "NoStatement");
    await refuses(publish(one), "RefusedBefore");
    await publish(of(90n));
  });

  it("takes what a vote ended in one epoch for another, and objections anew", async () => {
    const one = of(100n, 50n);
    await publish(one);
    await shares.write.object({ account: ana.account });
    await shares.write.hold(as);
    await asCommunity((community_) => shares.write.cancel(community_));
    await publish(one, zeroHash, 2);
    await shares.write.object({ account: ana.account });
  });

  it("is held by the guardian, but not after its window", async () => {
    await publish(of(100n));
    await refuses(shares.write.hold({ account: ana.account }), "NotGuardian");
    await pass(3 * DAY);
    await refuses(shares.write.hold(as), "WindowOver");
    await refuses(shares.write.object({ account: ana.account }), "WindowOver");
    await publish(of(120n), of(100n).root);
    await shares.write.hold(as);
    await pass(30 * DAY);
    assert.equal((await shares.read.current())[0], of(100n).root);
    assert.equal((await shares.read.waiting())[5], true);
  });

  it("objects to nothing when nothing waits", async () => {
    await refuses(shares.write.object({ account: ana.account }), "NothingWaits");
    await refuses(shares.write.hold(as), "NothingWaits");
    await asCommunity(async (community_) => {
      await refuses(shares.write.release(community_), "NothingWaits");
      await refuses(shares.write.cancel(community_), "NothingWaits");
    });
  });
});
