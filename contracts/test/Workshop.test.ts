import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { getAddress } from "viem";
import { id, openSchool, Rule, workId } from "./support/atelier.ts";
import { undoEach } from "./support/undo.ts";

const school = await openSchool();
const { viem, workshop, points, supplies, works, treasury, operator, ana, ben, cho, dee, eli, setRules, refuses } =
  school;
const asOperator = { account: operator.account };
const asAna = { account: ana.account };
const asBen = { account: ben.account };
const maker = getAddress(ana.account.address);
const author = getAddress(ben.account.address);
const PLENTY = 10_000_000n;
const NONE = 0n;

const propose = (inputs: [number, number][], supersedes = 0n, as = asBen, fee = 100n) =>
  workshop.write.propose(
    [fee, inputs.map(([supplyId, amount]) => ({ supplyId, amount })), id("definition"), supersedes],
    as,
  );
const units = async (...of: { account: { address: `0x${string}` } }[]) =>
  Promise.all([...of.map(({ account }) => account.address), treasury.address].map((one) => points.read.balanceOf([one])));
const changes = (before: bigint[], after: bigint[]) => after.map((now, i) => now - before[i]);

describe("Workshop", () => {
  undoEach(school);

  describe("propose", () => {
    it("numbers recipes and keeps author, fee and inputs", async () => {
      const hash = await propose([[1, 5], [4, 2]]);
      assert.equal(await workshop.read.recipeCount(), 2n);
      const inputs = [{ supplyId: 1, amount: 5 }, { supplyId: 4, amount: 2 }];
      assert.deepEqual(await workshop.read.recipeOf([2n]), [author, 100n, 1, 0, inputs]);
      assert.equal(await workshop.read.authorOf([2n]), author);
      const args = [2n, author, 0n, 100n, inputs, id("definition")] as const;
      await viem.assertions.emitWithArgs(hash, workshop, "RecipeProposed", args);
    });

    it("keeps eight inputs and none", async () => {
      for (let i = 5; i <= 8; ++i) {
        await supplies.write.defineSupply([0, cho.account.address, 1n, 0n, `Supply ${i}`], asOperator);
      }
      const eight = Array.from({ length: 8 }, (_, i): [number, number] => [8 - i, 2 ** 32 - 1 - i]);
      await propose(eight);
      await propose([]);
      const inputs = eight.map(([supplyId, amount]) => ({ supplyId, amount }));
      assert.deepEqual((await workshop.read.recipeOf([2n]))[4], inputs);
      assert.deepEqual((await workshop.read.recipeOf([3n]))[4], []);
    });

    it("refuses an unknown, a doubled, an empty and a ninth input", async () => {
      await refuses(propose([[5, 1]]), "UnknownSupply", [5n]);
      await refuses(propose([[0, 1]]), "UnknownSupply", [0n]);
      await refuses(propose([[1, 1], [2, 1], [1, 3]]), "DuplicateInput", [1n]);
      await refuses(propose([[1, 1], [2, 0]]), "ZeroAmount", [2n]);
      await refuses(propose(Array(9).fill([1, 1])), "TooManyInputs", [9n]);
    });

    it("refuses a fee that no settlement could move", async () => {
      const max = 2n ** 48n - 1n;
      await propose([], 0n, asBen, max);
      await refuses(propose([], 0n, asBen, max + 1n), "FeeTooHigh", [max + 1n, max]);
    });

    it("lets an author supersede their own recipe only", async () => {
      const hash = await propose([[1, 1]], 1n);
      await viem.assertions.emit(hash, workshop, "RecipeProposed");
      await refuses(propose([[1, 1]], 1n, asAna), "NotRecipeAuthor", [1n, author]);
      await refuses(propose([[1, 1]], 9n), "UnknownRecipe", [9n]);
    });
  });

  describe("approve and retire", () => {
    it("go from proposed to approved to retired, and never back", async () => {
      await propose([[1, 1]]);
      await refuses(workshop.write.craft([2n, id("x"), [], PLENTY], asAna), "RecipeNotApproved", [2n, 1]);
      await viem.assertions.emitWithArgs(workshop.write.approve([2n], asOperator), workshop, "RecipeApproved", [2n]);
      await refuses(workshop.write.approve([2n], asOperator), "RecipeNotProposed", [2n, 2]);
      await viem.assertions.emitWithArgs(workshop.write.retire([2n], asOperator), workshop, "RecipeRetired", [2n]);
      await refuses(workshop.write.retire([2n], asOperator), "RecipeAlreadyRetired", [2n]);
      await refuses(workshop.write.approve([2n], asOperator), "RecipeNotProposed", [2n, 3]);
    });

    it("are the operator's, for recipes that exist", async () => {
      await refuses(workshop.write.approve([1n], asBen), "AccessManagedUnauthorized", [author]);
      await refuses(workshop.write.retire([1n], asBen), "AccessManagedUnauthorized", [author]);
      await refuses(workshop.write.approve([9n], asOperator), "UnknownRecipe", [9n]);
      await refuses(workshop.write.retire([9n], asOperator), "UnknownRecipe", [9n]);
    });
  });

  describe("buy", () => {
    it("pays supplier and treasury: margin on materials, wear on tools", async () => {
      const before = await units(ana, cho, eli);
      const hash = await workshop.write.buy([[2n, 4n], [7n, 3n], PLENTY], asAna);
      const after = await units(ana, cho, eli);
      // 7 × 333 = 2,331 and a tenth of it, floored; 3 × 40 = 120 and 3 × 50 of wear.
      assert.deepEqual(changes(before, after), [-2_331n - 233n - 120n - 150n, 2_331n, 120n, 233n + 150n]);
      assert.deepEqual(await supplies.read.balanceOfBatch([[maker, maker], [2n, 4n]]), [7n, 3n]);
      const paint = [maker, 2n, getAddress(cho.account.address), 7n, 2_331n, 233n] as const;
      const brush = [maker, 4n, getAddress(eli.account.address), 3n, 120n, 150n] as const;
      await viem.assertions.emitWithArgs(hash, workshop, "Bought", paint);
      await viem.assertions.emitWithArgs(hash, workshop, "Bought", brush);
    });

    it("refuses more than the buyer agreed to", async () => {
      await refuses(workshop.write.buy([[1n], [1n], 1_099n], asAna), "CostAboveMaximum", [1_100n, 1_099n]);
      await workshop.write.buy([[1n], [1n], 1_100n], asAna);
    });

    it("refuses nothing, the unknown, and more than there is", async () => {
      await refuses(workshop.write.buy([[], [], PLENTY], asAna), "PurchaseLengthMismatch", [0n, 0n]);
      await refuses(workshop.write.buy([[1n], [1n, 2n], PLENTY], asAna), "PurchaseLengthMismatch", [1n, 2n]);
      await refuses(workshop.write.buy([[1n], [0n], PLENTY], asAna), "ZeroAmount", [1n]);
      await refuses(workshop.write.buy([[9n], [1n], PLENTY], asAna), "UnknownSupply", [9n]);
      await refuses(workshop.write.buy([[3n], [1_001n], PLENTY], asAna), "OutOfStock", [3n, 1_001n, 1_000n]);
    });

    it("refuses a buyer without points", async () => {
      await points.write.transfer([author, 1_000_000n], asAna);
      const args = [maker, 0n, 1_000n];
      await refuses(workshop.write.buy([[1n], [1n], PLENTY], asAna), "ERC20InsufficientBalance", args);
    });

    it("costs nothing where the price and the rules say so", async () => {
      await supplies.write.setPrice([4n, 0n], asOperator);
      await setRules({ [Rule.TOOL_WEAR]: 0n });
      const before = await units(ana);
      await workshop.write.buy([[4n], [5n], NONE], asAna);
      assert.deepEqual(await units(ana), before);
      assert.equal(await supplies.read.balanceOf([maker, 4n]), 5n);
    });
  });

  describe("craft", () => {
    const stockUp = () => workshop.write.buy([[1n, 2n, 3n, 4n], [2n, 6n, 2n, 2n], PLENTY], asAna);

    it("burns inputs, wears the tool, pays author and treasury, and mints", async () => {
      await stockUp();
      const before = await units(ana, ben);
      const hash = await workshop.write.craft([1n, id("picture"), [], 2_501n], asAna);
      const after = await units(ana, ben);
      // A fifth of 2,501, floored, is the treasury's; the author gets the rest.
      assert.deepEqual(changes(before, after), [-2_501n, 2_001n, 500n]);
      const held = await supplies.read.balanceOfBatch([Array(4).fill(maker), [1n, 2n, 3n, 4n]]);
      assert.deepEqual(held, [1n, 3n, 1n, 1n]);
      const work = workId(1n, maker, 1n);
      assert.equal(await works.read.ownerOf([work]), maker);
      await viem.assertions.emitWithArgs(hash, workshop, "Crafted", [work, 1n, maker, 2_001n, 500n]);
      await viem.assertions.emitWithArgs(hash, works, "Minted", [work, id("picture")]);
      assert.equal((await workshop.read.recipeOf([1n]))[3], 1);
    });

    it("gives every work of a recipe its own serial", async () => {
      await stockUp();
      await workshop.write.craft([1n, id("one"), [], PLENTY], asAna);
      await workshop.write.buyAndCraft([1n, id("two"), [], PLENTY], { account: dee.account });
      await workshop.write.craft([1n, id("three"), [], PLENTY], asAna);
      assert.equal(await works.read.ownerOf([workId(1n, maker, 3n)]), maker);
      assert.equal(await works.read.ownerOf([workId(1n, dee.account.address, 2n)]), getAddress(dee.account.address));
    });

    it("makes remixes, bought or of what the maker has", async () => {
      await stockUp();
      await workshop.write.craft([1n, id("first"), [], PLENTY], asAna);
      const [first, second, third] = [1n, 2n, 3n].map((serial) => workId(1n, maker, serial));
      const crafted = await workshop.write.craft([1n, id("second"), [first], PLENTY], asAna);
      await viem.assertions.emitWithArgs(crafted, works, "Remixed", [second, [first]]);
      const bought = await workshop.write.buyAndCraft([1n, id("third"), [second, first], PLENTY], asAna);
      await viem.assertions.emitWithArgs(bought, works, "Remixed", [third, [second, first]]);
      const unknown = workId(1n, maker, 4n);
      await refuses(workshop.write.buyAndCraft([1n, id("x"), [unknown], PLENTY], asAna), "UnknownParent", [unknown]);
    });

    it("refuses missing inputs, missing points and a fee above the maximum", async () => {
      const empty = workshop.write.craft([1n, id("x"), [], PLENTY], asAna);
      await refuses(empty, "ERC1155InsufficientBalance", [maker, 0n, 1n, 1n]);
      await stockUp();
      await refuses(workshop.write.craft([1n, id("x"), [], 2_500n], asAna), "CostAboveMaximum", [2_501n, 2_500n]);
      await points.write.transfer([author, await points.read.balanceOf([maker])], asAna);
      await refuses(workshop.write.craft([1n, id("x"), [], PLENTY], asAna), "ERC20InsufficientBalance");
    });

    it("refuses a recipe that is retired or does not exist", async () => {
      await workshop.write.retire([1n], asOperator);
      await refuses(workshop.write.craft([1n, id("x"), [], PLENTY], asAna), "RecipeNotApproved", [1n, 3]);
      await refuses(workshop.write.buyAndCraft([1n, id("x"), [], PLENTY], asAna), "RecipeNotApproved", [1n, 3]);
      await refuses(workshop.write.craft([9n, id("x"), [], PLENTY], asAna), "RecipeNotApproved", [9n, 0]);
    });

    it("costs the author as much as anyone", async () => {
      await workshop.write.buy([[1n, 2n, 3n, 4n], [1n, 3n, 1n, 1n], PLENTY], asBen);
      const before = await units(ben);
      await workshop.write.craft([1n, id("own"), [], PLENTY], asBen);
      assert.deepEqual(changes(before, await units(ben)), [-500n, 500n]);
    });

    it("needs no payment for a recipe without fee and inputs", async () => {
      await propose([], 0n, asBen, 0n);
      await workshop.write.approve([2n], asOperator);
      const before = await units(ana);
      await workshop.write.craft([2n, id("free"), [], NONE], asAna);
      assert.deepEqual(await units(ana), before);
      assert.equal(await works.read.ownerOf([workId(2n, maker, 1n)]), maker);
    });
  });

  describe("buyAndCraft", () => {
    it("buys exactly what is missing", async () => {
      await workshop.write.buy([[2n], [2n], PLENTY], asAna);
      const before = await units(ana, ben, cho, eli);
      const [, missing, suppliers, platform, authorFee, treasuryFee, total] = await workshop.read.quote([maker, 1n]);
      assert.deepEqual(missing, [1n, 1n, 1n, 1n]);
      assert.deepEqual(suppliers, [1_000n, 333n, 75n, 40n]);
      assert.deepEqual(platform, [100n, 33n, 7n, 50n]);
      assert.deepEqual([authorFee, treasuryFee], [2_001n, 500n]);
      await workshop.write.buyAndCraft([1n, id("picture"), [], total], asAna);
      const after = await units(ana, ben, cho, eli);
      assert.deepEqual(changes(before, after), [-total, 2_001n, 1_333n, 115n, 690n]);
      const held = await supplies.read.balanceOfBatch([Array(4).fill(maker), [1n, 2n, 3n, 4n]]);
      assert.deepEqual(held, [0n, 0n, 0n, 0n]);
    });

    it("buys nothing when nothing is missing", async () => {
      await workshop.write.buy([[1n, 2n, 3n, 4n], [1n, 3n, 1n, 1n], PLENTY], asAna);
      const [, missing, , , , , total] = await workshop.read.quote([maker, 1n]);
      assert.deepEqual([missing, total], [[0n, 0n, 0n, 0n], 2_501n]);
      await workshop.write.buyAndCraft([1n, id("picture"), [], 2_501n], asAna);
    });

    it("refuses more than was agreed to, and more than is in stock", async () => {
      const [, , , , , , total] = await workshop.read.quote([maker, 1n]);
      const cheap = workshop.write.buyAndCraft([1n, id("x"), [], total - 1n], asAna);
      await refuses(cheap, "CostAboveMaximum", [total, total - 1n]);
      await workshop.write.buy([[3n], [1_000n], PLENTY], { account: dee.account });
      await refuses(workshop.write.buyAndCraft([1n, id("x"), [], PLENTY], asAna), "OutOfStock", [3n, 1n, 0n]);
    });

    it("follows the rules of its moment", async () => {
      await setRules({
        [Rule.MATERIAL_MARGIN]: 5_000n,
        [Rule.TOOL_WEAR]: 7n,
        [Rule.RECIPE_FEE_AUTHOR_SHARE]: 10_000n,
        [Rule.RECIPE_FEE_TREASURY_SHARE]: 0n,
      });
      const [, , , platform, authorFee, treasuryFee] = await workshop.read.quote([maker, 1n]);
      assert.deepEqual(platform, [500n, 499n, 37n, 7n]);
      assert.deepEqual([authorFee, treasuryFee], [2_501n, 0n]);
      const before = await units(ana, ben);
      await workshop.write.buyAndCraft([1n, id("x"), [], PLENTY], asAna);
      const [, toAuthor, toTreasury] = changes(before, await units(ana, ben));
      assert.deepEqual([toAuthor, toTreasury], [2_501n, 1_043n]);
    });
  });

  it("refuses to quote a recipe that does not exist", async () => {
    await refuses(workshop.read.quote([maker, 9n]), "UnknownRecipe", [9n]);
  });
});
