import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { encodeFunctionData, getAddress, stringToHex, zeroAddress } from "viem";
import { id, Rule } from "./support/atelier.ts";
import { FOR, foundCommunity, member, Role } from "./support/community.ts";
import { undoEach } from "./support/undo.ts";

const DAY = 86_400;
const community = await foundCommunity(undefined, 60n);
const { ratchet, manager, timelock, council, rules, seats, directory, treasury } = community;
const { operator, ana, deployer, refuses, seat, propose, ballot, cast, begin, pass, rpc, selectors } = community;
const as = { account: operator.account };
const members = Array.from({ length: 5 }, (_, i) => member(i));
await seat(ana.account.address, ...members.map(({ address }) => address));

const fee = (value: bigint) =>
  encodeFunctionData({ abi: rules.abi, functionName: "set", args: [[Rule.TRADING_FEE], [value]] });

async function vote(calls: Parameters<typeof propose>[1]) {
  const proposal = await propose(ana, calls);
  await pass(DAY + 1);
  await cast(proposal.proposalId, await Promise.all(members.map((one) => ballot(proposal.proposalId, one, FOR))));
  await pass(6 * DAY);
  await proposal.queue();
  await pass(60);
  return proposal.execute();
}

const raise = { to: ratchet, name: "raise", args: [] };
const key = (calldata: `0x${string}`, target = rules.address, salt = id("salt")) =>
  [[target], [0n], [calldata], `0x${"0".repeat(64)}`, salt] as const;

describe("Ratchet", () => {
  undoEach(community);

  it("alone is admin of manager and timelock", async () => {
    const admin = `0x${"0".repeat(64)}` as const;
    const isAdmin = async (who: `0x${string}`) => [
      ((await manager.read.hasRole([Role.ADMIN, who])) as [boolean, number])[0],
      await timelock.read.hasRole([admin, who]),
    ];
    assert.deepEqual(await isAdmin(ratchet.address), [true, true]);
    for (const address of [deployer.account.address, operator.account.address, timelock.address]) {
      assert.deepEqual(await isAdmin(address), [false, false]);
    }
  });

  it("lets the operator act through the timelock, after its delay", async () => {
    await refuses(rules.write.set([[Rule.TRADING_FEE], [1n]], as), "AccessManagedUnauthorized");
    await ratchet.write.schedule([[rules.address], [fee(450n)], id("salt")], as);
    await refuses(timelock.write.executeBatch(key(fee(450n)) as any), "TimelockUnexpectedOperationState");
    await pass(60);
    await timelock.write.executeBatch(key(fee(450n)) as any);
    assert.equal(await rules.read.valueOf([Rule.TRADING_FEE]), 450n);
  });

  it("does at once what waits for nothing", async () => {
    const delay = { to: timelock, name: "updateDelay", args: [0n] };
    await begin();
    await vote([delay]);
    await ratchet.write.schedule([[rules.address], [fee(450n)], id("salt")], as);
    assert.equal(await rules.read.valueOf([Rule.TRADING_FEE]), 450n);
    await refuses(ratchet.write.schedule([[rules.address], [fee(1_501n)], id("beyond")], as), "RuleOutOfBounds");
  });

  it("lets the operator reach neither seats nor council, ratchet or timelock", async () => {
    for (const { address } of [seats, council, ratchet, timelock, manager]) {
      await refuses(ratchet.write.schedule([[address], ["0x"], id("salt")], as), "NotForOperators", [getAddress(address)]);
    }
    await refuses(
      ratchet.write.schedule([[rules.address], [fee(1n)], id("salt")], { account: ana.account }),
      "AccessManagedUnauthorized",
    );
  });

  it("hears the council from stage 1 on", async () => {
    await pass(8 * DAY);
    const note = { to: directory, name: "note", args: ["hello"] };
    await refuses(propose(ana, [note]), "CouncilMayNotProposeYet");
    await refuses(ratchet.write.raiseByOperator({ account: ana.account }), "AccessManagedUnauthorized");
    await ratchet.write.raiseByOperator(as);
    await vote([note]);
    await refuses(ratchet.write.raiseByOperator(as), "NotAtThisStage");
  });

  it("rises further by votes alone, and the operator's power ends at stage 2", async () => {
    await begin();
    await refuses(ratchet.write.raise(as), "NotAtThisStage");
    await ratchet.write.schedule([[rules.address], [fee(450n)], id("before")], as);
    await vote([raise]);
    assert.equal(await ratchet.read.stage(), 2);
    await refuses(ratchet.write.schedule([[rules.address], [fee(1n)], id("salt")], as), "NotAtThisStage");
    assert.equal(await timelock.read.hasRole([await timelock.read.PROPOSER_ROLE(), ratchet.address]), false);
  });

  it("gives a vote nothing to bring a dropped power back with", async () => {
    await begin();
    await vote([raise, { to: directory, name: "add", args: [stringToHex("AccessManager", { size: 32 }), manager.address, 1n] }]);
    const anew = [operator.account.address, 0];
    const proposer = await timelock.read.PROPOSER_ROLE();
    const admin = `0x${"0".repeat(64)}` as const;
    const closed: [Parameters<typeof vote>[0][number], string][] = [
      [{ to: timelock, name: "grantRole", args: [proposer, ratchet.address] }, "AccessControlUnauthorizedAccount"],
      [{ to: timelock, name: "grantRole", args: [proposer, operator.account.address] }, "AccessControlUnauthorizedAccount"],
      [{ to: timelock, name: "grantRole", args: [admin, timelock.address] }, "AccessControlUnauthorizedAccount"],
      [{ to: manager, name: "grantRole", args: [Role.ADMIN, ...anew] }, "AccessManagerUnauthorizedAccount"],
      [{ to: manager, name: "grantRole", args: [Role.COMMUNITY, ...anew] }, "AccessManagerUnauthorizedAccount"],
      [{ to: manager, name: "setRoleAdmin", args: [Role.ADMIN, Role.COMMUNITY] }, "AccessManagerUnauthorizedAccount"],
      [{ to: manager, name: "updateAuthority", args: [ratchet.address, timelock.address] }, "AccessManagerUnauthorizedAccount"],
      [{ to: ratchet, name: "setAuthority", args: [timelock.address] }, "AccessManagedUnauthorized"],
      [{ to: ratchet, name: "setUp", args: [council.address, [rules.address]] }, "SetUpAlready"],
      [{ to: ratchet, name: "raiseByOperator", args: [] }, "NotAtThisStage"],
    ];
    for (const [call, error] of closed) {
      const snapshot = await rpc("evm_snapshot");
      await refuses(vote([call]), error);
      await rpc("evm_revert", [snapshot]);
    }
    const schedule = selectors(ratchet, ["schedule"]);
    await vote([{ to: ratchet, name: "assign", args: [ratchet.address, schedule, Role.OPERATORS] }]);
    await refuses(ratchet.write.schedule([[rules.address], [fee(1n)], id("salt")], as), "NotAtThisStage");
    assert.equal(await ratchet.read.stage(), 2);
  });

  it("has no guardian from stage 3 on, and no stage after it", async () => {
    await begin();
    assert.equal(await ratchet.read.guardian(), getAddress(operator.account.address));
    await vote([raise]);
    await vote([raise, { to: directory, name: "note", args: ["grown up"] }]);
    assert.equal(await ratchet.read.guardian(), zeroAddress);
    await refuses(vote([raise, { to: directory, name: "note", args: ["higher"] }]), "AtTheTop");
  });

  it("ends the guardian's term by itself", async () => {
    await pass(366 * DAY);
    assert.equal(await ratchet.read.guardian(), zeroAddress);
  });

  it("lets a vote place functions under operators or community, and under nobody else", async () => {
    await begin();
    const selectors = ["0x12345678"];
    await vote([{ to: ratchet, name: "assign", args: [treasury.address, selectors, Role.OPERATORS] }]);
    await refuses(ratchet.write.assign([treasury.address, ["0x12345678"], Role.OPERATORS], as), "NotAtThisStage");
    await refuses(
      vote([{ to: ratchet, name: "assign", args: [treasury.address, selectors, Role.ADMIN] }]),
      "UnknownRole",
    );
  });

  it("is set up once", async () => {
    await refuses(ratchet.write.setUp([ana.account.address, []]), "SetUpAlready");
    await refuses(ratchet.write.setUp([ana.account.address, []], as), "SetUpAlready");
  });
});
