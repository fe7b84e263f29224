import { type Address, type Hex, hashTypedData, recoverTypedDataAddress, zeroAddress } from "viem";
import type { Answers, KnownOrder, Order, Sale } from "./api.ts";
import type { Chain, ChainSale } from "./chain.ts";

const ORDER = {
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

/** Every difference in words; an empty list means that chain and API agree. */
export async function compare(chain: Chain, answers: Answers): Promise<string[]> {
  return [
    ...chain.contradictions,
    ...compareRules(chain, answers),
    ...compareHoldings(chain, answers),
    ...compareSales(chain, answers),
    ...(await compareOrders(chain, answers)),
  ];
}

function compareRules({ rules }: Chain, answers: Answers): string[] {
  const found: string[] = [];
  if (rules.version !== answers.rules.version) {
    found.push(`The rules are at version ${rules.version} on chain, the API says ${answers.rules.version}.`);
  }
  const count = Math.max(rules.values.length, answers.rules.values.length);
  for (let rule = 0; rule < count; ++rule) {
    const onChain = String(rules.values[rule] ?? "nothing");
    const said = String(answers.rules.values[rule] ?? "nothing");
    if (onChain !== said) found.push(`Rule ${rule} is ${onChain} on chain, the API says ${said}.`);
  }
  return found;
}

function compareHoldings({ holdings }: Chain, answers: Answers): string[] {
  const found: string[] = [];
  const said = new Map<string, bigint>();
  for (const { account, asset, amount } of answers.holdings) {
    const key = `${account.toLowerCase()} ${asset}`;
    if (account === zeroAddress) continue;
    if (said.has(key)) found.push(`The API names ${key} twice.`);
    said.set(key, BigInt(amount));
  }
  for (const key of new Set([...holdings.keys(), ...said.keys()])) {
    const [onChain, inApi] = [holdings.get(key) ?? 0n, said.get(key) ?? 0n];
    if (onChain === inApi) continue;
    const [account, asset] = key.split(" ");
    found.push(`${account} holds ${onChain} of ${asset} on chain, the API says ${inApi}.`);
  }
  return found;
}

function compareSales({ sales }: Chain, answers: Answers): string[] {
  const found: string[] = [];
  const said = new Map(answers.sales.map((sale) => [sale.orderHash.toLowerCase(), sale]));
  if (said.size !== answers.sales.length) found.push("The API names a sale twice.");
  for (const sale of sales) {
    const other = said.get(sale.orderHash);
    if (!other) found.push(`The sale of order ${sale.orderHash} in ${sale.tx} is missing from the API.`);
    else found.push(...compareSale(sale, other));
    said.delete(sale.orderHash);
  }
  for (const orderHash of said.keys()) found.push(`The API names a sale of order ${orderHash}; the chain has none.`);
  return found;
}

function compareSale(sale: ChainSale, said: Sale): string[] {
  return (Object.keys(sale) as (keyof ChainSale)[])
    .filter((field) => String(sale[field]).toLowerCase() !== String(said[field] ?? zeroAddress).toLowerCase())
    .map((field) => `The sale in ${sale.tx} has ${field} ${sale[field]} on chain, the API says ${said[field]}.`);
}

async function compareOrders(chain: Chain, answers: Answers): Promise<string[]> {
  const found: string[] = [];
  const filled = new Set(chain.sales.map(({ orderHash }) => orderHash));
  const named = new Set<string>();
  for (const known of answers.orders) {
    if (named.has(known.orderHash)) found.push(`The API names order ${known.orderHash} twice.`);
    named.add(known.orderHash);
    found.push(...(await compareOrder(chain, filled, known)));
  }
  return found;
}

async function compareOrder(chain: Chain, filled: Set<Hex>, known: KnownOrder): Promise<string[]> {
  const { orderHash, order, signature, state } = known;
  const found: string[] = [];
  const market = chain.markets.find((one) => hashTypedData(typed(chain, one, order)) === orderHash);
  if (!market) return [`Order ${orderHash} does not hash to what the API says, for any market of the directory.`];
  const signer = await recoverTypedDataAddress({ ...typed(chain, market, order), signature }).catch(() => zeroAddress);
  if (signer.toLowerCase() !== order.maker.toLowerCase()) {
    found.push(`Order ${orderHash} of ${order.maker} is signed by ${signer}.`);
  }
  const states = statesOf(chain, filled, orderHash, order);
  if (!states.has(state)) {
    found.push(`Order ${orderHash} is ${[...states].join(" or ")} on chain, the API says ${state}.`);
  }
  return found;
}

/** A filled order is filled, whatever else; one may be cancelled, stale and expired at once; what is none of it is open. */
function statesOf(chain: Chain, filled: Set<Hex>, orderHash: Hex, order: Order): Set<KnownOrder["state"]> {
  if (filled.has(orderHash)) return new Set(["sold"]);
  const maker = order.maker.toLowerCase() as Address;
  const states = new Set<KnownOrder["state"]>();
  const counter = chain.counters.get(maker) ?? 0n;
  if (chain.cancelled.has(orderHash) || BigInt(order.counter) !== counter) states.add("cancelled");
  const transfers = chain.transfers.get(BigInt(order.tokenId)) ?? 0n;
  const owned = chain.holdings.get(`${maker} work:${order.tokenId}`) === 1n;
  if (BigInt(order.transferNonce) !== transfers || !owned) states.add("stale");
  const expiry = BigInt(order.expiry);
  if (expiry < chain.time) states.add("expired");
  if (states.size === 0) states.add("open");
  // The chain's clock stands still while nothing is mined; whoever looks at the wall clock may know better.
  if (states.has("open") && expiry < BigInt(Math.floor(Date.now() / 1_000))) states.add("expired");
  return states;
}

function typed({ chainId }: Chain, verifyingContract: Address, order: Order) {
  return {
    domain: { name: "Atelier Market", version: "1", chainId, verifyingContract },
    types: ORDER,
    primaryType: "Order" as const,
    message: {
      ...order,
      tokenId: BigInt(order.tokenId),
      price: BigInt(order.price),
      minNet: BigInt(order.minNet),
      transferNonce: BigInt(order.transferNonce),
      counter: BigInt(order.counter),
      expiry: Number(order.expiry),
    },
  };
}
