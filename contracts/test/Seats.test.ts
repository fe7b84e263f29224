import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { getAddress, zeroAddress } from "viem";
import { Rule } from "./support/atelier.ts";
import { foundCommunity, member, type Signing } from "./support/community.ts";
import { undoEach } from "./support/undo.ts";

const community = await foundCommunity();
const { viem, seats, relayer, ana, refuses, seat, now, pass, chainId, timelock, rpc } = community;
const [one, two, three] = [member(1), member(2), member(3)];

const MOVE = {
  Move: [
    { name: "seat", type: "uint256" },
    { name: "from", type: "address" },
    { name: "to", type: "address" },
    { name: "moves", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
} as const;

const domain = { name: "Atelier Seats", version: "1", chainId, verifyingContract: seats.address };

const signMove = (by: Signing, from: Signing, to: Signing, changes: object = {}) =>
  by.signTypedData({
    domain,
    types: MOVE,
    primaryType: "Move",
    message: { seat: 1n, from: from.address, to: to.address, moves: 0n, deadline: 2n ** 40n, ...changes },
  });

/** Calls as a vote that has passed would: from the timelock. */
async function asCommunity<T>(act: (as: { account: `0x${string}` }) => Promise<T>): Promise<T> {
  await rpc("hardhat_impersonateAccount", [timelock.address]);
  await rpc("hardhat_setBalance", [timelock.address, "0xffffffffffffffffff"]);
  return act({ account: timelock.address });
}

describe("Seats", () => {
  undoEach(community);

  it("numbers seats from 1 and says who has which", async () => {
    await seat(one.address, two.address);
    assert.equal(await seats.read.seatOf([one.address]), 1n);
    assert.equal(await seats.read.seatOf([two.address]), 2n);
    assert.equal(await seats.read.seatOf([three.address]), 0n);
    assert.equal(await seats.read.ownerOf([2n]), getAddress(two.address));
    assert.equal(await seats.read.issued(), 2n);
    assert.equal(await seats.read.tokenURI([2n]), "https://atelier.test/seats/2");
  });

  it("lets only the registrar admit members", async () => {
    await refuses(seats.write.join([one.address], { account: ana.account }), "NotRegistrar", [
      getAddress(ana.account.address),
    ]);
  });

  it("gives an address one seat", async () => {
    await seat(one.address);
    await refuses(seat(one.address), "AlreadySeated", [getAddress(one.address), 1n]);
  });

  it("keeps to the epoch's budget and begins again with the next", async () => {
    await asCommunity((as) => community.rules.write.set([[Rule.SEAT_BUDGET], [2n]], as));
    await seat(one.address, two.address);
    await refuses(seat(three.address), "SeatBudgetExceeded", [2n]);
    await pass(604_800);
    await seat(three.address);
  });

  it("says that every seat stays where it is", async () => {
    await seat(one.address);
    assert.equal(await seats.read.locked([1n]), true);
    assert.equal(await seats.read.supportsInterface(["0xb45a3c0e"]), true);
    assert.equal(await seats.read.supportsInterface(["0x80ac58cd"]), true);
    await refuses(seats.read.locked([2n]), "TokenDoesNotExist");
    const hash = await seats.write.join([two.address], { account: relayer.account });
    await viem.assertions.emitWithArgs(hash, seats, "Locked", [2n]);
  });

  it("refuses every way of giving a seat away", async () => {
    await seat(ana.account.address);
    const account = ana.account;
    await refuses(seats.write.transferFrom([account.address, one.address, 1n], { account }), "Soulbound");
    await refuses(seats.write.safeTransferFrom([account.address, one.address, 1n], { account }), "Soulbound");
    await refuses(seats.write.approve([one.address, 1n], { account }), "Soulbound");
    await refuses(seats.write.setApprovalForAll([one.address, true], { account }), "Soulbound");
  });

  it("lets a member go, who may come back to another seat", async () => {
    await seat(ana.account.address);
    await seats.write.leave({ account: ana.account });
    assert.equal(await seats.read.seatOf([ana.account.address]), 0n);
    await refuses(seats.write.leave({ account: ana.account }), "NotSeated");
    await seat(ana.account.address);
    assert.equal(await seats.read.seatOf([ana.account.address]), 2n);
  });

  it("takes a seat away by a vote alone, with the reason, until it is pardoned", async () => {
    await seat(one.address);
    await refuses(seats.write.revoke([1n, "no"], { account: ana.account }), "AccessManagedUnauthorized");
    await asCommunity(async (as) => {
      const hash = await seats.write.revoke([1n, "three accounts"], as);
      await viem.assertions.emitWithArgs(hash, seats, "Revoked", [1n, getAddress(one.address), "three accounts"]);
      assert.equal(await seats.read.seatOf([one.address]), 0n);
      await refuses(seat(one.address), "SeatWasRevoked", [getAddress(one.address), 1n]);
      await seats.write.pardon([one.address], as);
    });
    await seat(one.address);
    assert.equal(await seats.read.seatOf([one.address]), 2n);
  });

  it("moves a seat with both keys' signatures, keeping its number", async () => {
    await seat(one.address);
    const since = await seats.read.takenAt([1n]);
    const [old, fresh] = [await signMove(one, one, two), await signMove(two, one, two)];
    await seats.write.move([1n, two.address, 2n ** 40n, old, fresh]);
    assert.equal(await seats.read.seatOf([two.address]), 1n);
    assert.equal(await seats.read.seatOf([one.address]), 0n);
    assert.equal(await seats.read.takenAt([1n]), since);
    assert.equal(await seats.read.movesOf([1n]), 1);
  });

  it("moves nothing on one signature, a late one or one of an earlier move", async () => {
    await seat(one.address);
    const [old, fresh] = [await signMove(one, one, two), await signMove(two, one, two)];
    const move = (byOwner: `0x${string}`, byNew: `0x${string}`, deadline = 2n ** 40n) =>
      seats.write.move([1n, two.address, deadline, byOwner, byNew]);
    await refuses(move(old, old), "MoveNotSigned", [getAddress(two.address)]);
    await refuses(move(fresh, fresh), "MoveNotSigned", [getAddress(one.address)]);
    const late = BigInt(await now()) - 1n;
    await refuses(move(old, fresh, late), "MoveExpired", [late]);
    await move(old, fresh);
    const back = [await signMove(two, two, one, { moves: 1n }), await signMove(one, two, one, { moves: 1n })] as const;
    await seats.write.move([1n, one.address, 2n ** 40n, ...back]);
    await refuses(move(old, fresh), "MoveNotSigned", [getAddress(one.address)]);
  });

  it("recovers a seat by a vote alone", async () => {
    await seat(one.address, two.address);
    await refuses(seats.write.recover([1n, three.address], { account: ana.account }), "AccessManagedUnauthorized");
    await asCommunity(async (as) => {
      await refuses(seats.write.recover([1n, two.address], as), "AlreadySeated", [getAddress(two.address), 2n]);
      await seats.write.recover([1n, three.address], as);
    });
    assert.equal(await seats.read.seatOf([three.address]), 1n);
  });

  it("counts who is seated since when, without those who are gone", async () => {
    const gone = [2, 3, 16, 17, 31];
    const times: number[] = [];
    for (let i = 1; i <= 33; i += 1) {
      await seat(member(i).address);
      times.push(await now());
    }
    await asCommunity(async (as) => {
      for (const number of gone) await seats.write.revoke([BigInt(number), "gone"], as);
    });
    for (const [i, time] of times.entries()) {
      const left = i + 1 - gone.filter((number) => number <= i + 1).length;
      assert.deepEqual(await seats.read.electorate([BigInt(time)]), [i + 1, left], `after seat ${i + 1}`);
    }
    assert.deepEqual(await seats.read.electorate([BigInt(times[0] - 1)]), [0, 0]);
  });

  it("lets nobody but the community name the registrar", async () => {
    await refuses(seats.write.setRegistrar([ana.account.address], { account: ana.account }), "AccessManagedUnauthorized");
    await asCommunity((as) => seats.write.setRegistrar([ana.account.address], as));
    assert.equal(await seats.read.registrar(), getAddress(ana.account.address));
    await seats.write.join([one.address], { account: ana.account });
  });

  it("takes no seat for nobody", async () => {
    await refuses(seat(zeroAddress), "TransferToZeroAddress");
  });
});
