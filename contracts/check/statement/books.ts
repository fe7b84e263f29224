import { type Hex, numberToHex } from "viem";
import type { Fact, FactOf } from "./facts.ts";
import type { Known } from "./known.ts";
import { sum } from "./sums.ts";
import { recipeOf } from "./works.ts";

const TRADING_FEE = 1n;
const MATERIAL_MARGIN = 2n;
const TOOL_WEAR = 3n;
const RECIPE_FEE = 4n;

const MATERIAL = 0n;

export type Income = { kind: bigint; reference: Hex; facts: bigint; amount: bigint };

/** What came to the treasury in an epoch, and what left it. */
export class Books {
  costs: FactOf<"Treasury.CostPaid">[] = [];
  spendings: FactOf<"Treasury.Spent">[] = [];

  #incomes = new Map<string, Income>();

  take(fact: Fact, known: Known): void {
    switch (fact.name) {
      case "Market.Sold":
        return this.#earn(TRADING_FEE, word(recipeOf(fact.args.tokenId)), fact.args.treasuryPaid);
      case "Workshop.Bought":
        return this.#earn(kindOf(known.supplyKind(fact)), word(fact.args.supplyId), fact.args.treasuryPaid);
      case "Workshop.Crafted":
        return this.#earn(RECIPE_FEE, word(fact.args.recipe), fact.args.treasuryPaid);
      case "Treasury.Collected":
        return this.#earn(fact.args.kind, fact.args.ref, fact.args.amount);
      case "Treasury.CostPaid":
        this.costs.push(fact);
        return;
      case "Treasury.Spent":
        this.spendings.push(fact);
        return;
    }
  }

  get incomes(): Income[] {
    return [...this.#incomes.values()].sort(
      (one, other) => Number(one.kind - other.kind) || (one.reference < other.reference ? -1 : 1),
    );
  }

  get income(): bigint {
    return sum(this.incomes.map(({ amount }) => amount));
  }

  get cost(): bigint {
    return sum(this.costs.map(({ args }) => args.amount));
  }

  get spent(): bigint {
    return sum(this.spendings.map(({ args }) => args.amount));
  }

  #earn(kind: bigint, reference: Hex, amount: bigint): void {
    const key = `${kind} ${reference}`;
    const { facts, amount: before } = this.#incomes.get(key) ?? { facts: 0n, amount: 0n };
    this.#incomes.set(key, { kind, reference, facts: facts + 1n, amount: before + amount });
  }
}

function kindOf(supplyKind: bigint): bigint {
  return supplyKind === MATERIAL ? MATERIAL_MARGIN : TOOL_WEAR;
}

function word(value: bigint): Hex {
  return numberToHex(value, { size: 32 });
}
