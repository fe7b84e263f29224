import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { getAddress, serializeCompactSignature, signatureToCompactSignature } from "viem";
import { Rule } from "./support/atelier.ts";
import { ABSTAIN, AGAINST, FOR, foundCommunity, member, note, type Signing, State } from "./support/community.ts";
import { undoEach } from "./support/undo.ts";

const DAY = 86_400;
const MEMBERS = 10;

/** Of secp256k1. */
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

const community = await foundCommunity(undefined, 3_600n);
const { viem, council, rules, treasury, seats, ratchet, directory, operator, ana, ben, cho, eli } = community;
const { refuses, seat, propose, ballot, cast, begin, pass, now, publicClient, rpc, timelock } = community;
const fee = (value: bigint) => ({ to: rules, name: "set", args: [[Rule.TRADING_FEE], [value]] });
const members = Array.from({ length: MEMBERS }, (_, i) => member(i));

await seat(ana.account.address, ben.account.address, cho.account.address, ...members.map(({ address }) => address));
await begin();

async function asTimelock(act: (as: { account: `0x${string}` }) => Promise<void>) {
  await rpc("hardhat_impersonateAccount", [timelock.address]);
  await rpc("hardhat_setBalance", [timelock.address, "0xffffffffffffffffff"]);
  await act({ account: timelock.address });
}

/** A proposal that is being voted on. */
async function opened(calls = [fee(400n)], by = ana) {
  const proposal = await propose(by, calls);
  await pass(DAY + 1);
  return proposal;
}

const refusals = async (hash: `0x${string}`) => {
  const { blockNumber } = await publicClient.getTransactionReceipt({ hash });
  const events = await council.getEvents.BallotRefused({}, { fromBlock: blockNumber });
  return events.map(({ args }) => args.why);
};

const Refusal = { NO_SEAT: 1, NOT_IN_ELECTORATE: 2, OLDER_BALLOT: 3, VOTE_LOCKED: 4, UNKNOWN_CHOICE: 5, NOT_SIGNED: 6 };

describe("Council", () => {
  undoEach(community);

  it("changes a rule by vote, and not before its delay has passed", async () => {
    const { state, proposalId, queue, execute } = await opened();
    await cast(proposalId, await Promise.all(members.slice(0, 3).map((one) => ballot(proposalId, one, FOR))));
    assert.equal(await state(), State.ACTIVE);
    await pass(6 * DAY);
    assert.equal(await state(), State.SUCCEEDED);
    await queue();
    await refuses(execute(), "TimelockUnexpectedOperationState");
    assert.equal(await rules.read.valueOf([Rule.TRADING_FEE]), 500n);
    await pass(3_600);
    await execute();
    assert.equal(await rules.read.valueOf([Rule.TRADING_FEE]), 400n);
    assert.equal(await state(), State.EXECUTED);
  });

  it("counts one vote for a seat, and those who abstain for the quorum", async () => {
    const { state, proposalId } = await opened();
    const choices = [FOR, ABSTAIN, ABSTAIN];
    await cast(proposalId, await Promise.all(choices.map((choice, i) => ballot(proposalId, members[i], choice))));
    assert.deepEqual(await council.read.proposalVotes([proposalId]), [0n, 1n, 2n]);
    await pass(6 * DAY);
    assert.equal(await state(), State.SUCCEEDED);
  });

  it("defeats what misses the quorum, and what has as many against as for", async () => {
    const few = await opened();
    await cast(few.proposalId, [await ballot(few.proposalId, members[0], FOR)]);
    const even = await propose(ana, [note(community, "even")], "even");
    await pass(DAY + 1);
    const ballots = [FOR, AGAINST, ABSTAIN].map((choice, i) => ballot(even.proposalId, members[i], choice));
    await cast(even.proposalId, await Promise.all(ballots));
    await pass(6 * DAY);
    assert.equal(await few.state(), State.DEFEATED);
    assert.equal(await even.state(), State.DEFEATED);
  });

  it("fixes electorate and quorum when a proposal is made", async () => {
    const { proposalId } = await propose(ana, [fee(400n)]);
    assert.deepEqual(await council.read.electorateOf([proposalId]), [13n, 13n, 3n]);
    await seat(eli.account.address);
    await pass(8 * DAY);
    assert.deepEqual(await council.read.electorateOf([proposalId]), [13n, 13n, 3n]);
    const later = await propose(ana, [fee(300n)]);
    assert.deepEqual(await council.read.electorateOf([later.proposalId]), [14n, 14n, 3n]);
  });

  it("hears nobody who took a seat after the proposal, or too shortly before", async () => {
    await seat(eli.account.address);
    const { proposalId } = await opened();
    await refuses(council.write.castVote([proposalId, FOR], { account: eli.account }), "BallotDoesNotCount", [
      getAddress(eli.account.address),
      Refusal.NOT_IN_ELECTORATE,
    ]);
    await refuses(propose(eli, [note(community, "new")]), "ProposerMayNotVote", [getAddress(eli.account.address)]);
    await refuses(council.write.castVote([proposalId, FOR], { account: operator.account }), "BallotDoesNotCount", [
      getAddress(operator.account.address),
      Refusal.NO_SEAT,
    ]);
    assert.equal(await council.read.getVotes([eli.account.address, BigInt(await now())]), 0n);
    assert.equal(await council.read.getVotes([ana.account.address, BigInt(await now())]), 1n);
  });

  it("counts a member's latest ballot, and no older one after it", async () => {
    const { proposalId } = await opened();
    const [first, second] = [await ballot(proposalId, members[0], FOR, 1), await ballot(proposalId, members[0], AGAINST, 3)];
    await cast(proposalId, [first]);
    await cast(proposalId, [second]);
    assert.deepEqual(await council.read.proposalVotes([proposalId]), [1n, 0n, 0n]);
    assert.deepEqual(await refusals(await cast(proposalId, [first, second])), [
      Refusal.OLDER_BALLOT,
      Refusal.OLDER_BALLOT,
    ]);
    assert.deepEqual(await council.read.proposalVotes([proposalId]), [1n, 0n, 0n]);
    assert.equal(await council.read.nextBallot([proposalId, members[0].address]), 4);
  });

  it("lets no dead ballot block the next: a number may be left out", async () => {
    const { proposalId } = await opened();
    await cast(proposalId, [await ballot(proposalId, members[0], FOR, 7)]);
    await cast(proposalId, [await ballot(proposalId, members[0], ABSTAIN, 63)]);
    assert.deepEqual(await council.read.proposalVotes([proposalId]), [0n, 0n, 1n]);
    assert.deepEqual(await refusals(await cast(proposalId, [await ballot(proposalId, members[0], FOR, 64)])), [
      Refusal.OLDER_BALLOT,
    ]);
  });

  it("names the ballots that do not count and counts the others", async () => {
    const { proposalId } = await opened();
    const good = await ballot(proposalId, members[0], FOR);
    const highS = { ...good, s: `0x${(ORDER - BigInt(good.s)).toString(16).padStart(64, "0")}`, v: 55 - good.v };
    const hash = await cast(proposalId, [
      { ...(await ballot(proposalId, members[1], FOR)), choice: AGAINST },
      await ballot(proposalId, members[1], FOR, 1, { chainId: 1 }),
      await ballot(proposalId, members[1], FOR, 1, { verifyingContract: rules.address }),
      await ballot(proposalId + 1n, members[1], FOR),
      highS as any,
      await ballot(proposalId, member(99), FOR),
      await ballot(proposalId, members[2], 3),
      good,
      good,
    ]);
    assert.deepEqual(await refusals(hash), [
      ...Array(5).fill(Refusal.NOT_SIGNED),
      Refusal.NO_SEAT,
      Refusal.UNKNOWN_CHOICE,
      Refusal.OLDER_BALLOT,
    ]);
    assert.deepEqual(await council.read.proposalVotes([proposalId]), [0n, 1n, 0n]);
  });

  it("takes a signed ballot one at a time too, of 65 bytes only", async () => {
    const { proposalId } = await opened();
    const signed = async (by: Signing) => {
      const { r, s, v } = await ballot(proposalId, by, FOR);
      return `${r}${s.slice(2)}${v.toString(16)}` as `0x${string}`;
    };
    const [first, second] = members;
    await council.write.castVoteBySig([proposalId, FOR, first.address, await signed(first)]);
    await refuses(
      council.write.castVoteBySig([proposalId, FOR, first.address, await signed(first)]),
      "GovernorInvalidSignature",
    );
    const vote = (signature: `0x${string}`) => council.write.castVoteBySig([proposalId, FOR, second.address, signature]);
    const { r, v, s } = await ballot(proposalId, second, FOR);
    const highS = (ORDER - BigInt(s)).toString(16).padStart(64, "0");
    const compact = serializeCompactSignature(signatureToCompactSignature({ r, s, yParity: v - 27 }));
    for (const bad of [(await signed(second)).slice(0, 130), compact, `${r}${highS}${(55 - v).toString(16)}`]) {
      await refuses(vote(bad as `0x${string}`), "GovernorInvalidSignature");
    }
    await refuses(
      council.write.castVoteWithReasonAndParamsBySig([proposalId, FOR, second.address, "", "0x", await signed(second)]),
      "GovernorInvalidSignature",
    );
    assert.deepEqual(await council.read.proposalVotes([proposalId]), [0n, 1n, 0n]);
  });

  it("hears a revoked seat no more, and a moved seat once", async () => {
    const { proposalId } = await opened();
    await council.write.castVote([proposalId, FOR], { account: ben.account });
    await seats.write.leave({ account: cho.account });
    await refuses(council.write.castVote([proposalId, FOR], { account: cho.account }), "BallotDoesNotCount");
    assert.deepEqual(await council.read.proposalVotes([proposalId]), [0n, 1n, 0n]);
  });

  it("hears no signed ballot of a seat that was revoked, or that waits", async () => {
    await seat(member(50).address);
    const { proposalId } = await opened();
    const [revoked, waiting, good] = [members[0], member(50), members[1]];
    await cast(proposalId, [await ballot(proposalId, members[2], FOR)]);
    await asTimelock(async (as) => {
      for (const one of [revoked, members[2]]) {
        await seats.write.revoke([await seats.read.seatOf([one.address]), "three accounts"], as);
      }
    });
    const hash = await cast(proposalId, [
      await ballot(proposalId, revoked, FOR),
      await ballot(proposalId, waiting, FOR),
      await ballot(proposalId, members[2], AGAINST, 2),
      await ballot(proposalId, good, FOR),
    ]);
    assert.deepEqual(await refusals(hash), [Refusal.NO_SEAT, Refusal.NOT_IN_ELECTORATE, Refusal.NO_SEAT]);
    // What was cast while the seat was one stays cast: nobody's revocation changes a vote that is under way.
    assert.deepEqual(await council.read.proposalVotes([proposalId]), [0n, 2n, 0n]);
  });

  it("hears nobody before the vote begins or after it ended", async () => {
    const early = await propose(ana, [note(community, "early")]);
    const soon = await ballot(early.proposalId, members[0], FOR);
    await refuses(cast(early.proposalId, [soon]), "GovernorUnexpectedProposalState");
    await pass(7 * DAY);
    const late = await ballot(early.proposalId, members[1], FOR);
    await refuses(cast(early.proposalId, [late]), "GovernorUnexpectedProposalState");
    await refuses(council.write.castVote([early.proposalId, FOR], { account: ben.account }), "GovernorUnexpectedProposalState");
    assert.deepEqual(await council.read.proposalVotes([early.proposalId]), [0n, 0n, 0n]);
  });

  it("leaves ballots as they are in the last part, but hears new ones until the end", async () => {
    const { proposalId } = await opened();
    await council.write.castVote([proposalId, FOR], { account: ben.account });
    const from = Number(await council.read.lockedFrom([proposalId]));
    await pass(from - (await now()));
    await refuses(council.write.castVote([proposalId, AGAINST], { account: ben.account }), "BallotDoesNotCount", [
      getAddress(ben.account.address),
      Refusal.VOTE_LOCKED,
    ]);
    await council.write.castVote([proposalId, AGAINST], { account: cho.account });
    await pass(DAY / 2);
    await refuses(cast(proposalId, [await ballot(proposalId, members[0], FOR)]), "GovernorUnexpectedProposalState");
  });

  it("goes on for the extension after a late quorum", async () => {
    const { proposalId } = await opened();
    const deadline = Number(await council.read.proposalDeadline([proposalId]));
    await pass(deadline - (await now()) - 100);
    await cast(proposalId, await Promise.all(members.slice(0, 3).map((one) => ballot(proposalId, one, FOR))));
    assert.equal(Number(await council.read.proposalDeadline([proposalId])), (await now()) + DAY);
    assert.equal((await council.getEvents.ProposalExtended({}, { fromBlock: 0n })).length, 1);
  });

  it("proposes only to contracts that are listed and in use, and no ether", async () => {
    const stray = { to: { address: ana.account.address, abi: rules.abi }, name: "set", args: [[0], [1n]] };
    await refuses(propose(ana, [fee(1n), stray]), "TargetNotListed", [getAddress(ana.account.address)]);
    const manager = { to: community.manager, name: "labelRole", args: [1n, "ours"] };
    await refuses(propose(ana, [manager]), "TargetNotListed");
    await refuses(
      council.write.propose([[rules.address], [1n], ["0x"], "ether"], { account: ana.account }),
      "EtherNotProposed",
    );
  });

  it("stops at the hard caps when it executes, at the latest", async () => {
    const { proposalId, queue, execute } = await opened([fee(1_501n)]);
    await cast(proposalId, await Promise.all(members.map((one) => ballot(proposalId, one, FOR))));
    await pass(6 * DAY);
    await queue();
    await pass(3_600);
    await refuses(execute(), "RuleOutOfBounds");
  });

  it("can say something, and spend", async () => {
    await community.give([treasury.address, 500n]);
    const spend = { to: treasury, name: "spend", args: [eli.account.address, 300n, "a kiln"] };
    const { proposalId, queue, execute } = await opened([note(community, "We open on Sundays."), spend]);
    await cast(proposalId, await Promise.all(members.map((one) => ballot(proposalId, one, FOR))));
    await pass(6 * DAY);
    await queue();
    await pass(3_600);
    const hash = await execute();
    await viem.assertions.emitWithArgs(Promise.resolve(hash), directory, "Noted", ["We open on Sundays."]);
    assert.equal(await community.points.read.balanceOf([eli.account.address]), 300n);
  });

  it("lets the guardian cancel, but never a raise", async () => {
    const usual = await opened();
    await usual.cancel(operator);
    assert.equal(await usual.state(), State.CANCELED);
    const raise = await opened([{ to: ratchet, name: "raise", args: [] }]);
    await refuses(raise.cancel(operator), "GovernorUnableToCancel");
  });

  it("has nothing to be set here", async () => {
    const council_ = { address: council.address, abi: council.abi };
    await refuses(propose(ana, [{ to: council_, name: "setProposalGuardian", args: [ana.account.address] }]), "TargetNotListed");
    await refuses(council.write.setLateQuorumVoteExtension([1], { account: ana.account }), "GovernorOnlyExecutor");
  });
});
