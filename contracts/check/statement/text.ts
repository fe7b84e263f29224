import { sum } from "./sums.ts";
import type { Statement } from "./statements.ts";

type Field = string | bigint | number;

export function textOf(statement: Statement): string {
  return [...lines(statement)].map((fields) => `${fields.join(" ")}\n`).join("");
}

function* lines(statement: Statement): Generator<Field[]> {
  const { chainId, profitShare, epoch, rules, books, opening, pool, division, accounts, tree } = statement;
  yield ["atelier-statement", 1];
  yield ["chain", chainId];
  yield ["contract", profitShare];
  yield ["epoch", epoch.number, epoch.start, epoch.end];
  for (const [rule, value] of rules) yield ["rule", rule, value];
  for (const { kind, reference, facts, amount } of books.incomes) yield ["income", kind, reference, facts, amount];
  for (const { block, index, args } of books.costs) {
    yield ["cost", block, index, args.kind, args.to, args.amount, args.receipt];
  }
  for (const { block, index, args } of books.spendings) yield ["spent", block, index, args.to, args.amount];
  yield ["sums", books.income, books.cost, books.spent];
  yield ["loss", opening.loss, pool.lossAfter];
  yield ["pool", pool.share, pool.brought, pool.pool];
  for (const { name, part, measure, reached, paid } of division.roles) yield ["role", name, part, measure, reached, paid];
  yield ["commons", division.commons.part, division.commons.unearned, division.commons.sum];
  yield ["carry", division.carry];
  for (const [number, { account, total, fresh }] of accounts.entries()) {
    const byRole = division.roles.map(({ shares }) => shares.get(account) ?? 0n);
    yield ["account", number, account, total, fresh, ...byRole];
  }
  yield ["total", sum(accounts.map(({ total }) => total)), sum(accounts.map(({ fresh }) => fresh))];
  yield ["root", tree.depth, tree.root];
}
