import { type Fact, type FactOf, at } from "./facts.ts";

export type Epoch = { number: bigint; start: bigint; end: bigint };

export const Rule = {
  SEAT_COUNTS_AFTER: 18,
  SURPLUS_SHARE: 24,
  CREATOR: 25,
  AUTHOR: 26,
  SUPPLIER: 27,
  PROMOTER: 28,
  ANCESTOR: 29,
  MEMBER: 30,
  COMMONS: 31,
  PARENT: 32,
  ALL_ANCESTORS: 33,
} as const;

type RuleChange = FactOf<"RuleBook.RuleChanged">;

/** The rules that a community begins with; its first epoch may have begun before they were written down. */
const FIRST_VERSION = 1n;

/** The values of the rules that a statement uses, by their numbers in ascending order. */
export type Rules = Map<number, bigint>;

/** The epochs that have a statement: all that were opened but the last. */
export function closedEpochs(facts: Fact[]): Epoch[] {
  const epochs: Epoch[] = [];
  for (const fact of facts.filter((fact) => fact.name === "Treasury.EpochOpened")) {
    const { number, start, end } = fact.args;
    const { number: last, end: due } = epochs.at(-1) ?? { number: 0n, end: start };
    if (number !== last + 1n) throw new Error(`${at(fact)} opens epoch ${number} after epoch ${last}`);
    if (start !== due) throw new Error(`${at(fact)} begins at ${start}, but epoch ${last} ended at ${due}`);
    if (end < start) throw new Error(`${at(fact)} ends at ${end}, before it begins at ${start}`);
    epochs.push({ number, start, end });
  }
  return epochs.slice(0, -1);
}

export function rulesOf({ number, start }: Epoch, changes: RuleChange[]): Rules {
  const applied = changes.filter(({ time, args }) => args.version === FIRST_VERSION || time < start);
  const current = new Map(applied.map(({ args }) => [Number(args.rule), args.current]));
  return new Map(
    Object.values(Rule).map((rule) => {
      const value = current.get(rule);
      if (value === undefined) throw new Error(`rule ${rule} was never set before epoch ${number}`);
      return [rule, value];
    }),
  );
}
