import type { Address } from "viem";
import { Books } from "./books.ts";
import { type Epoch, type Rules, closedEpochs, rulesOf } from "./epochs.ts";
import type { Fact, History } from "./facts.ts";
import { Known } from "./known.ts";
import { Measures } from "./roles.ts";
import { type Division, type Pool, divide, poolOf } from "./shares.ts";
import { sum } from "./sums.ts";
import { type Tree, treeOf } from "./tree.ts";

/** What one statement leaves to the next: an account's number is its place in the list. */
type Opening = { loss: bigint; brought: bigint; accounts: { account: Address; total: bigint }[] };

export type Account = { account: Address; total: bigint; fresh: bigint };

export type Statement = {
  chainId: bigint;
  profitShare: Address;
  epoch: Epoch;
  rules: Rules;
  books: Books;
  opening: Opening;
  pool: Pool;
  division: Division;
  accounts: Account[];
  tree: Tree;
};

/** The statements of all closed epochs. Throws if facts are missing. */
export function statementsOf(history: History): Statement[] {
  const { facts } = history;
  const epochs = closedEpochs(facts);
  const changes = facts.filter((fact) => fact.name === "RuleBook.RuleChanged");
  const refusals = facts.filter((fact) => fact.name === "ProfitShare.Cancelled").map(({ args }) => args);
  const known = new Known();
  const statements: Statement[] = [];
  let opening: Opening = { loss: 0n, brought: 0n, accounts: [] };
  let next = 0;
  for (const epoch of epochs) {
    const rules = rulesOf(epoch, changes);
    const [books, measures] = [new Books(), new Measures(rules)];
    for (; next < facts.length && facts[next].time < epoch.end; ++next) {
      const fact = facts[next];
      known.take(fact);
      if (fact.time < epoch.start) continue;
      books.take(fact, known);
      measures.take(fact, known);
    }
    measures.close(epoch, known);
    const statement = stateOf(history, epoch, rules, books, measures, opening);
    statements.push(statement);
    const refused = refusals.some(({ epoch: of, root }) => of === epoch.number && root === statement.tree.root);
    opening = openingAfter(statement, refused);
  }
  // What no statement needs yet must be complete, too.
  for (const fact of facts.slice(next)) known.take(fact);
  return statements;
}

function stateOf(
  { chainId, profitShare }: History,
  epoch: Epoch,
  rules: Rules,
  books: Books,
  measures: Measures,
  opening: Opening,
): Statement {
  const pool = poolOf(books.income, books.cost, opening.loss, opening.brought, rules);
  const division = divide(pool.pool, rules, measures);
  const accounts = accountsOf(opening, division.fresh);
  const tree = treeOf(chainId, profitShare, accounts);
  return { chainId, profitShare, epoch, rules, books, opening, pool, division, accounts, tree };
}

function accountsOf(opening: Opening, fresh: Map<Address, bigint>): Account[] {
  const numbered = new Set(opening.accounts.map(({ account }) => account));
  const appended = [...fresh.keys()].filter((account) => fresh.get(account)! > 0n && !numbered.has(account)).sort();
  return [...opening.accounts, ...appended.map((account) => ({ account, total: 0n }))].map(({ account, total }) => {
    const more = fresh.get(account) ?? 0n;
    return { account, total: total + more, fresh: more };
  });
}

function openingAfter({ pool, division, accounts, opening }: Statement, refused: boolean): Opening {
  const loss = pool.lossAfter;
  if (!refused) return { loss, brought: division.carry, accounts };
  return { loss, brought: division.carry + sum(accounts.map(({ fresh }) => fresh)), accounts: opening.accounts };
}
