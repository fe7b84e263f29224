import { type Address, type Hex } from "viem";

/** The events that a statement depends on, and of each the fields that it uses. */
export const EVENTS = {
  "RuleBook.RuleChanged": { version: integer, rule: integer, current: integer },
  "Treasury.EpochOpened": { number: integer, start: integer, end: integer },
  "Treasury.Collected": { kind: integer, amount: integer, ref: bytes32 },
  "Treasury.CostPaid": { kind: integer, to: address, amount: integer, receipt: bytes32 },
  "Treasury.Spent": { to: address, amount: integer },
  "Supplies.SupplyDefined": { id: integer, kind: integer },
  "Workshop.RecipeProposed": { recipe: integer, author: address },
  "Workshop.Bought": { buyer: address, supplyId: integer, supplier: address, amount: integer, treasuryPaid: integer },
  "Workshop.Crafted": { recipe: integer, creator: address, treasuryPaid: integer },
  "Market.Sold": { orderHash: bytes32, tokenId: integer, buyer: address, seller: address, treasuryPaid: integer },
  "Market.Promoted": { orderHash: bytes32, promoter: address },
  "Works.Remixed": { tokenId: integer, parents: integers },
  "Seats.Transfer": { from: address, to: address, id: integer },
  "ProfitShare.Cancelled": { epoch: integer, root: bytes32 },
} as const;

type Name = keyof typeof EVENTS;
type Fields<N extends Name> = (typeof EVENTS)[N];
type Args<N extends Name> = { [F in keyof Fields<N>]: Fields<N>[F] extends (value: unknown) => infer T ? T : never };
type Place = { block: bigint; time: bigint; index: bigint; contract: Address };

/** An event, and where it stands. */
export type FactOf<N extends Name> = Place & { name: N; args: Args<N> };
export type Fact = { [N in Name]: FactOf<N> }[Name];

export type History = { chainId: bigint; profitShare: Address; facts: Fact[] };

/** Kinds of which a community may have several contracts; of any other the facts are those of one. */
export const MANY = ["Market", "Workshop"];

const WORD = 1n << 256n;

/** Reads one history's JSON. */
export function readHistory(json: string): History {
  return historyOf(JSON.parse(json));
}

/** Reads one history, and refuses what the format does not allow. */
export function historyOf(value: unknown): History {
  const { chainId, profitShare, facts } = fields(value);
  if (!Array.isArray(facts)) throw new Error("facts are no list");
  const history = {
    chainId: part("chainId", chainId, count),
    profitShare: part("profitShare", profitShare, address),
    facts: facts.map((fact, i) => part(`fact ${i}`, fact, readFact)),
  };
  checkOrder(history.facts);
  checkContracts(history);
  return history;
}

export function at({ name, block, index }: Fact): string {
  return `${name} in block ${block} at ${index}`;
}

function readFact(value: unknown): Fact {
  const { block, time, index, kind, contract, event, args } = fields(value);
  const name = `${kind}.${event}`;
  if (!Object.hasOwn(EVENTS, name)) throw new Error(`${name} is no event of a statement`);
  const given = fields(args);
  const read = Object.entries(EVENTS[name as Name]).map(([field, type]) => [field, part(field, given[field], type)]);
  return {
    block: part("block", block, count),
    time: part("time", time, count),
    index: part("index", index, count),
    contract: part("contract", contract, address),
    name,
    args: Object.fromEntries(read),
  } as Fact;
}

function checkOrder(facts: Fact[]): void {
  for (let i = 1; i < facts.length; ++i) {
    const [before, fact] = [facts[i - 1], facts[i]];
    const sameBlock = fact.block === before.block;
    const ordered = sameBlock ? fact.index > before.index : fact.block > before.block;
    const timed = sameBlock ? fact.time === before.time : fact.time >= before.time;
    if (!ordered || !timed) throw new Error(`${at(fact)}, at time ${fact.time}, is out of order after ${at(before)}`);
  }
}

function checkContracts({ profitShare, facts }: History): void {
  const only = new Map<string, Address>([["ProfitShare", profitShare]]);
  for (const fact of facts) {
    const [kind] = fact.name.split(".");
    if (MANY.includes(kind)) continue;
    if (!only.has(kind)) only.set(kind, fact.contract);
    const expected = only.get(kind);
    if (fact.contract !== expected) throw new Error(`${at(fact)} is of ${fact.contract}, the ${kind} is ${expected}`);
  }
}

function part<T>(what: string, value: unknown, type: (value: unknown) => T): T {
  try {
    return type(value);
  } catch (problem) {
    throw new Error(`${what}: ${(problem as Error).message}`);
  }
}

function fields(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error(`${shown(value)} is no object`);
  return value as Record<string, unknown>;
}

function count(value: unknown): bigint {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw new Error(`${shown(value)} is no whole number`);
  return BigInt(value as number);
}

function integer(value: unknown): bigint {
  if (typeof value !== "string" || !/^[0-9]+$/.test(value)) throw new Error(`${shown(value)} is no string of digits`);
  const number = BigInt(value);
  if (number >= WORD) throw new Error(`${value} does not fit into 256 bits`);
  return number;
}

function integers(value: unknown): bigint[] {
  if (!Array.isArray(value)) throw new Error(`${shown(value)} is no list`);
  return value.map(integer);
}

function address(value: unknown): Address {
  return hex(value, 20);
}

function bytes32(value: unknown): Hex {
  return hex(value, 32);
}

function hex(value: unknown, bytes: number): Hex {
  if (typeof value === "string" && /^0x[0-9a-f]+$/.test(value) && value.length === 2 + 2 * bytes) return value as Hex;
  throw new Error(`${shown(value)} is not ${bytes} bytes in lower-case hexadecimal`);
}

function shown(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 100) ?? "nothing";
}
