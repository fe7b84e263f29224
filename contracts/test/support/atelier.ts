import { artifacts, network } from "hardhat";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import {
  type Abi,
  type Address,
  type Hex,
  BaseError,
  ContractFunctionRevertedError,
  decodeErrorResult,
  encodeFunctionData,
  getContract,
  keccak256,
  stringToHex,
  zeroAddress,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";

/** The first version of the rules, by rule number. */
export const INITIAL_RULES = [
  500n, 800n, 300n, 1_000n, 50n, 8_000n, 2_000n, 100_000_000n, 604_800n, 3n, 0n, 100_000_000n, 20_000n,
  86_400n, 432_000n, 86_400n, 43_200n, 2_000n, 604_800n, 200n, 5n, 3n,
  259_200n, 10_000_000n, 8_000n, 4_000n, 1_500n, 1_000n, 500n, 1_000n, 1_500n, 500n, 5_000n, 2_000n,
];

export const Rule = {
  TRADING_FEE: 0,
  CREATOR_ROYALTY: 1,
  AUTHOR_ROYALTY: 2,
  MATERIAL_MARGIN: 3,
  TOOL_WEAR: 4,
  RECIPE_FEE_AUTHOR_SHARE: 5,
  RECIPE_FEE_TREASURY_SHARE: 6,
  ISSUANCE_BUDGET: 7,
  EPOCH_LENGTH: 8,
  TRADE_MODE: 9,
  HOLDING_PERIOD: 10,
  SETTLE_CEILING: 11,
  WELCOME_POINTS: 12,
  VOTING_DELAY: 13,
  VOTING_PERIOD: 14,
  VOTE_EXTENSION: 15,
  VOTE_LOCK: 16,
  QUORUM: 17,
  WAITING_TIME: 18,
  SEAT_BUDGET: 19,
  IDEA_SUPPORT: 20,
  OBJECTIONS: 21,
  CHALLENGE_WINDOW: 22,
  COST_BUDGET: 23,
  PROFIT_SHARE: 24,
};

/** The last second that 48 bits hold. */
export const FOR_EVER = 2 ** 48 - 1;

export const MATERIAL = 0;
export const TOOL = 1;

const OURS = [
  "RuleBook",
  "Points",
  "Treasury",
  "Supplies",
  "Works",
  "Workshop",
  "Market",
  "Directory",
  "Seats",
  "Ratchet",
  "Council",
  "ProfitShare",
];

export const ORDER_TYPES = {
  Order: [
    { name: "maker", type: "address" },
    { name: "tokenId", type: "uint256" },
    { name: "price", type: "uint96" },
    { name: "minNet", type: "uint96" },
    { name: "transferNonce", type: "uint64" },
    { name: "counter", type: "uint64" },
    { name: "expiry", type: "uint48" },
    { name: "taker", type: "address" },
    { name: "salt", type: "bytes32" },
  ],
} as const;

export const FORWARD_TYPES = {
  ForwardRequest: [
    { name: "from", type: "address" },
    { name: "to", type: "address" },
    { name: "value", type: "uint256" },
    { name: "gas", type: "uint256" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint48" },
    { name: "data", type: "bytes" },
  ],
} as const;

export type Order = {
  maker: Address;
  tokenId: bigint;
  price: bigint;
  minNet: bigint;
  transferNonce: bigint;
  counter: bigint;
  expiry: number;
  taker: Address;
  salt: Hex;
};

export const id = (text: string): Hex => keccak256(stringToHex(text));

/** The i-th of as many accounts as one likes; they hold no ether and only sign. */
export const signer = (i: number) => privateKeyToAccount(keccak256(stringToHex(`atelier signer ${i}`)));

export const workId = (recipe: bigint, creator: Address, serial: bigint): bigint =>
  (recipe << 192n) | (BigInt(creator) << 32n) | serial;

/** OpenZeppelin's own build of a contract that we deploy unmodified. */
export function published(name: string): { abi: Abi; bytecode: Hex } {
  const file = new URL(import.meta.resolve(`@openzeppelin/contracts/build/contracts/${name}.json`));
  return JSON.parse(readFileSync(file, "utf8"));
}

/** All contracts, deployed and wired as the platform does it, with a relayer who may issue and an operator. */
export async function deployAtelier(networkName = "default") {
  const { viem, provider } = await network.create(networkName);
  const publicClient = await viem.getPublicClient();
  const testClient = await viem.getTestClient();
  const [deployer, relayer, operator, ana, ben, cho, dee, eli] = await viem.getWalletClients();
  const chainId = await publicClient.getChainId();
  const rpc = (method: string, params: unknown[] = []) => provider.request({ method, params });

  const publish = async (name: string, args: unknown[]) => {
    const { abi, bytecode } = published(name);
    const hash = await deployer.deployContract({ abi, bytecode, args });
    const { contractAddress } = await publicClient.getTransactionReceipt({ hash });
    return getContract({ address: contractAddress!, abi, client: { public: publicClient, wallet: deployer } });
  };
  const manager = await publish("AccessManager", [deployer.account.address]);
  const forwarder = await publish("ERC2771Forwarder", ["Atelier Forwarder"]);
  const base = [manager.address, forwarder.address] as const;
  const rules = await viem.deployContract("RuleBook", [...base, INITIAL_RULES]);
  const points = await viem.deployContract("Points", [...base, rules.address, "Atelier Points", "PT"]);
  const treasury = await viem.deployContract("Treasury", [...base, points.address, rules.address]);
  const supplies = await viem.deployContract("Supplies", [...base, "https://atelier.test/supplies/{id}.json"]);
  const works = await viem.deployContract("Works", [...base, rules.address, "https://atelier.test/works/"]);
  const workshop = await viem.deployContract("Workshop", [
    ...base,
    points.address,
    supplies.address,
    works.address,
    rules.address,
    treasury.address,
  ]);
  const market = await viem.deployContract("Market", [
    ...base,
    points.address,
    works.address,
    workshop.address,
    rules.address,
    treasury.address,
  ]);
  const directory = await viem.deployContract("Directory", [...base]);

  for (const module of [workshop, market, treasury]) await points.write.addModule([module.address]);
  await supplies.write.addModule([workshop.address]);
  for (const module of [workshop, market]) await works.write.addModule([module.address]);
  await points.write.addIssuer([relayer.account.address]);
  const selectors = (contract: { abi: Abi }, names: string[]) =>
    names.map((name) => {
      const [item] = contract.abi.filter((one) => one.type === "function" && one.name === name);
      const signature = `${name}(${(item as any).inputs.map((input: any) => input.type).join(",")})`;
      return keccak256(stringToHex(signature)).slice(0, 10) as Hex;
    });
  const operated: [{ address: Address; abi: Abi }, string[]][] = [
    [rules, ["set"]],
    [points, ["setPolicy"]],
    [supplies, ["defineSupply", "setPrice", "restock"]],
    [workshop, ["approve", "retire"]],
    [works, ["setBaseURI"]],
  ];
  for (const [contract, names] of operated) {
    await manager.write.setTargetFunctionRole([contract.address, selectors(contract, names), 1n]);
  }
  await manager.write.grantRole([1n, operator.account.address, 0]);

  const seats = await viem.deployContract("Seats", [
    ...base,
    rules.address,
    relayer.account.address,
    "https://atelier.test/seats/",
  ]);

  const errors: Abi = [
    ...(await Promise.all(OURS.map((name) => artifacts.readArtifact(name)))),
    published("AccessManager"),
    published("ERC2771Forwarder"),
    published("TimelockController"),
  ]
    .flatMap((artifact) => artifact.abi as unknown as Abi)
    .filter((item) => item.type === "error");

  const now = async () => Number((await publicClient.getBlock()).timestamp);

  /** Makes time pass and a block with it. */
  const pass = async (seconds: number) => {
    await testClient.increaseTime({ seconds });
    await testClient.mine({ blocks: 1 });
  };

  /** Asserts that the call is refused with this error and these values, as the application would see it. */
  async function refuses(call: Promise<unknown>, name: string, args?: readonly unknown[]) {
    let failure: unknown;
    try {
      await call;
    } catch (caught) {
      failure = caught;
    }
    assert.ok(failure, `expected ${name}, but it went through`);
    const data = revertData(failure);
    assert.ok(data, `expected ${name}, but failed without data: ${failure}`);
    const error = decodeErrorResult({ abi: errors, data });
    assert.equal(error.errorName, name);
    if (args) assert.deepEqual(error.args ?? [], args);
  }

  let batches = 0;
  /** Issues units to members, by the relayer, in one batch. */
  async function give(...items: [Address, bigint][]) {
    batches += 1;
    const issue = items.map(([to, amount], i) => ({ to, amount, intentId: id(`intent ${batches}-${i}`) }));
    return points.write.issue([id(`batch ${batches}`), issue], { account: relayer.account });
  }

  const setRules = (values: Record<number, bigint>) =>
    rules.write.set([Object.keys(values).map(Number), Object.values(values)], { account: operator.account });

  const typedData = {
    market: { name: "Atelier Market", version: "1", chainId, verifyingContract: market.address },
    forwarder: { name: "Atelier Forwarder", version: "1", chainId, verifyingContract: forwarder.address },
  };

  let orders = 0;
  /** An order by the work's present owner, good for ever, for anyone, whatever the net. */
  async function order(tokenId: bigint, price: bigint, changes: Partial<Order> = {}): Promise<Order> {
    const [maker, transferNonce] = await works.read.stateOf([tokenId]);
    return {
      maker,
      tokenId,
      price,
      minNet: 0n,
      transferNonce: BigInt(transferNonce),
      counter: await market.read.counterOf([changes.maker ?? maker]),
      expiry: FOR_EVER,
      taker: zeroAddress,
      salt: id(`salt ${++orders}`),
      ...changes,
    };
  }

  /** The maker's signature, by the wallet that the chain knows for it. */
  async function sign(message: Order): Promise<Hex> {
    const wallet = await viem.getWalletClient(message.maker);
    return wallet.signTypedData({ domain: typedData.market, types: ORDER_TYPES, primaryType: "Order", message });
  }

  /** A forward request of an account for a call, its data ending with the intent's id. */
  async function request(
    from: { address: Address; signTypedData: (data: any) => Promise<Hex> },
    to: { address: Address; abi: Abi },
    functionName: string,
    args: unknown[],
    gas = 500_000n,
  ) {
    const data = (encodeFunctionData({ abi: to.abi, functionName, args }) + id("intent").slice(2)) as Hex;
    const message = {
      from: from.address,
      to: to.address,
      value: 0n,
      gas,
      nonce: (await forwarder.read.nonces([from.address])) as bigint,
      deadline: FOR_EVER,
      data,
    };
    const signature = await from.signTypedData({
      domain: typedData.forwarder,
      types: FORWARD_TYPES,
      primaryType: "ForwardRequest",
      message,
    });
    const { nonce: _, ...rest } = message;
    return { ...rest, signature };
  }

  return {
    viem,
    rpc,
    publicClient,
    testClient,
    chainId,
    deployer,
    relayer,
    operator,
    ana,
    ben,
    cho,
    dee,
    eli,
    manager,
    forwarder,
    rules,
    points,
    treasury,
    supplies,
    works,
    workshop,
    market,
    directory,
    seats,
    publish,
    selectors,
    typedData,
    now,
    pass,
    refuses,
    give,
    setRules,
    order,
    sign,
    request,
  };
}

export type Atelier = Awaited<ReturnType<typeof deployAtelier>>;

/** A school: three materials, a tool, an approved recipe by ben, supplies of cho, points for everybody. */
export async function openSchool(networkName?: string) {
  const atelier = await deployAtelier(networkName);
  const { supplies, workshop, operator, ana, ben, cho, dee, eli, give } = atelier;
  const as = { account: operator.account };
  await supplies.write.defineSupply([MATERIAL, cho.account.address, 1_000n, 1_000n, "Paper"], as);
  await supplies.write.defineSupply([MATERIAL, cho.account.address, 333n, 1_000n, "Paint"], as);
  await supplies.write.defineSupply([MATERIAL, eli.account.address, 75n, 1_000n, "Gold leaf"], as);
  await supplies.write.defineSupply([TOOL, eli.account.address, 40n, 1_000n, "Brush"], as);
  const inputs = [1, 2, 3, 4].map((supplyId) => ({ supplyId, amount: supplyId === 2 ? 3 : 1 }));
  await workshop.write.propose([2_501n, inputs, id("recipe"), 0n], { account: ben.account });
  await workshop.write.approve([1n], as);
  await give(...[ana, ben, cho, dee, eli].map((one) => [one.account.address, 1_000_000n] as [Address, bigint]));

  let made = 0;
  /** A member buys what is missing and makes a work from recipe 1. */
  async function make(maker = ana): Promise<bigint> {
    made += 1;
    await workshop.write.buyAndCraft([1n, id(`picture ${made}`), [], 10_000_000n], { account: maker.account });
    return workId(1n, maker.account.address, BigInt((await workshop.read.recipeOf([1n]))[3]));
  }

  return { ...atelier, make };
}

export type School = Awaited<ReturnType<typeof openSchool>>;

function revertData(failure: unknown): Hex | undefined {
  if (!(failure instanceof BaseError)) return undefined;
  const reverted = failure.walk((cause) => cause instanceof ContractFunctionRevertedError);
  if (reverted instanceof ContractFunctionRevertedError && reverted.raw) return reverted.raw;
  const withData = failure.walk((cause) => typeof dataOf(cause) === "string");
  return dataOf(withData);
}

function dataOf(cause: unknown): Hex | undefined {
  const data = (cause as any)?.data;
  const hex = typeof data === "string" ? data : data?.data;
  return typeof hex === "string" && hex.startsWith("0x") && hex.length > 2 ? (hex as Hex) : undefined;
}
