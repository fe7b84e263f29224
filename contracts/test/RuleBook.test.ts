import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { getAddress } from "viem";
import { deployAtelier, INITIAL_RULES, Rule } from "./support/atelier.ts";
import { undoEach } from "./support/undo.ts";

const atelier = await deployAtelier();
const { viem, rules, operator, ana, refuses, setRules, publicClient } = atelier;
const as = { account: operator.account };

describe("RuleBook", () => {
  undoEach(atelier);

  it("begins with version 1 and all initial values", async () => {
    assert.equal(await rules.read.version(), 1);
    assert.deepEqual(await rules.read.values(), INITIAL_RULES);
    const events = await rules.getEvents.RuleChanged({}, { fromBlock: 0n });
    assert.deepEqual(
      events.map(({ args }) => [args.version, args.rule, args.before, args.current]),
      INITIAL_RULES.map((value, rule) => [1, rule, 0n, value]),
    );
  });

  it("reads every rule by its number as it was set", async () => {
    const changed = [0n, 2_000n, 1_000n, 5_000n, 10_000n, 5_000n, 5_000n, 10n ** 15n, 31_622_400n, 0n, 7_776_000n,
      10n ** 15n, 1_000_000n, 2_592_000n, 5_184_000n, 604_800n, 604_799n, 10_000n, 31_622_400n, 10_000n, 9_999n, 1_000n,
      2_592_000n, 10n ** 15n, 9_998n, 9_997n, 9_996n, 9_995n, 9_994n, 9_993n, 9_992n, 9_991n, 9_990n, 9_989n];
    await setRules(Object.fromEntries(changed.map((value, rule) => [rule, value])));
    assert.deepEqual(await rules.read.values(), changed);
    for (const [rule, value] of changed.entries()) assert.equal(await rules.read.valueOf([rule]), value);
    assert.deepEqual(await rules.read.issuance(), [10n ** 15n, 31_622_400n]);
  });

  it("makes one version of one call and says before, current, block and by whom", async () => {
    const hash = await setRules({ [Rule.TRADING_FEE]: 700n, [Rule.TOOL_WEAR]: 60n });
    const { blockNumber } = await publicClient.getTransactionReceipt({ hash });
    assert.equal(await rules.read.version(), 2);
    const events = await rules.getEvents.RuleChanged({}, { fromBlock: blockNumber });
    const by = getAddress(operator.account.address);
    assert.deepEqual(
      events.map(({ args }) => args),
      [
        { version: 2, rule: Rule.TRADING_FEE, before: 500n, current: 700n, effectiveBlock: blockNumber, by },
        { version: 2, rule: Rule.TOOL_WEAR, before: 50n, current: 60n, effectiveBlock: blockNumber, by },
      ],
    );
  });

  it("refuses a value outside the hard bounds, with rule, value and bounds", async () => {
    for (let rule = 0; rule < INITIAL_RULES.length; ++rule) {
      const [min, max] = await rules.read.bounds([rule]);
      await refuses(setRules({ [rule]: max + 1n }), "RuleOutOfBounds", [rule, max + 1n, min, max]);
      if (min > 0n) await refuses(setRules({ [rule]: min - 1n }), "RuleOutOfBounds", [rule, min - 1n, min, max]);
    }
  });

  it("refuses recipe fee shares that are not whole", async () => {
    await refuses(setRules({ [Rule.RECIPE_FEE_AUTHOR_SHARE]: 7_999n }), "SplitNotWhole", [9_999n]);
    await refuses(setRules({ [Rule.RECIPE_FEE_TREASURY_SHARE]: 2_001n }), "SplitNotWhole", [10_001n]);
    await setRules({ [Rule.RECIPE_FEE_AUTHOR_SHARE]: 7_000n, [Rule.RECIPE_FEE_TREASURY_SHARE]: 3_000n });
    assert.equal(await rules.read.valueOf([Rule.RECIPE_FEE_AUTHOR_SHARE]), 7_000n);
  });

  it("changes nothing when one of several values is refused", async () => {
    await refuses(setRules({ [Rule.TRADING_FEE]: 100n, [Rule.TRADE_MODE]: 4n }), "RuleOutOfBounds");
    assert.equal(await rules.read.version(), 1);
    assert.equal(await rules.read.valueOf([Rule.TRADING_FEE]), 500n);
  });

  it("refuses an unknown rule", async () => {
    await refuses(setRules({ 34: 1n }), "UnknownRule", [34]);
    await refuses(rules.read.valueOf([34]), "UnknownRule", [34]);
    await refuses(rules.read.bounds([255]), "UnknownRule", [255]);
  });

  it("refuses lists of different lengths, and empty ones", async () => {
    await refuses(rules.write.set([[0, 1], [1n]], as), "RulesLengthMismatch", [2n, 1n]);
    await refuses(rules.write.set([[], []], as), "RulesLengthMismatch", [0n, 0n]);
  });

  it("refuses whoever is not the operator", async () => {
    const account = getAddress(ana.account.address);
    await refuses(rules.write.set([[0], [1n]], { account: ana.account }), "AccessManagedUnauthorized", [account]);
  });

  it("refuses to begin with a missing, a forbidden or a torn value", async () => {
    const { manager, forwarder } = atelier;
    const begin = (values: bigint[]) =>
      viem.deployContract("RuleBook", [manager.address, forwarder.address, values]);
    await refuses(begin(INITIAL_RULES.slice(1)), "RulesLengthMismatch", [34n, 33n]);
    await refuses(begin(INITIAL_RULES.with(Rule.TRADING_FEE, 1_501n)), "RuleOutOfBounds");
    await refuses(begin(INITIAL_RULES.with(Rule.RECIPE_FEE_AUTHOR_SHARE, 9_000n)), "SplitNotWhole", [11_000n]);
  });
});
