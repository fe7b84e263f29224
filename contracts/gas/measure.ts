import { type Address, type Hex, zeroAddress } from "viem";
import { type Atelier, id, openSchool, type School, signer } from "../test/support/atelier.ts";
import { type Community, FOR, foundCommunity, note } from "../test/support/community.ts";
import { shareTree } from "../test/support/shares.ts";

/**
 * Gas used by whole transactions, from their receipts, in steady state: whoever gains something held some before, whoever
 * loses something keeps some, the epoch has begun and the sender has sent before. `each` is a batch's gas divided by its
 * size, rounded up.
 */
export async function measure(): Promise<Record<string, number>> {
  const school = await openSchool("measured");
  return {
    "points.transfer": await pointsTransfer(school),
    "points.mint": await pointsMint(school),
    "issue500.new.each": await issue500(school),
    "issue500.held.each": await issue500(school),
    "craft": await craft(school),
    "buyAndCraft": await buyAndCraft(school),
    "sale.3": await firstSale(school),
    "sale.4": await resale(school),
    "cancel": await cancel(school),
    "forward100.each": await forward100(school),
    "burn3": await burn3(school),
    ...(await measureCommunity()),
  };
}

async function measureCommunity(): Promise<Record<string, number>> {
  const community = await foundCommunity("measured");
  return {
    "join": await join(community),
    "vote.relayed100.each": await vote100(community),
    ...(await claims(community)),
  };
}

async function gasOf({ publicClient }: Pick<Atelier, "publicClient">, hash: Promise<Hex>): Promise<number> {
  const receipt = await publicClient.getTransactionReceipt({ hash: await hash });
  if (receipt.status !== "success") throw new Error(`reverted: ${receipt.transactionHash}`);
  return Number(receipt.gasUsed);
}

async function pointsTransfer(school: School) {
  const { points, ana, ben } = school;
  return gasOf(school, points.write.transfer([ben.account.address, 1_234n], { account: ana.account }));
}

async function pointsMint(school: School) {
  const { points, relayer, ana } = school;
  return gasOf(school, points.write.mint([ana.account.address, 20_000n], { account: relayer.account }));
}

async function issue500(school: School) {
  const members = Array.from({ length: 500 }, (_, i) => signer(i).address);
  return each(500, await gasOf(school, school.give(...members.map((to): [Address, bigint] => [to, 20_000n]))));
}

async function craft(school: School) {
  const { workshop, ana, make } = school;
  const account = ana.account;
  await make(ana);
  await workshop.write.buy([[1n, 2n, 3n, 4n], [5n, 15n, 5n, 5n], 10_000_000n], { account });
  return gasOf(school, workshop.write.craft([1n, id("a picture"), [], 2_501n], { account }));
}

/** Everything is missing: four supplies of two suppliers are bought and used up. */
async function buyAndCraft(school: School) {
  const { workshop, dee, make } = school;
  await make(dee);
  return gasOf(school, workshop.write.buyAndCraft([1n, id("a picture"), [], 10_000n], { account: dee.account }));
}

/** Paid are the seller, who is the creator, the recipe's author and the treasury. */
async function firstSale(school: School) {
  const { market, ana, dee, make, order, sign } = school;
  await make(dee);
  const work = await make(ana);
  const listing = await order(work, 12_345n);
  return gasOf(school, market.write.fill([listing, await sign(listing), zeroAddress], { account: dee.account }));
}

/** Paid are the seller, the creator, the recipe's author and the treasury. */
async function resale(school: School) {
  const { market, ana, dee, eli, make, order, sign } = school;
  await make(dee);
  await make(eli);
  const work = await make(ana);
  const first = await order(work, 12_345n);
  await market.write.fill([first, await sign(first), zeroAddress], { account: dee.account });
  const again = await order(work, 23_456n);
  return gasOf(school, market.write.fill([again, await sign(again), zeroAddress], { account: eli.account }));
}

async function cancel(school: School) {
  const { market, ana, make, order } = school;
  const listing = await order(await make(ana), 12_345n);
  return gasOf(school, market.write.cancel([listing], { account: ana.account }));
}

/** A hundred members' requests in one batch, each with its intent's id, for a call that does nothing. */
async function forward100(school: School) {
  await forwardBatch(school);
  return each(100, await forwardBatch(school));
}

async function forwardBatch(school: School) {
  const { forwarder, relayer, ana, request, points } = school;
  const requests = await Promise.all(
    Array.from({ length: 100 }, (_, i) => request(signer(i), points, "trustedForwarder", [], 50_000n)),
  );
  const batch = [requests, ana.account.address] as const;
  return gasOf(school, forwarder.write.executeBatch(batch as any, { account: relayer.account }));
}

/** A module burns some of three supplies of one holder. */
async function burn3(school: School) {
  const { supplies, workshop, relayer, ana } = school;
  await workshop.write.buy([[1n, 2n, 3n], [9n, 9n, 9n], 10_000_000n], { account: ana.account });
  await supplies.write.addModule([relayer.account.address]);
  const burned = [ana.account.address, [1n, 2n, 3n], [1n, 2n, 1n]] as const;
  return gasOf(school, supplies.write.consume(burned as any, { account: relayer.account }));
}

async function join(community: Community) {
  const { seats, relayer, seat } = community;
  await seat(...Array.from({ length: 100 }, (_, i) => signer(i).address));
  return gasOf(community, seats.write.join([signer(100).address], { account: relayer.account }));
}

/** A hundred members' first ballots in one batch, on a proposal that others voted on before. */
async function vote100(community: Community) {
  const { ana, begin, seat, propose, pass, ballot, cast } = community;
  await seat(ana.account.address);
  await begin();
  const { proposalId } = await propose(ana, [note(community, "a vote")]);
  await pass(100_000);
  await cast(proposalId, [await ballot(proposalId, signer(100), FOR)]);
  const ballots = await Promise.all(Array.from({ length: 100 }, (_, i) => ballot(proposalId, signer(i), FOR)));
  return each(100, await gasOf(community, cast(proposalId, ballots)));
}

/** A second statement of 2^17 leaves: everybody has claimed of the first, and holds points. */
async function claims(community: Community) {
  const { shares, treasury, relayer, operator, chainId, give, pass } = community;
  const members = 300;
  const leaves = 2 ** 17;
  await give([treasury.address, 10_000_000n]);
  const statement = (epoch: bigint) =>
    shareTree(
      chainId,
      shares.address,
      Array.from({ length: members }, (_, i) => {
        const fresh = BigInt(1_000 + i);
        return { account: signer(i).address, total: epoch * fresh, fresh };
      }),
      (i) => id(`leaf ${i}`),
      leaves,
    );
  const publish = async (epoch: number, one: ReturnType<typeof statement>, expected: Hex) => {
    const args = [epoch, one.root, one.total, expected, id("statement")] as const;
    await shares.write.publish(args, { account: operator.account });
    await pass(300_000);
  };
  const as = { account: relayer.account };
  const push = (one: ReturnType<typeof statement>, first: number) =>
    shares.write.push([BigInt(first), BigInt(one.depth), one.packed(first, 100), one.range(first, 100)], as);
  const first = statement(1n);
  await publish(1, first, `0x${"0".repeat(64)}`);
  for (const from of [0, 100, 200]) await push(first, from);
  const second = statement(2n);
  await publish(2, second, first.root);
  const claim = (i: number) => shares.write.claim([second.share(i)], as);
  await claim(0);
  const ten = Array.from({ length: 10 }, (_, i) => second.share(210 + 7 * i));
  return {
    "claim": await gasOf(community, claim(299)),
    "claim.relayed10.each": each(10, await gasOf(community, shares.write.claimMany([ten], as))),
    "push100.each": each(100, await gasOf(community, push(second, 100))),
  };
}

const each = (size: number, gas: number) => Math.ceil(gas / size);
