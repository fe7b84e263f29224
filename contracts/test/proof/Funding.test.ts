import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import solc from "solc";
import smtchecker from "solc/smtchecker.js";

const PROOF = "test/proof/FundingProof.sol";
const LIBRARY = "src/lib/Funding.sol";

/** What solc's own callback gives z3: Horn clauses are searched deeper, and sooner. */
const SEARCH = ["rewriter.pull_cheap_ite=true", "fp.spacer.q3.use_qgen=true", "fp.spacer.mbqi=false", "fp.spacer.ground_pobs=false"];
const SECONDS = 30;

const missing = spawnSync("z3", ["--version"]).status === 0 ? false : "z3 is not installed: nothing is proved here";
const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");

/** What solc's model checker says of {@link PROOF}, asking z3: what it proved, and what not. */
function prove(library = read(LIBRARY)) {
  const input = {
    language: "Solidity",
    sources: { [PROOF]: { content: read(PROOF) }, [LIBRARY]: { content: library } },
    settings: {
      outputSelection: {},
      modelChecker: {
        engine: "chc",
        solvers: ["smtlib2"],
        contracts: { [PROOF]: ["FundingProof"] },
        targets: ["assert", "underflow", "overflow"],
        showProvedSafe: true,
        showUnproved: true,
      },
    },
  };
  const z3 = (query: string) => spawnSync("z3", ["-in", `-T:${SECONDS}`, ...SEARCH], { input: query, encoding: "utf8" }).stdout;
  const output = JSON.parse(solc.compile(JSON.stringify(input), { smtSolver: smtchecker.smtCallback(z3) }));
  const said: string[] = output.errors.map(({ formattedMessage }: { formattedMessage: string }) => formattedMessage);
  return {
    proved: said.filter((message) => /^Info: CHC: .* check is safe!/.test(message)),
    open: said.filter((message) => /^(Warning: CHC|Error)/.test(message)),
  };
}

const assertions = (said: string[]) => said.filter((message) => message.includes("CHC: Assertion violation")).length;

describe("Funding", { skip: missing }, () => {
  it("is proved to pay no more than came, and to lose nothing", () => {
    const { proved, open } = prove();
    assert.deepEqual(open, []);
    assert.equal(assertions(proved), read(PROOF).match(/ assert\(/g)!.length);
  });

  it("is not proved without its guards", () => {
    const library = read(LIBRARY);
    for (const guard of ["sum <= left", "total >= before"]) {
      const without = library.replace(`require(${guard}`, "require(true");
      assert.notEqual(without, library);
      assert.ok(prove(without).open.some((message) => message.includes("happens here")), guard);
    }
  });
});
