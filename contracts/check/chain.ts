import {
  type Abi,
  type Address,
  type Hex,
  type PublicClient,
  hexToString,
  parseAbi,
  parseEventLogs,
  zeroAddress,
} from "viem";

const DIRECTORY = parseAbi([
  "struct Entry { bytes32 kind; address at; uint64 firstBlock; uint64 lastBlock; }",
  "function entries() view returns (Entry[])",
]);

const EVENTS = {
  RuleBook: parseAbi([
    "event RuleChanged(uint32 indexed version, uint8 indexed rule, uint128 before, uint128 current, uint64 effectiveBlock, address indexed by)",
  ]),
  Points: parseAbi(["event Transfer(address indexed from, address indexed to, uint256 value)"]),
  Supplies: parseAbi([
    "event TransferSingle(address indexed operator, address indexed from, address indexed to, uint256 id, uint256 value)",
    "event TransferBatch(address indexed operator, address indexed from, address indexed to, uint256[] ids, uint256[] values)",
    "event SupplyDefined(uint256 indexed id, uint8 kind, address indexed supplier, uint256 price, string name)",
    "event PriceChanged(uint256 indexed id, uint256 before, uint256 current)",
  ]),
  Works: parseAbi(["event Transfer(address indexed from, address indexed to, uint256 indexed tokenId)"]),
  Workshop: parseAbi([
    "struct Input { uint32 supplyId; uint32 amount; }",
    "event RecipeProposed(uint64 indexed recipe, address indexed author, uint64 indexed supersedes, uint96 fee, Input[] inputs, bytes32 definitionHash)",
    "event Bought(address indexed buyer, uint256 indexed supplyId, address indexed supplier, uint256 amount, uint256 supplierPaid, uint256 treasuryPaid)",
    "event Crafted(uint256 indexed tokenId, uint64 indexed recipe, address indexed creator, uint256 authorPaid, uint256 treasuryPaid)",
  ]),
  Market: parseAbi([
    "event Sold(bytes32 indexed orderHash, uint256 indexed tokenId, address indexed buyer, address seller, uint256 price, uint256 sellerPaid, address creator, uint256 creatorPaid, address author, uint256 authorPaid, uint256 treasuryPaid)",
    "event Cancelled(bytes32 indexed orderHash, address indexed maker)",
    "event CancelledAll(address indexed maker, uint64 counter)",
  ]),
} satisfies Record<string, Abi>;

const TOTAL = parseAbi(["function totalSupply() view returns (uint256)"]);

const RANGE = 5_000n;

/** The rules' numbers, as far as a payment depends on them. */
const Rule = {
  TRADING_FEE: 0,
  CREATOR_ROYALTY: 1,
  AUTHOR_ROYALTY: 2,
  MATERIAL_MARGIN: 3,
  TOOL_WEAR: 4,
  RECIPE_FEE_TREASURY_SHARE: 6,
};

const TOOL = 1;
const WHOLE = 10_000n;

export type ChainSale = {
  orderHash: Hex;
  tokenId: bigint;
  buyer: Address;
  seller: Address;
  price: bigint;
  sellerPaid: bigint;
  creator: Address;
  creatorPaid: bigint;
  author: Address;
  authorPaid: bigint;
  treasuryPaid: bigint;
  block: bigint;
  tx: Hex;
};

/** What the events up to one block say, and where they contradict themselves. */
export type Chain = {
  chainId: number;
  time: bigint;
  markets: Address[];
  /** By `account asset`, in units or pieces. */
  holdings: Map<string, bigint>;
  transfers: Map<bigint, bigint>;
  sales: ChainSale[];
  cancelled: Set<Hex>;
  counters: Map<Address, bigint>;
  rules: { version: number; values: bigint[] };
  payments: number;
  contradictions: string[];
};

type Log = { kind: keyof typeof EVENTS; name: string; args: any; block: bigint; tx: Hex; index: number };

/** Reads all logs of all contracts that the directory ever listed, and replays them in order. */
export async function readChain(client: PublicClient, directory: Address, block: bigint): Promise<Chain> {
  const [chainId, { timestamp }] = await Promise.all([client.getChainId(), client.getBlock({ blockNumber: block })]);
  const entries = await client.readContract({
    address: directory,
    abi: DIRECTORY,
    functionName: "entries",
    blockNumber: block,
  });
  const listed = entries.map((entry) => ({
    kind: hexToString(entry.kind, { size: 32 }).replace(/\0+$/, ""),
    at: lower(entry.at),
    from: entry.firstBlock,
    to: entry.lastBlock !== 0n && entry.lastBlock < block ? entry.lastBlock : block,
  }));
  const logs: Log[] = [];
  for (const { kind, at, from, to } of listed) {
    if (!(kind in EVENTS)) continue;
    // One by one: there are too many of them for the arguments of a call.
    for (const log of await logsOf(client, kind as keyof typeof EVENTS, at, from, to)) logs.push(log);
  }
  logs.sort((one, other) => Number(one.block - other.block) || one.index - other.index);

  const replay = new Replay();
  for (const log of logs) replay.take(log);
  const contradictions = [...replay.contradictions];
  const points = listed.filter(({ kind }) => kind === "Points");
  contradictions.push(...(await checkSupply(client, points.map(({ at }) => at), replay.holdings, block)));
  return {
    chainId,
    time: timestamp,
    markets: listed.filter(({ kind }) => kind === "Market").map(({ at }) => at),
    holdings: replay.holdings,
    transfers: replay.transfers,
    sales: replay.sales,
    cancelled: replay.cancelled,
    counters: replay.counters,
    rules: { version: replay.version, values: replay.rules },
    payments: replay.payments,
    contradictions,
  };
}

async function logsOf(
  client: PublicClient,
  kind: keyof typeof EVENTS,
  address: Address,
  from: bigint,
  to: bigint,
): Promise<Log[]> {
  const found: Log[] = [];
  for (let first = from, size = RANGE; first <= to; ) {
    const last = first + size - 1n < to ? first + size - 1n : to;
    try {
      const raw = await client.getLogs({ address, fromBlock: first, toBlock: last });
      for (const log of parseEventLogs({ abi: EVENTS[kind] as Abi, logs: raw, strict: true }) as any[]) {
        const { eventName: name, args, blockNumber: block, transactionHash: tx, logIndex: index } = log;
        found.push({ kind, name, args, block, tx, index });
      }
      first = last + 1n;
    } catch (problem) {
      if (size === 1n) throw problem;
      size /= 2n;
    }
  }
  return found;
}

async function checkSupply(client: PublicClient, points: Address[], holdings: Map<string, bigint>, block: bigint) {
  let supply = 0n;
  for (const address of points) {
    supply += await client.readContract({ address, abi: TOTAL, functionName: "totalSupply", blockNumber: block });
  }
  let sum = 0n;
  for (const [key, amount] of holdings) if (key.endsWith(" points")) sum += amount;
  return sum === supply ? [] : [`The chain's points add up to ${sum} units, its total supply is ${supply}.`];
}

/** Applies logs one by one and checks every payment against the rules that were in force. */
class Replay {
  holdings = new Map<string, bigint>();
  transfers = new Map<bigint, bigint>();
  sales: ChainSale[] = [];
  cancelled = new Set<Hex>();
  counters = new Map<Address, bigint>();
  rules: bigint[] = [];
  version = 0;
  payments = 0;
  contradictions: string[] = [];

  #recipes = new Map<bigint, { author: Address; fee: bigint }>();
  #supplies = new Map<bigint, { kind: number; price: bigint }>();

  take({ kind, name, args, block, tx }: Log): void {
    switch (`${kind}.${name}`) {
      case "RuleBook.RuleChanged":
        this.rules[args.rule] = args.current;
        this.version = args.version;
        return;
      case "Points.Transfer":
        return this.#move(args.from, args.to, "points", args.value);
      case "Supplies.TransferSingle":
        return this.#move(args.from, args.to, `supply:${args.id}`, args.value);
      case "Supplies.TransferBatch":
        return args.ids.forEach((id: bigint, i: number) =>
          this.#move(args.from, args.to, `supply:${id}`, args.values[i]),
        );
      case "Supplies.SupplyDefined":
        this.#supplies.set(args.id, { kind: args.kind, price: args.price });
        return;
      case "Supplies.PriceChanged":
        this.#supplies.get(args.id)!.price = args.current;
        return;
      case "Works.Transfer":
        if (args.from !== zeroAddress) this.transfers.set(args.tokenId, (this.transfers.get(args.tokenId) ?? 0n) + 1n);
        return this.#move(args.from, args.to, `work:${args.tokenId}`, 1n);
      case "Workshop.RecipeProposed":
        this.#recipes.set(args.recipe, { author: lower(args.author), fee: args.fee });
        return;
      case "Workshop.Bought":
        return this.#bought(args, tx);
      case "Workshop.Crafted":
        return this.#crafted(args, tx);
      case "Market.Sold":
        return this.#sold(args, block, tx);
      case "Market.Cancelled":
        this.cancelled.add(args.orderHash);
        return;
      case "Market.CancelledAll":
        this.counters.set(lower(args.maker), args.counter);
        return;
    }
  }

  #move(from: Address, to: Address, asset: string, amount: bigint): void {
    this.#add(from, asset, -amount);
    this.#add(to, asset, amount);
  }

  #add(account: Address, asset: string, amount: bigint): void {
    if (account === zeroAddress) return;
    const key = `${lower(account)} ${asset}`;
    const sum = (this.holdings.get(key) ?? 0n) + amount;
    if (sum === 0n) this.holdings.delete(key);
    else this.holdings.set(key, sum);
  }

  #share(rule: number, of: bigint): bigint {
    return (of * this.rules[rule]) / WHOLE;
  }

  #bought(args: any, tx: Hex): void {
    this.payments += 1;
    const supply = this.#supplies.get(args.supplyId)!;
    const cost = supply.price * args.amount;
    const platform =
      supply.kind === TOOL ? this.rules[Rule.TOOL_WEAR] * args.amount : this.#share(Rule.MATERIAL_MARGIN, cost);
    this.#expect(`supplier of supply ${args.supplyId} in ${tx}`, args.supplierPaid, cost);
    this.#expect(`treasury for supply ${args.supplyId} in ${tx}`, args.treasuryPaid, platform);
  }

  #crafted(args: any, tx: Hex): void {
    this.payments += 1;
    const { fee } = this.#recipes.get(args.recipe)!;
    const toTreasury = this.#share(Rule.RECIPE_FEE_TREASURY_SHARE, fee);
    this.#expect(`treasury for recipe ${args.recipe} in ${tx}`, args.treasuryPaid, toTreasury);
    this.#expect(`author of recipe ${args.recipe} in ${tx}`, args.authorPaid, fee - toTreasury);
  }

  #sold(args: any, block: bigint, tx: Hex): void {
    const creator = lower(`0x${((args.tokenId >> 32n) & ((1n << 160n) - 1n)).toString(16).padStart(40, "0")}`);
    const author = this.#recipes.get(args.tokenId >> 192n)?.author ?? zeroAddress;
    const sale: ChainSale = {
      ...args,
      buyer: lower(args.buyer),
      seller: lower(args.seller),
      creator: lower(args.creator),
      author: lower(args.author),
      block,
      tx,
    };
    this.sales.push(sale);
    const treasuryPaid = this.#share(Rule.TRADING_FEE, sale.price);
    const creatorPaid = creator === sale.seller ? 0n : this.#share(Rule.CREATOR_ROYALTY, sale.price);
    const authorPaid = author === zeroAddress ? 0n : this.#share(Rule.AUTHOR_ROYALTY, sale.price);
    this.#expect(`treasury for the sale in ${tx}`, sale.treasuryPaid, treasuryPaid);
    this.#expect(`creator for the sale in ${tx}`, sale.creatorPaid, creatorPaid);
    this.#expect(`author for the sale in ${tx}`, sale.authorPaid, authorPaid);
    const rest = sale.price - treasuryPaid - creatorPaid - authorPaid;
    this.#expect(`seller for the sale in ${tx}`, sale.sellerPaid, rest);
    if (sale.creator !== creator) this.contradictions.push(`The sale in ${tx} names ${sale.creator} as creator, the work ${creator}.`);
    if (sale.author !== author) this.contradictions.push(`The sale in ${tx} names ${sale.author} as author, the recipe ${author}.`);
  }

  #expect(who: string, paid: bigint, due: bigint): void {
    if (paid !== due) this.contradictions.push(`The chain paid ${paid} units to the ${who}, the rules said ${due}.`);
  }
}

function lower(address: string): Address {
  return address.toLowerCase() as Address;
}
