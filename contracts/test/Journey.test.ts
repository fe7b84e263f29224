import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  type Hex,
  concat,
  createWalletClient,
  custom,
  encodeFunctionData,
  getContract,
  keccak256,
  type PublicClient,
  sha256,
  stringToHex,
  zeroAddress,
  zeroHash,
} from "viem";
import { hardhat } from "viem/chains";
import { readChain } from "../check/statement/chain.ts";
import { type Statement, statementsOf } from "../check/statement/statements.ts";
import { textOf } from "../check/statement/text.ts";
import { FOR_EVER, id, ORDER_TYPES, Rule, signer, workId } from "./support/atelier.ts";
import { FOR, foundCommunity } from "./support/community.ts";

const [HOUR, DAY] = [3_600, 86_400];
const PRICE = 10_000n;

const community = await foundCommunity(undefined, BigInt(HOUR));
const { rules, points, treasury, works, workshop, market, council, shares, directory, publicClient, typedData } = community;
const { rpc, operator, begin, seat, give, pass, refuses } = community;

/** A member with a key of their own: nothing but viem, a node and some of its coin. */
async function wallet(i: number) {
  const account = signer(i);
  await rpc("hardhat_setBalance", [account.address, "0xde0b6b3a7640000"]);
  const transport = custom({ request: ({ method, params }) => rpc(method, params) });
  const client = createWalletClient({ account, chain: hardhat, transport });
  const at = <C extends { address: Hex; abi: any }>({ address, abi }: C) =>
    getContract({ address, abi, client: { public: publicClient, wallet: client } }) as unknown as C;
  return { account, at };
}

type Wallet = Awaited<ReturnType<typeof wallet>>;

const [mei, leo, kim] = await Promise.all([700, 701, 702].map(wallet));
const everyone = [mei, leo, kim];

/** Mei makes a work and signs an offer; Leo buys it. What the treasury got of the price. */
async function sale(number: bigint): Promise<bigint> {
  const work = workId(1n, mei.account.address, number);
  await mei.at(workshop).write.craft([1n, id(`picture ${number}`), [], 0n]);
  const offer = {
    maker: mei.account.address,
    tokenId: work,
    price: PRICE,
    minNet: 9_000n,
    transferNonce: 0n,
    counter: 0n,
    expiry: FOR_EVER,
    taker: zeroAddress,
    salt: id(`offer ${number}`),
  };
  const signed = { domain: typedData.market, types: ORDER_TYPES, primaryType: "Order", message: offer } as const;
  const signature = await mei.account.signTypedData(signed);
  const hash = await leo.at(market).write.fill([offer, signature, zeroAddress]);
  assert.equal((await works.read.stateOf([work]))[0], leo.account.address);
  const { blockNumber } = await publicClient.getTransactionReceipt({ hash });
  const [{ args }] = await market.getEvents.Sold({}, { fromBlock: blockNumber });
  return args.treasuryPaid!;
}

/** Kim proposes a lower fee, all three vote for it, and Leo carries it out once its delay has passed. */
async function vote(fee: bigint): Promise<void> {
  const data = encodeFunctionData({ abi: rules.abi, functionName: "set", args: [[Rule.TRADING_FEE], [fee]] });
  const why = "A lower fee";
  const proposal = [[rules.address], [0n], [data], keccak256(stringToHex(why))] as const;
  await kim.at(council).write.propose([[rules.address], [0n], [data], why]);
  const proposalId = (await council.read.getProposalId(proposal as any)) as bigint;
  await pass(DAY + 1);
  for (const one of everyone) await one.at(council).write.castVote([proposalId, FOR]);
  await pass(5 * DAY);
  await leo.at(council).write.queue(proposal as any);
  await refuses(leo.at(council).write.execute(proposal as any), "TimelockUnexpectedOperationState");
  await pass(HOUR);
  await leo.at(council).write.execute(proposal as any);
}

/** Anyone closes what is over. */
async function closeEpochs(by: Wallet): Promise<void> {
  const { timestamp } = await publicClient.getBlock();
  while (timestamp >= BigInt((await treasury.read.epoch())[2])) await by.at(treasury).write.closeEpoch();
}

/** The statements, from nothing but the chain and the Directory's address. */
async function statements(): Promise<Statement[]> {
  return statementsOf(await readChain(publicClient as unknown as PublicClient, directory.address));
}

async function publish({ epoch, tree, accounts, ...rest }: Statement, expected: Hex): Promise<Hex> {
  const total = accounts.reduce((sum, account) => sum + account.total, 0n);
  const text = sha256(stringToHex(textOf({ epoch, tree, accounts, ...rest })));
  await shares.write.publish([Number(epoch.number), tree.root, total, expected, text], { account: operator.account });
  await pass(3 * DAY);
  return tree.root;
}

function proofOf(nodes: Hex[], index: number): Hex[] {
  if (nodes.length === 1) return [];
  const above = Array.from({ length: nodes.length / 2 }, (_, i) => keccak256(concat([nodes[2 * i], nodes[2 * i + 1]])));
  return [nodes[index ^ 1], ...proofOf(above, index >> 1)];
}

/** Claims with the member's own key; what they then have more. */
async function claim(by: Wallet, { accounts, tree }: Statement): Promise<bigint> {
  const index = accounts.findIndex(({ account }) => account === by.account.address.toLowerCase());
  const { total, fresh } = accounts[index];
  const before = await points.read.balanceOf([by.account.address]);
  const share = { index: BigInt(index), account: by.account.address, total, fresh, proof: proofOf(tree.leaves, index) };
  await by.at(shares).write.claim([share]);
  return (await points.read.balanceOf([by.account.address])) - before;
}

describe("A community with wallets alone", () => {
  it("votes a lower fee, sells under it, closes the epoch and is paid its shares", async () => {
    await seat(...everyone.map(({ account }) => account.address));
    await give([leo.account.address, 1_000_000n]);
    await begin();
    await kim.at(workshop).write.propose([0n, [], id("recipe"), 0n]);
    await workshop.write.approve([1n], { account: operator.account });
    assert.equal(await sale(1n), 500n);

    await vote(400n);
    assert.equal(await sale(2n), 400n);

    await pass(7 * DAY);
    await closeEpochs(kim);
    const all = await statements();
    assert.deepEqual(all.map(({ pool }) => pool.share), [0n, 400n, 320n]);
    let root: Hex = zeroHash;
    for (const one of all) root = await publish(one, root);
    assert.equal((await shares.read.current())[0], all[2].tree.root);

    const paid = await Promise.all(everyone.map((one) => claim(one, all[2])));
    const due = everyone.map(({ account }) => all[2].accounts.find((one) => one.account === account.address.toLowerCase())!);
    assert.deepEqual(paid, due.map(({ total }) => total));
    assert.ok(paid.every((amount) => amount > 0n));
    assert.equal(await points.read.balanceOf([shares.address]), 0n);
    assert.deepEqual((await statements()).map(textOf), all.map(textOf));
  });
});
