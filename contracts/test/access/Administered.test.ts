import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { encodeFunctionData, getAddress, zeroAddress } from "viem";
import { id, openSchool, Rule, signer } from "../support/atelier.ts";
import { undoEach } from "../support/undo.ts";

const school = await openSchool();
const { manager, forwarder, points, rules, works, workshop, market, relayer, ana, ben, dee, operator, give, order,
  sign, request, refuses, make } = school;
const member = signer(1);
const asRelayer = { account: relayer.account };
const asWallet = (one: typeof ana) => ({
  address: one.account.address,
  signTypedData: (data: any) => one.signTypedData(data),
});
const send = async (...wanted: Parameters<typeof request>) =>
  forwarder.write.execute([await request(...wanted)], asRelayer);

describe("Administered", () => {
  undoEach(school);

  it("takes a member's signed request, intent's id and all, for the member's own call", async () => {
    await give([member.address, 500n]);
    await send(member, points, "transfer", [ben.account.address, 200n]);
    assert.equal(await points.read.balanceOf([member.address]), 300n);
  });

  it("makes a work and buys one for members without gas", async () => {
    await give([member.address, 100_000n]);
    await send(member, workshop, "buyAndCraft", [1n, id("picture"), [], 100_000n]);
    assert.equal(await works.read.balanceOf([member.address]), 1n);
    const listing = await order(await make(ana), 1_000n);
    await send(member, market, "fill", [listing, await sign(listing), zeroAddress]);
    assert.equal(await works.read.ownerOf([listing.tokenId]), member.address);
  });

  it("approves and moves works in the name of whoever signed", async () => {
    const work = await make(ana);
    await send(asWallet(ana), works, "approve", [member.address, work]);
    assert.equal(await works.read.getApproved([work]), member.address);
    await send(member, works, "transferFrom", [ana.account.address, dee.account.address, work]);
    assert.equal(await works.read.ownerOf([work]), getAddress(dee.account.address));
    await send(asWallet(dee), works, "setApprovalForAll", [member.address, true]);
    assert.equal(await works.read.isApprovedForAll([dee.account.address, member.address]), true);
    await send(member, works, "safeTransferFrom", [dee.account.address, ana.account.address, work]);
    assert.equal(await works.read.ownerOf([work]), getAddress(ana.account.address));
  });

  it("gives the forwarder itself, and another member, no right to a work", async () => {
    const work = await make(ana);
    const theft = await request(member, works, "transferFrom", [ana.account.address, member.address, work]);
    await refuses(forwarder.write.execute([theft], asRelayer), "FailedCall");
    assert.equal(await works.read.ownerOf([work]), getAddress(ana.account.address));
  });

  it("lets an operator set rules by signed request, and no other member", async () => {
    await manager.write.grantRole([1n, member.address, 0]);
    await send(member, rules, "set", [[Rule.TRADING_FEE], [700n]]);
    assert.equal(await rules.read.valueOf([Rule.TRADING_FEE]), 700n);
    const events = await rules.getEvents.RuleChanged({ rule: Rule.TRADING_FEE });
    assert.equal(events[0].args.by, member.address);
    const stranger = await request(signer(2), rules, "set", [[Rule.TRADING_FEE], [0n]]);
    await refuses(forwarder.write.execute([stranger], asRelayer), "FailedCall");
  });

  it("refuses a request that was executed, changed or signed by another", async () => {
    await give([member.address, 500n]);
    const good = await request(member, points, "transfer", [ben.account.address, 200n]);
    const more = encodeFunctionData({
      abi: points.abi,
      functionName: "transfer",
      args: [ben.account.address, 300n],
    });
    await refuses(forwarder.write.execute([{ ...good, data: more }], asRelayer), "ERC2771ForwarderInvalidSigner");
    const forged = { ...good, from: signer(2).address };
    await refuses(forwarder.write.execute([forged], asRelayer), "ERC2771ForwarderInvalidSigner");
    await forwarder.write.execute([good], asRelayer);
    await refuses(forwarder.write.execute([good], asRelayer), "ERC2771ForwarderInvalidSigner");
  });

  it("takes nobody's word for a sender but the forwarder's", async () => {
    await give([member.address, 500n]);
    const call = encodeFunctionData({ abi: points.abi, functionName: "transfer", args: [dee.account.address, 1n] });
    const before = await points.read.balanceOf([member.address]);
    await dee.sendTransaction({ to: points.address, data: `${call}${member.address.slice(2)}` });
    assert.equal(await points.read.balanceOf([member.address]), before);
  });

  it("executes a batch, skipping what fails when a refund receiver is named", async () => {
    await give([member.address, 500n]);
    const one = await request(member, points, "transfer", [ben.account.address, 200n]);
    const two = await request(signer(2), points, "transfer", [ben.account.address, 200n]);
    await forwarder.write.executeBatch([[one, two], ana.account.address], asRelayer);
    assert.equal(await points.read.balanceOf([member.address]), 300n);
    assert.equal(await forwarder.read.nonces([signer(2).address]), 1n);
    await refuses(forwarder.write.executeBatch([[one], zeroAddress], asRelayer), "ERC2771ForwarderInvalidSigner");
  });

  it("names forwarder and authority", async () => {
    for (const contract of [points, rules, works, workshop, market]) {
      assert.equal(await contract.read.isTrustedForwarder([forwarder.address]), true);
      assert.equal(await contract.read.isTrustedForwarder([operator.account.address]), false);
      assert.equal(await contract.read.authority(), getAddress(manager.address));
    }
  });
});
