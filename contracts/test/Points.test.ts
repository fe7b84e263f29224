import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Address, getAddress, parseSignature, zeroAddress } from "viem";
import { deployAtelier, FOR_EVER, id, Rule } from "./support/atelier.ts";
import { undoEach } from "./support/undo.ts";

const atelier = await deployAtelier();
const { viem, points, treasury, relayer, operator, ana, ben, cho, give, pass, setRules, refuses, testClient } =
  atelier;
const [CLOSED, MEMBERS, OPEN] = [0, 1, 2];
const a = ana.account.address;
const b = ben.account.address;
const asAna = { account: ana.account };
const asRelayer = { account: relayer.account };
const setPolicy = (policy: number) => points.write.setPolicy([policy], { account: operator.account });
const payees = (...items: [Address, bigint][]) => items.map(([to, amount]) => (BigInt(to) << 96n) | amount);

describe("Points", () => {
  undoEach(atelier);

  it("has two decimals, a name and a symbol", async () => {
    assert.equal(await points.read.decimals(), 2);
    assert.equal(await points.read.name(), "Atelier Points");
    assert.equal(await points.read.symbol(), "PT");
  });

  describe("issue", () => {
    it("gives every item its units and says count, total and epoch", async () => {
      const hash = await give([a, 100n], [b, 250n], [a, 1n]);
      assert.equal(await points.read.balanceOf([a]), 101n);
      assert.equal(await points.read.balanceOf([b]), 250n);
      assert.equal(await points.read.totalSupply(), 351n);
      const epoch = await points.read.epoch();
      await viem.assertions.emitWithArgs(hash, points, "Issued", [() => true, 3n, 351n, epoch]);
    });

    it("refuses a batch id that was used", async () => {
      const item = { to: a, amount: 1n, intentId: id("intent") };
      await points.write.issue([id("once"), [item]], asRelayer);
      await refuses(points.write.issue([id("once"), [item]], asRelayer), "BatchUsed", [id("once")]);
    });

    it("refuses more than the epoch's budget has left, all of it or nothing", async () => {
      await setRules({ [Rule.ISSUANCE_BUDGET]: 1_000n });
      await give([a, 400n]);
      await refuses(give([a, 300n], [b, 301n]), "IssuanceBudgetExceeded", [601n, 600n]);
      assert.equal(await points.read.balanceOf([b]), 0n);
      await give([a, 300n], [b, 300n]);
      await refuses(give([a, 1n]), "IssuanceBudgetExceeded", [1n, 0n]);
    });

    it("counts from zero again in the next epoch", async () => {
      await setRules({ [Rule.ISSUANCE_BUDGET]: 1_000n });
      await give([a, 1_000n]);
      assert.equal(await points.read.issuedInEpoch(), 1_000n);
      assert.equal(await points.read.issuanceLeft(), 0n);
      await pass(604_800);
      assert.equal(await points.read.issuedInEpoch(), 0n);
      assert.equal(await points.read.issuanceLeft(), 1_000n);
      await give([a, 999n]);
      assert.equal(await points.read.issuanceLeft(), 1n);
    });

    it("leaves nothing when the budget is cut below what was issued", async () => {
      await give([a, 1_000n]);
      await setRules({ [Rule.ISSUANCE_BUDGET]: 500n });
      assert.equal(await points.read.issuanceLeft(), 0n);
      await refuses(give([a, 1n]), "IssuanceBudgetExceeded", [1n, 0n]);
    });

    it("refuses whoever is no issuer, or no longer", async () => {
      const items = [{ to: a, amount: 1n, intentId: id("intent") }];
      await refuses(points.write.issue([id("x"), items], asAna), "NotIssuer", [getAddress(a)]);
      await points.write.removeIssuer([relayer.account.address]);
      await refuses(give([a, 1n]), "NotIssuer", [getAddress(relayer.account.address)]);
      assert.equal(await points.read.isIssuer([relayer.account.address]), false);
    });

    it("lets every issuer issue, not only the last one added", async () => {
      await points.write.addIssuer([a]);
      await points.write.addIssuer([b]);
      await points.write.mint([cho.account.address, 5n], asAna);
      await points.write.mint([cho.account.address, 6n], { account: ben.account });
      await give([cho.account.address, 7n]);
      assert.equal(await points.read.balanceOf([cho.account.address]), 18n);
    });

    it("refuses the zero address", async () => {
      await refuses(give([zeroAddress, 1n]), "ERC20InvalidReceiver", [zeroAddress]);
    });
  });

  describe("mint", () => {
    it("gives units within the budget", async () => {
      await setRules({ [Rule.ISSUANCE_BUDGET]: 100n });
      await points.write.mint([a, 100n], asRelayer);
      assert.equal(await points.read.balanceOf([a]), 100n);
      await refuses(points.write.mint([a, 1n], asRelayer), "IssuanceBudgetExceeded", [1n, 0n]);
    });

    it("refuses whoever is no issuer", async () => {
      await refuses(points.write.mint([a, 1n], asAna), "NotIssuer", [getAddress(a)]);
    });
  });

  describe("policy", () => {
    it("lets members move their own, and nobody by allowance", async () => {
      await give([a, 100n]);
      await points.write.transfer([b, 40n], asAna);
      assert.equal(await points.read.balanceOf([b]), 40n);
      await points.write.approve([b, 10n], asAna);
      await refuses(points.write.transferFrom([a, b, 10n], { account: ben.account }), "PolicyForbids", [MEMBERS]);
    });

    it("closed, lets modules alone move points", async () => {
      await give([a, 100n]);
      await setPolicy(CLOSED);
      await refuses(points.write.transfer([b, 1n], asAna), "PolicyForbids", [CLOSED]);
      await treasury.write.collect([5, 60n, id("ref")], asAna);
      assert.equal(await points.read.balanceOf([a]), 40n);
    });

    it("open, is a plain ERC-20", async () => {
      await give([a, 100n]);
      const hash = await setPolicy(OPEN);
      await viem.assertions.emitWithArgs(hash, points, "PolicyChanged", [MEMBERS, OPEN]);
      assert.equal(await points.read.policy(), OPEN);
      await points.write.approve([b, 30n], asAna);
      await points.write.transferFrom([a, b, 30n], { account: ben.account });
      assert.equal(await points.read.balanceOf([b]), 30n);
    });

    it("is the operator's to set", async () => {
      await refuses(points.write.setPolicy([OPEN], asAna), "AccessManagedUnauthorized", [getAddress(a)]);
    });

    it("refuses more than the holder has", async () => {
      await give([a, 100n]);
      await refuses(points.write.transfer([b, 101n], asAna), "ERC20InsufficientBalance", [getAddress(a), 100n, 101n]);
    });
  });

  describe("settle", () => {
    it("pays every payee from the payer", async () => {
      await points.write.addModule([relayer.account.address]);
      await give([a, 100n]);
      await points.write.settle([a, payees([b, 60n], [cho.account.address, 40n])], asRelayer);
      assert.equal(await points.read.balanceOf([a]), 0n);
      assert.equal(await points.read.balanceOf([b]), 60n);
      assert.equal(await points.read.balanceOf([cho.account.address]), 40n);
    });

    it("keeps the sum when the payer is also a payee", async () => {
      await points.write.addModule([relayer.account.address]);
      await give([a, 100n]);
      await points.write.settle([a, payees([a, 60n], [b, 40n])], asRelayer);
      assert.equal(await points.read.balanceOf([a]), 60n);
      assert.equal(await points.read.totalSupply(), 100n);
    });

    it("refuses whoever is no module", async () => {
      await refuses(points.write.settle([b, payees([a, 1n])], asAna), "NotModule", [getAddress(a)]);
    });

    it("refuses more than the payer has", async () => {
      await give([a, 100n]);
      await refuses(treasury.write.collect([5, 101n, id("ref")], asAna), "ERC20InsufficientBalance");
    });

    it("refuses a sum above the ceiling", async () => {
      await points.write.addModule([relayer.account.address]);
      await give([a, 1_000n]);
      await setRules({ [Rule.SETTLE_CEILING]: 100n });
      await points.write.settle([a, payees([b, 60n], [b, 40n])], asRelayer);
      const above = points.write.settle([a, payees([b, 60n], [b, 41n])], asRelayer);
      await refuses(above, "SettleCeilingExceeded", [101n, 100n]);
    });

    it("asks a member who opted out for an allowance, and nobody else", async () => {
      await give([a, 100n], [b, 100n]);
      const hash = await points.write.optOut([true], asAna);
      await viem.assertions.emitWithArgs(hash, points, "SettlementOptOut", [getAddress(a), true]);
      assert.equal(await points.read.isOptedOut([a]), true);
      await refuses(treasury.write.collect([5, 30n, id("ref")], asAna), "ERC20InsufficientAllowance", [
        getAddress(treasury.address),
        0n,
        30n,
      ]);
      await treasury.write.collect([5, 30n, id("ref")], { account: ben.account });
      await points.write.approve([treasury.address, 30n], asAna);
      await treasury.write.collect([5, 30n, id("ref")], asAna);
      assert.equal(await points.read.allowance([a, treasury.address]), 0n);
      await points.write.optOut([false], asAna);
      await treasury.write.collect([5, 30n, id("ref")], asAna);
      assert.equal(await points.read.balanceOf([a]), 40n);
    });

    it("asks in the name of a module that was added after the first opt-out, too", async () => {
      await give([a, 100n]);
      await points.write.optOut([true], asAna);
      await points.write.addModule([relayer.account.address]);
      const late = points.write.settle([a, payees([b, 1n])], asRelayer);
      await refuses(late, "ERC20InsufficientAllowance");
    });

    it("does not revive a removed module by the first opt-out", async () => {
      await points.write.removeModule([treasury.address]);
      await points.write.optOut([true], asAna);
      assert.equal(await points.read.isModule([treasury.address]), false);
    });
  });

  it("takes a permit as an allowance", async () => {
    const domain = { name: "Atelier Points", version: "1", chainId: 31337, verifyingContract: points.address };
    const fields = ["owner address", "spender address", "value uint256", "nonce uint256", "deadline uint256"];
    const types = { Permit: fields.map((field) => ({ name: field.split(" ")[0], type: field.split(" ")[1] })) };
    const deadline = BigInt(FOR_EVER);
    const message = { owner: a, spender: b, value: 7n, nonce: 0n, deadline };
    const signature = await ana.signTypedData({ domain, types, primaryType: "Permit", message });
    const { r, s, v } = parseSignature(signature);
    await points.write.permit([a, b, 7n, deadline, Number(v), r, s], { account: cho.account });
    assert.equal(await points.read.allowance([a, b]), 7n);
  });

  it("never lets the supply outgrow the word that counts it", async () => {
    await setRules({ [Rule.ISSUANCE_BUDGET]: 10n ** 15n });
    const slot = "0x" + (2n).toString(16).padStart(64, "0");
    await testClient.setStorageAt({ address: points.address, index: slot as any, value: hex(2n ** 64n - 1n) });
    await refuses(points.write.mint([a, 1n], asRelayer), "SupplyCapExceeded", [2n ** 64n]);
  });
});

const hex = (value: bigint) => `0x${value.toString(16).padStart(64, "0")}` as const;
