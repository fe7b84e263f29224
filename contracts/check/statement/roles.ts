import { type Address, zeroAddress } from "viem";
import { type Epoch, Rule, type Rules } from "./epochs.ts";
import type { Fact, FactOf } from "./facts.ts";
import type { Known } from "./known.ts";
import { WHOLE, add, sum } from "./sums.ts";
import { creatorOf } from "./works.ts";

export const ROLES = ["creator", "author", "supplier", "promoter", "ancestor", "member"] as const;
export type Role = (typeof ROLES)[number];

/** What a factor of one is in integers. */
export const SCALE = 10n ** 18n;

const GENERATIONS = 5;

/** What each account did in an epoch, by role. */
export class Measures {
  readonly of: Record<Role, Map<Address, bigint>> = {
    creator: new Map(),
    author: new Map(),
    supplier: new Map(),
    promoter: new Map(),
    ancestor: new Map(),
    member: new Map(),
  };

  #rules: Rules;

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  take(fact: Fact, known: Known): void {
    switch (fact.name) {
      case "Workshop.Crafted":
        return this.#add("author", known.authorOf(fact), 1n, [fact.args.creator]);
      case "Workshop.Bought":
        return this.#add("supplier", fact.args.supplier, fact.args.amount, [fact.args.buyer]);
      case "Market.Sold":
        return this.#sold(fact, known);
    }
  }

  /** Counts the seats as they are when all facts before the epoch's end were taken. */
  close({ end }: Epoch, { seats }: Known): void {
    for (const { holder, taken } of seats.values()) {
      if (taken + this.#rules.get(Rule.SEAT_COUNTS_AFTER)! < end) this.#add("member", holder, 1n);
    }
  }

  #sold(fact: FactOf<"Market.Sold">, known: Known): void {
    const { tokenId, buyer, seller, treasuryPaid } = fact.args;
    const creator = creatorOf(tokenId);
    if (buyer === creator) return;
    this.#add("creator", creator, treasuryPaid);
    const promoter = known.promoterOf(fact);
    if (promoter) this.#add("promoter", promoter, treasuryPaid, [buyer, seller, creator]);
    for (const [ancestor, factor] of ancestorsOf(tokenId, known, this.#rules)) {
      this.#add("ancestor", creatorOf(ancestor), treasuryPaid * factor, [buyer, creator]);
    }
  }

  #add(role: Role, account: Address, measure: bigint, dealers: Address[] = []): void {
    if (account === zeroAddress || dealers.includes(account)) return;
    add(this.of[role], account, measure);
  }
}

/** The factor of each ancestor of a work, together no more than the rules leave to all of them. */
export function ancestorsOf(work: bigint, known: Pick<Known, "parentsOf">, rules: Rules): Map<bigint, bigint> {
  const weights = new Map<bigint, bigint>();
  let generation = new Map([[work, SCALE]]);
  for (let depth = 1; depth <= GENERATIONS; ++depth) {
    generation = parentsOf(generation, known, rules.get(Rule.PARENT)!);
    for (const [ancestor, weight] of generation) add(weights, ancestor, weight);
  }
  const all = sum(weights.values());
  const limit = (SCALE * rules.get(Rule.ALL_ANCESTORS)!) / WHOLE;
  if (all <= limit) return weights;
  return new Map([...weights].map(([ancestor, weight]) => [ancestor, (weight * limit) / all]));
}

function parentsOf(children: Map<bigint, bigint>, known: Pick<Known, "parentsOf">, rule: bigint): Map<bigint, bigint> {
  const weights = new Map<bigint, bigint>();
  for (const [child, weight] of children) {
    const parents = known.parentsOf(child);
    for (const parent of parents) add(weights, parent, (weight * rule) / (WHOLE * BigInt(parents.length)));
  }
  return weights;
}
