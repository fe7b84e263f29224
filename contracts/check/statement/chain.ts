import { type Address, type Hex, type PublicClient, hexToString, parseAbi, parseEventLogs } from "viem";
import { EVENTS, type History, MANY, historyOf } from "./facts.ts";

const DIRECTORY = parseAbi([
  "struct Entry { bytes32 kind; address at; uint64 firstBlock; uint64 lastBlock; }",
  "function entries() view returns (Entry[])",
]);

/** The events of docs/statement.md, section 1, by the kinds of their contracts. */
const SAID = {
  RuleBook: parseAbi([
    "event RuleChanged(uint32 indexed version, uint8 indexed rule, uint128 before, uint128 current, uint64 effectiveBlock, address indexed by)",
  ]),
  Treasury: parseAbi([
    "event EpochOpened(uint32 indexed number, uint48 start, uint48 end)",
    "event Collected(uint8 indexed kind, address indexed from, uint256 amount, bytes32 indexed ref)",
    "event CostPaid(uint32 indexed epoch, uint8 indexed kind, address indexed to, uint256 amount, string text, bytes32 receipt)",
    "event Spent(address indexed to, uint256 amount, string text)",
  ]),
  Supplies: parseAbi([
    "event SupplyDefined(uint256 indexed id, uint8 kind, address indexed supplier, uint256 price, string name)",
  ]),
  Workshop: parseAbi([
    "struct Input { uint32 supplyId; uint32 amount; }",
    "event RecipeProposed(uint64 indexed recipe, address indexed author, uint64 indexed supersedes, uint96 fee, Input[] inputs, bytes32 definitionHash)",
    "event Bought(address indexed buyer, uint256 indexed supplyId, address indexed supplier, uint256 amount, uint256 supplierPaid, uint256 treasuryPaid)",
    "event Crafted(uint256 indexed tokenId, uint64 indexed recipe, address indexed creator, uint256 authorPaid, uint256 treasuryPaid)",
  ]),
  Market: parseAbi([
    "event Sold(bytes32 indexed orderHash, uint256 indexed tokenId, address indexed buyer, address seller, uint256 price, uint256 sellerPaid, address creator, uint256 creatorPaid, address author, uint256 authorPaid, uint256 treasuryPaid)",
    "event Promoted(bytes32 indexed orderHash, address indexed promoter)",
  ]),
  Works: parseAbi(["event Remixed(uint256 indexed tokenId, uint256[] parents)"]),
  Seats: parseAbi(["event Transfer(address indexed from, address indexed to, uint256 indexed id)"]),
  ProfitShare: parseAbi(["event Cancelled(uint32 indexed epoch, bytes32 indexed root, uint256 returned)"]),
};

type Kind = keyof typeof SAID;
type Listed = { kind: Kind; at: Address; from: bigint; to: bigint };
type Said = { kind: Kind; contract: Address; event: string; args: object; block: bigint; index: number };

const RANGE = 5_000n;
const AT_ONCE = 50;

/** Reads what statements are made of from a chain, retired contracts included. */
export async function readChain(client: PublicClient, directory: Address): Promise<History> {
  const [chainId, block] = await Promise.all([client.getChainId(), client.getBlockNumber()]);
  const contracts = await listed(client, directory, block);
  const profitShare = contracts.find(({ kind }) => kind === "ProfitShare")?.at;
  if (!profitShare) throw new Error("the Directory lists no ProfitShare");
  const said: Said[] = [];
  for (const contract of contracts) {
    for (const log of await logsOf(client, contract)) said.push(log);
  }
  said.sort((one, other) => Number(one.block - other.block) || one.index - other.index);
  const times = await timesOf(client, [...new Set(said.map(({ block }) => block))]);
  const facts = said.map(({ block, args, ...fact }) => ({
    ...fact,
    block: Number(block),
    time: times.get(block),
    args: Object.fromEntries(Object.entries(args).map(([name, value]) => [name, written(value)])),
  }));
  return historyOf({ chainId, profitShare, facts });
}

/** Of most kinds a statement knows one contract, the first listed. */
async function listed(client: PublicClient, directory: Address, block: bigint): Promise<Listed[]> {
  const entries = await client.readContract({ address: directory, abi: DIRECTORY, functionName: "entries", blockNumber: block });
  const contracts = entries
    .map(({ kind, at, firstBlock, lastBlock }) => ({
      kind: hexToString(kind, { size: 32 }).replace(/\0+$/, "") as Kind,
      at: lower(at) as Address,
      from: firstBlock,
      to: lastBlock !== 0n && lastBlock < block ? lastBlock : block,
    }))
    .filter(({ kind }) => kind in SAID);
  return contracts.filter(
    ({ kind, at }) => MANY.includes(kind) || contracts.find((first) => first.kind === kind)!.at === at,
  );
}

/** What the node cannot give at once is asked for in halves. */
async function logsOf(client: PublicClient, { kind, at, from, to }: Listed): Promise<Said[]> {
  const found: Said[] = [];
  for (let first = from, size = RANGE; first <= to; ) {
    const last = first + size - 1n < to ? first + size - 1n : to;
    try {
      const logs = await client.getLogs({ address: at, fromBlock: first, toBlock: last });
      for (const { eventName, args, blockNumber, logIndex } of parseEventLogs({ abi: SAID[kind], logs, strict: true })) {
        const event: string = eventName;
        if (`${kind}.${event}` in EVENTS) {
          found.push({ kind, contract: at, event, args, block: blockNumber, index: logIndex });
        }
      }
      first = last + 1n;
    } catch (problem) {
      if (size === 1n) throw problem;
      size /= 2n;
    }
  }
  return found;
}

async function timesOf(client: PublicClient, blocks: bigint[]): Promise<Map<bigint, number>> {
  const times = new Map<bigint, number>();
  for (let i = 0; i < blocks.length; i += AT_ONCE) {
    const some = blocks.slice(i, i + AT_ONCE).map((blockNumber) => client.getBlock({ blockNumber }));
    for (const { number, timestamp } of await Promise.all(some)) times.set(number, Number(timestamp));
  }
  return times;
}

/** As section 10 writes it. */
function written(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(written);
  return typeof value === "string" ? lower(value) : String(value);
}

function lower(text: string): Hex {
  return text.toLowerCase() as Hex;
}
