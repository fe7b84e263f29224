import type { Address } from "viem";
import { Rule, type Rules } from "./epochs.ts";
import { type Measures, ROLES, type Role, SCALE } from "./roles.ts";
import { WHOLE, add, sum } from "./sums.ts";

export type Pool = { share: bigint; brought: bigint; pool: bigint; lossAfter: bigint };

/** A role's part of the pool, how much of it the measures reach, and what each account has of that. */
export type RoleShares = {
  name: Role;
  part: bigint;
  measure: bigint;
  reached: bigint;
  paid: bigint;
  shares: Map<Address, bigint>;
};

export type Division = {
  roles: RoleShares[];
  fresh: Map<Address, bigint>;
  commons: { part: bigint; unearned: bigint; sum: bigint };
  carry: bigint;
};

const WEIGHTS: Record<Role, number> = {
  creator: Rule.CREATOR,
  author: Rule.AUTHOR,
  supplier: Rule.SUPPLIER,
  promoter: Rule.PROMOTER,
  ancestor: Rule.ANCESTOR,
  member: Rule.MEMBER,
};

export function poolOf(income: bigint, costs: bigint, loss: bigint, brought: bigint, rules: Rules): Pool {
  const owed = costs + loss;
  if (income < owed) return { share: 0n, brought, pool: brought, lossAfter: owed - income };
  const share = ((income - owed) * rules.get(Rule.SURPLUS_SHARE)!) / WHOLE;
  return { share, brought, pool: share + brought, lossAfter: 0n };
}

export function divide(pool: bigint, rules: Rules, measures: Measures): Division {
  const weights = sum([...Object.values(WEIGHTS), Rule.COMMONS].map((rule) => rules.get(rule)!));
  const partOf = (rule: number) => (weights === 0n ? 0n : (pool * rules.get(rule)!) / weights);
  const roles = ROLES.map((name) => sharesOf(name, partOf, measures));
  const fresh = sum(roles.map(({ paid }) => paid));
  const part = weights === 0n ? pool : partOf(Rule.COMMONS);
  const unearned = sum(roles.map(({ part, reached }) => part - reached));
  const commons = { part, unearned, sum: part + unearned };
  return { roles, fresh: freshOf(roles), commons, carry: pool - fresh - commons.sum };
}

function sharesOf(name: Role, partOf: (rule: number) => bigint, { of }: Measures): RoleShares {
  const part = partOf(WEIGHTS[name]);
  const measure = sum(of[name].values());
  const reached = measure === 0n ? 0n : name === "ancestor" ? ancestorsReach(part, measure, partOf, of.creator) : part;
  const shares = new Map([...of[name]].map(([account, one]) => [account, measure === 0n ? 0n : (reached * one) / measure]));
  return { name, part, measure, reached, paid: sum(shares.values()), shares };
}

/** Ancestors have of the creators' part what their factors say, and no more than their own part. */
function ancestorsReach(
  part: bigint,
  measure: bigint,
  partOf: (rule: number) => bigint,
  creators: Map<Address, bigint>,
): bigint {
  const creatorMeasure = sum(creators.values());
  if (creatorMeasure === 0n) return 0n;
  const due = (partOf(Rule.CREATOR) * measure) / (creatorMeasure * SCALE);
  return due < part ? due : part;
}

function freshOf(roles: RoleShares[]): Map<Address, bigint> {
  const fresh = new Map<Address, bigint>();
  for (const { shares } of roles) for (const [account, share] of shares) add(fresh, account, share);
  return fresh;
}
