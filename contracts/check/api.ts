import type { Address, Hex } from "viem";

export type Holding = { account: Address; asset: string; amount: string };

export type Sale = {
  orderHash: Hex;
  tokenId: string;
  buyer: Address;
  seller: Address;
  price: string;
  sellerPaid: string;
  creator: Address;
  creatorPaid: string;
  author: Address;
  authorPaid: string;
  treasuryPaid: string;
  block: number | string;
  tx: Hex;
};

export type Order = {
  maker: Address;
  tokenId: string;
  price: string;
  minNet: string;
  transferNonce: string;
  counter: string;
  expiry: string;
  taker: Address;
  salt: Hex;
};

export type KnownOrder = {
  orderHash: Hex;
  order: Order;
  signature: Hex;
  state: "open" | "sold" | "cancelled" | "stale" | "expired";
};

/** What the backend says of one block. */
export type Answers = {
  block: bigint;
  holdings: Holding[];
  sales: Sale[];
  orders: KnownOrder[];
  rules: { version: number; values: string[] };
};

type Page<T> = { block?: number | string; items: T[]; next?: string | null };

/** Everything that the API says, or nothing if it spoke of more than one block. */
export async function ask(api: string, token?: string): Promise<Answers | undefined> {
  const blocks = new Set<bigint>();
  const get = async <T extends { block?: number | string }>(path: string): Promise<T> => {
    const answer = await fetchJson<T>(`${api}/api/v1/proof/${path}`, token);
    if (answer.block !== undefined && answer.block !== null) blocks.add(BigInt(answer.block));
    return answer;
  };
  const pages = async <T>(path: string): Promise<T[]> => {
    const items: T[] = [];
    let after: string | null | undefined;
    do {
      const query = new URLSearchParams({ limit: "1000", ...(after ? { after } : {}) });
      const page = await get<Page<T>>(`${path}?${query}`);
      items.push(...page.items);
      after = page.next;
    } while (after);
    return items;
  };
  const holdings = await pages<Holding>("holdings");
  const sales = await pages<Sale>("sales");
  const orders = await pages<KnownOrder>("orders");
  // The rules name the block of their last change, not the mirror's.
  const rules = await fetchJson<{ version: number | string; values: (number | string)[] }>(`${api}/api/v1/proof/rules`, token);
  if (blocks.size !== 1) return undefined;
  const [block] = blocks;
  return { block, holdings, sales, orders, rules: { version: Number(rules.version), values: rules.values.map(String) } };
}

async function fetchJson<T>(url: string, token?: string): Promise<T> {
  const headers = { accept: "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(30_000) }).catch((problem) => {
    throw new Error(`${url} could not be read: ${problem.cause?.message ?? problem.message}`);
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
  return (await response.json()) as T;
}
