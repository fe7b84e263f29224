import { type Address, encodeFunctionData, type Hex, keccak256, stringToHex } from "viem";
import { type Atelier, deployAtelier, id, signer } from "./atelier.ts";

export const AGAINST = 0;
export const FOR = 1;
export const ABSTAIN = 2;

/** Roles of the manager, as the platform assigns them. */
export const Role = { ADMIN: 0n, OPERATORS: 1n, COMMUNITY: 2n, SHARES: 3n, KEEPERS: 4n };

/** States of a proposal, as OpenZeppelin's Governor numbers them. */
export const State = { PENDING: 0, ACTIVE: 1, CANCELED: 2, DEFEATED: 3, SUCCEEDED: 4, QUEUED: 5, EXPIRED: 6, EXECUTED: 7 };

export const BALLOT_TYPES = {
  Ballot: [
    { name: "proposalId", type: "uint256" },
    { name: "support", type: "uint8" },
    { name: "voter", type: "address" },
    { name: "nonce", type: "uint256" },
  ],
} as const;

export type Signing = { address: Address; signTypedData: (data: any) => Promise<Hex> };

export type Call = { to: { address: Address; abi: any }; name: string; args: readonly unknown[] };

const DAY = 86_400;
const GUARDED = 365 * DAY;

/** Everything of {@link deployAtelier}, and the community over it: seats, council, ratchet and shares, at stage 0. */
export async function foundCommunity(networkName?: string, delay = 0n) {
  const atelier = await deployAtelier(networkName);
  const { viem, manager, forwarder, rules, points, treasury, supplies, works, workshop, market, directory, seats } = atelier;
  const { publish, selectors, deployer, relayer, operator, publicClient, chainId } = atelier;
  const base = [manager.address, forwarder.address] as const;
  const anyone: Address = "0x0000000000000000000000000000000000000000";
  const timelock = await publish("TimelockController", [delay, [], [anyone], deployer.account.address]);
  const ratchet = await viem.deployContract("Ratchet", [...base, timelock.address, operator.account.address, GUARDED]);
  const council = await viem.deployContract("Council", [
    forwarder.address,
    timelock.address,
    seats.address,
    rules.address,
    directory.address,
    ratchet.address,
  ]);
  const shares = await viem.deployContract("ProfitShare", [
    ...base,
    points.address,
    rules.address,
    treasury.address,
    seats.address,
    ratchet.address,
  ]);
  await points.write.addModule([shares.address]);

  const assigned: [{ address: Address; abi: any }, bigint, string[]][] = [
    [rules, Role.COMMUNITY, ["set"]],
    [points, Role.COMMUNITY, ["setPolicy", "addModule", "removeModule"]],
    [points, Role.KEEPERS, ["addIssuer", "removeIssuer"]],
    [supplies, Role.COMMUNITY, ["addModule", "removeModule"]],
    [works, Role.COMMUNITY, ["addModule", "removeModule"]],
    [directory, Role.COMMUNITY, ["add", "retire", "note"]],
    [treasury, Role.COMMUNITY, ["spend"]],
    [treasury, Role.OPERATORS, ["payCost"]],
    [treasury, Role.SHARES, ["fund"]],
    [seats, Role.COMMUNITY, ["revoke", "pardon", "recover", "setRegistrar"]],
    [shares, Role.COMMUNITY, ["release", "cancel"]],
    [shares, Role.OPERATORS, ["publish"]],
    [ratchet, Role.OPERATORS, ["raiseByOperator", "schedule"]],
  ];
  const listed = {
    RuleBook: rules,
    Points: points,
    Treasury: treasury,
    Supplies: supplies,
    Works: works,
    Workshop: workshop,
    Market: market,
    Seats: seats,
    Ratchet: ratchet,
    TimelockController: timelock,
    ProfitShare: shares,
    Directory: directory,
  };
  for (const [kind, { address }] of Object.entries(listed)) {
    await directory.write.add([stringToHex(kind, { size: 32 }), address, 1n]);
  }
  for (const [contract, role, names] of assigned) {
    await manager.write.setTargetFunctionRole([contract.address, selectors(contract, names), role]);
  }
  await manager.write.grantRole([Role.COMMUNITY, timelock.address, 0]);
  await manager.write.grantRole([Role.OPERATORS, timelock.address, 0]);
  await manager.write.grantRole([Role.SHARES, shares.address, 0]);
  await manager.write.setRoleAdmin([Role.OPERATORS, Role.KEEPERS]);
  await manager.write.grantRole([Role.KEEPERS, deployer.account.address, 0]);
  await manager.write.grantRole([Role.ADMIN, ratchet.address, 0]);
  await manager.write.renounceRole([Role.ADMIN, deployer.account.address]);
  const admin = `0x${"0".repeat(64)}` as Hex;
  await timelock.write.grantRole([admin, ratchet.address]);
  await ratchet.write.setUp([
    council.address,
    [rules, points, treasury, works, directory].map((one) => one.address),
  ]);
  await timelock.write.renounceRole([admin, deployer.account.address]);

  const domain = { name: "Atelier Council", version: "1", chainId, verifyingContract: council.address };

  /** Seats members, by the relayer. */
  const seat = async (...members: Address[]) => {
    for (const member of members) await seats.write.join([member], { account: relayer.account });
  };

  const encoded = (calls: Call[], text: string) =>
    [
      calls.map(({ to }) => to.address),
      calls.map(() => 0n),
      calls.map(({ to, name, args }) => encodeFunctionData({ abi: to.abi, functionName: name, args: args as any })),
      text,
    ] as const;

  /** Proposes calls by a member, and answers with how to go on with them. */
  async function propose(by: { account: any }, calls: Call[], text = "because") {
    const [targets, values, payloads] = encoded(calls, text);
    await council.write.propose([targets, values, payloads, text], { account: by.account });
    const key = [targets, values, payloads, keccak256(stringToHex(text))] as const;
    const proposalId = (await council.read.getProposalId(key as any)) as bigint;
    return {
      proposalId,
      key,
      state: async () => Number(await council.read.state([proposalId])),
      queue: () => council.write.queue(key as any),
      execute: () => council.write.execute(key as any),
      cancel: (who: { account: any }) => council.write.cancel(key as any, { account: who.account }),
    };
  }

  /** A member's signed ballot. */
  async function ballot(proposalId: bigint, by: Signing, choice: number, number = 1, other: object = {}) {
    const message = { proposalId, support: choice, voter: by.address, nonce: BigInt(number) };
    const signature = await by.signTypedData({
      domain: { ...domain, ...other },
      types: BALLOT_TYPES,
      primaryType: "Ballot",
      message,
    });
    return {
      voter: by.address,
      choice,
      number,
      v: Number.parseInt(signature.slice(130), 16),
      r: signature.slice(0, 66) as Hex,
      s: `0x${signature.slice(66, 130)}` as Hex,
    };
  }

  const cast = (proposalId: bigint, ballots: Awaited<ReturnType<typeof ballot>>[]) =>
    council.write.castBallots([proposalId, ballots], { account: relayer.account });

  /** Lets the community decide: the waiting time passes, the first stage is reached. */
  async function begin() {
    await ratchet.write.raiseByOperator({ account: operator.account });
    await atelier.pass(8 * DAY);
  }

  return { ...atelier, timelock, ratchet, council, shares, domain, seat, propose, ballot, cast, begin, publicClient };
}

export type Community = Awaited<ReturnType<typeof foundCommunity>>;

/** The i-th of as many members with keys of their own as one likes. */
export const member = (i: number): Signing => signer(i);

export const note = (community: Community, text: string): Call => ({ to: community.directory, name: "note", args: [text] });

export { type Atelier, id };
