import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { toEventSelector } from "viem";
import { Rule } from "../../check/statement/epochs.ts";
import { EVENTS, readHistory } from "../../check/statement/facts.ts";
import { SCALE, ancestorsOf } from "../../check/statement/roles.ts";
import { statementsOf } from "../../check/statement/statements.ts";
import { textOf } from "../../check/statement/text.ts";
import { prefixOf } from "../../check/statement/tree.ts";

const contracts = fileURLToPath(new URL("../..", import.meta.url));
const specification = readFileSync(join(contracts, "../docs/statement.md"), "utf8");

function blocks(language: string): string[] {
  return [...specification.matchAll(new RegExp("^```" + language + "\n(.*?)^```$", "gms"))].map(([, block]) => block);
}

const [example] = blocks("json");
const texts = blocks("text");

/** The worked example after a change. */
function changed(change: (facts: any[]) => void): string {
  const history = JSON.parse(example);
  change(history.facts);
  return JSON.stringify(history);
}

function statementsAfter(change: (facts: any[]) => void) {
  return statementsOf(readHistory(changed(change)));
}

describe("the specification's events", () => {
  const rows = [...specification.matchAll(/^\| `(\w+)` \| `(\w+)\((.*)\)` \| `(0x\w{64})` \|$/gm)];

  it("have the topics that their signatures hash to", () => {
    for (const [, , event, parameters, topic] of rows) {
      assert.equal(toEventSelector(`event ${event}(${parameters.replaceAll("*", "")})`), topic, event);
    }
  });

  it("are what a statement reads, with the fields that it uses", () => {
    const used = (parameters: string) => parameters.split(/,(?![^(]*\))/).filter((field) => !field.endsWith("*"));
    const listed = rows.map(([, kind, event, parameters]) => [
      `${kind}.${event}`,
      used(parameters).map((field) => field.split(" ").at(-1)).sort(),
    ]);
    const read = Object.entries(EVENTS).map(([name, fields]) => [name, Object.keys(fields).sort()]);
    assert.deepEqual(read, listed);
  });
});

describe("the worked example", () => {
  const statements = statementsOf(readHistory(example));

  it("gives its three texts, to the last byte", () => {
    assert.equal(texts.length, 3);
    assert.deepEqual(statements.map(textOf), texts);
  });

  it("gives texts with the hashes that it names", () => {
    const named = [...specification.matchAll(/SHA-256 `(\w{64})`/g)].map(([, hash]) => hash);
    assert.deepEqual(statements.map((one) => createHash("sha256").update(textOf(one)).digest("hex")), named);
  });

  it("gives the leaves of the last tree, and the prefix of all", () => {
    const { chainId, profitShare, tree } = statements[2];
    const [leaves] = blocks("leaves");
    assert.deepEqual(tree.leaves, [...leaves.trim().split("\n"), `0x${"0".repeat(64)}`]);
    assert.match(specification, new RegExp(`prefix of all leaves is \`${prefixOf(chainId, profitShare).slice(2)}\``));
  });
});

describe("a statement", () => {
  const weights = [Rule.CREATOR, Rule.AUTHOR, Rule.SUPPLIER, Rule.PROMOTER, Rule.ANCESTOR, Rule.MEMBER, Rule.COMMONS];

  it("leaves the whole pool to the commons if all weights are 0", () => {
    const [, { pool, division, accounts }] = statementsAfter((facts) => {
      for (const { event, args } of facts) {
        if (event === "RuleChanged" && weights.includes(Number(args.rule) as never)) args.current = "0";
      }
    });
    assert.deepEqual(division.commons, { part: 1_000n, unearned: 0n, sum: 1_000n });
    assert.equal(pool.pool, 1_000n);
    assert.deepEqual(accounts, []);
  });

  it("takes a supply for what it was defined as last", () => {
    const [{ books }] = statementsAfter((facts) => {
      const i = facts.findIndex(({ event }) => event === "Bought");
      const { kind, contract, event, args } = facts.find(({ event }) => event === "SupplyDefined");
      const redefined = { kind, contract, event, args: { ...args, kind: "1" } };
      facts.splice(i, 0, { ...facts[i - 1], index: 9, ...redefined });
    });
    assert.deepEqual(books.incomes.map(({ kind }) => kind), [3n, 4n]);
  });

  it("counts if what was cancelled is of another epoch", () => {
    const [, , { pool, accounts }] = statementsAfter((facts) => {
      facts.at(-1).args.epoch = "1";
    });
    assert.equal(pool.brought, 6n);
    assert.equal(accounts.length, 7);
  });
});

describe("the ancestors of a work", () => {
  const ancestors = (parents: Record<string, bigint[]>, parent: bigint, all: bigint) => {
    const rules = new Map([[Rule.PARENT, parent], [Rule.ALL_ANCESTORS, all]] as [number, bigint][]);
    return [...ancestorsOf(1n, { parentsOf: (work) => parents[String(work)] ?? [] }, rules)];
  };

  it("are five generations", () => {
    const line = ancestors({ 1: [2n], 2: [3n], 3: [4n], 4: [5n], 5: [6n], 6: [7n] }, 10_000n, 50_000n);
    assert.deepEqual(line, [2n, 3n, 4n, 5n, 6n].map((work) => [work, SCALE]));
  });

  it("count as often as they are listed", () => {
    assert.deepEqual(ancestors({ 1: [2n, 3n, 2n] }, 3_000n, 10_000n), [[2n, SCALE / 5n], [3n, SCALE / 10n]]);
  });

  it("share what the rules leave to all of them", () => {
    const factors = [[2n, (SCALE * 6n) / 100n], [3n, (SCALE * 3n) / 100n]];
    assert.deepEqual(ancestors({ 1: [2n, 3n, 2n] }, 3_000n, 900n), factors);
  });
});

describe("a history", () => {
  const find = (facts: any[], event: string) => facts.find((fact) => fact.event === event);
  const remove = (facts: any[], event: string) => facts.splice(facts.indexOf(find(facts, event)), 1);
  const refusals: [string, (facts: any[]) => void, RegExp][] = [
    ["out of order", (facts) => facts.reverse(), /out of order/],
    ["in which time falls", (facts) => (facts.at(-1).time = 1), /out of order/],
    ["with an event of its own", ([fact]) => (fact.event = "RuleBent"), /fact 0: RuleBook.RuleBent is no event/],
    ["with a number that is none", ([fact]) => (fact.args.current = "1.5"), /fact 0: current: "1.5" is no string of digits/],
    ["without a field", ([fact]) => delete fact.args.version, /fact 0: version: nothing is no string of digits/],
    ["with a name for an address", ([fact]) => (fact.contract = "RuleBook"), /contract: "RuleBook" is not 20 bytes/],
    ["of two treasuries", (facts) => (find(facts, "Spent").contract = facts[0].contract), /Spent .* the Treasury is 0x/],
    ["without a rule", (facts) => remove(facts, "RuleChanged"), /rule 18 was never set/],
    ["without an epoch", (facts) => remove(facts, "EpochOpened"), /opens epoch 2 after epoch 0/],
    ["with a gap between epochs", (facts) => (find(facts, "EpochOpened").args.end = "1999"), /begins at 2000, but epoch 1/],
    ["without a supply", (facts) => remove(facts, "SupplyDefined"), /of supply 1, which was not defined/],
    ["without a recipe", (facts) => remove(facts, "RecipeProposed"), /of recipe 1, which was not proposed there/],
    ["without a seat", (facts) => remove(facts, "Transfer"), /takes seat 1 from 0xa1a1\w+, but it was with 0x0{40}/],
  ];

  for (const [what, change, problem] of refusals) {
    it(`${what} has no statement`, () => {
      assert.throws(() => statementsAfter(change), problem);
    });
  }
});

describe("the command", () => {
  const folder = mkdtempSync(join(tmpdir(), "statement-"));
  after(() => rmSync(folder, { recursive: true }));

  const check = (...lines: string[]) => {
    const facts = join(folder, "facts.jsonl");
    writeFileSync(facts, lines.map((line) => `${line}\n`).join(""));
    return spawnSync(process.execPath, ["check/statement.ts", facts], { cwd: contracts, encoding: "utf8" });
  };

  it("writes the texts of all histories one after another", () => {
    const { status, stdout } = check(changed(() => {}), changed(() => {}));
    assert.equal(stdout, [...texts, ...texts].join(""));
    assert.equal(status, 0);
  });

  it("says in one line what is malformed", () => {
    const { status, stderr } = check(changed(() => {}), "{}");
    assert.equal(stderr, "Line 2: facts are no list.\n");
    assert.equal(status, 1);
  });
});
