import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { getAddress, zeroAddress } from "viem";
import { deployAtelier, MATERIAL, TOOL } from "./support/atelier.ts";
import { undoEach } from "./support/undo.ts";

const atelier = await deployAtelier();
const { viem, supplies, operator, relayer, ana, ben, cho, refuses } = atelier;
const asOperator = { account: operator.account };
const asModule = { account: relayer.account };
const buyer = getAddress(ana.account.address);
const supplier = getAddress(cho.account.address);
const define = (kind: number, price: bigint, stock: bigint, name: string) =>
  supplies.write.defineSupply([kind, supplier, price, stock, name], asOperator);

await supplies.write.addModule([relayer.account.address]);

describe("Supplies", () => {
  undoEach(atelier);

  it("numbers supplies from 1 and stocks their supplier", async () => {
    const hash = await define(MATERIAL, 1_000n, 50n, "Paper");
    await define(TOOL, 40n, 0n, "Brush");
    assert.equal(await supplies.read.count(), 2n);
    assert.deepEqual(await supplies.read.supplyOf([1n]), [MATERIAL, supplier, 1_000n]);
    assert.deepEqual(await supplies.read.supplyOf([2n]), [TOOL, supplier, 40n]);
    assert.equal(await supplies.read.balanceOf([supplier, 1n]), 50n);
    assert.equal(await supplies.read.balanceOf([supplier, 2n]), 0n);
    const args = [1n, MATERIAL, supplier, 1_000n, "Paper"] as const;
    await viem.assertions.emitWithArgs(hash, supplies, "SupplyDefined", args);
  });

  it("changes a price and says before and current", async () => {
    await define(MATERIAL, 1_000n, 50n, "Paper");
    const hash = await supplies.write.setPrice([1n, 900n], asOperator);
    await viem.assertions.emitWithArgs(hash, supplies, "PriceChanged", [1n, 1_000n, 900n]);
    assert.deepEqual(await supplies.read.supplyOf([1n]), [MATERIAL, supplier, 900n]);
  });

  it("restocks the supplier", async () => {
    await define(MATERIAL, 1_000n, 50n, "Paper");
    const hash = await supplies.write.restock([1n, 25n], asOperator);
    await viem.assertions.emitWithArgs(hash, supplies, "Restocked", [1n, supplier, 25n]);
    assert.equal(await supplies.read.balanceOf([supplier, 1n]), 75n);
  });

  it("refuses an unknown supply and one without a supplier", async () => {
    await refuses(supplies.read.supplyOf([1n]), "UnknownSupply", [1n]);
    await refuses(supplies.write.setPrice([1n, 1n], asOperator), "UnknownSupply", [1n]);
    await refuses(supplies.write.restock([1n, 1n], asOperator), "UnknownSupply", [1n]);
    const orphan = supplies.write.defineSupply([MATERIAL, zeroAddress, 1n, 1n, "Paper"], asOperator);
    await refuses(orphan, "SupplierMissing");
  });

  it("sells from the supplier's stock", async () => {
    await define(MATERIAL, 1_000n, 50n, "Paper");
    await define(TOOL, 40n, 30n, "Brush");
    await supplies.write.sell([buyer, [1n, 2n], [3n, 10n]], asModule);
    assert.deepEqual(await supplies.read.balanceOfBatch([[buyer, buyer], [1n, 2n]]), [3n, 10n]);
    assert.deepEqual(await supplies.read.balanceOfBatch([[supplier, supplier], [1n, 2n]]), [47n, 20n]);
  });

  it("refuses to sell more than there is, something unknown, or lists of different lengths", async () => {
    await define(MATERIAL, 1_000n, 50n, "Paper");
    await refuses(supplies.write.sell([buyer, [1n], [51n]], asModule), "OutOfStock", [1n, 51n, 50n]);
    await refuses(supplies.write.sell([buyer, [2n], [1n]], asModule), "UnknownSupply", [2n]);
    await refuses(supplies.write.sell([buyer, [1n], []], asModule), "ERC1155InvalidArrayLength", [1n, 0n]);
  });

  it("burns what is used up", async () => {
    await define(MATERIAL, 1_000n, 50n, "Paper");
    await define(TOOL, 40n, 30n, "Brush");
    await supplies.write.sell([buyer, [1n, 2n], [3n, 10n]], asModule);
    await supplies.write.consume([buyer, [1n, 2n], [2n, 1n]], asModule);
    assert.deepEqual(await supplies.read.balanceOfBatch([[buyer, buyer], [1n, 2n]]), [1n, 9n]);
  });

  it("refuses to burn more than the holder has, or lists of different lengths", async () => {
    await define(MATERIAL, 1_000n, 50n, "Paper");
    await supplies.write.sell([buyer, [1n], [3n]], asModule);
    const args = [buyer, 3n, 4n, 1n];
    await refuses(supplies.write.consume([buyer, [1n], [4n]], asModule), "ERC1155InsufficientBalance", args);
    await refuses(supplies.write.consume([buyer, [1n], [2n, 2n]], asModule), "ERC1155InvalidArrayLength", [1n, 2n]);
  });

  it("refuses whoever is no module", async () => {
    const as = { account: ana.account };
    await refuses(supplies.write.sell([buyer, [], []], as), "NotModule", [buyer]);
    await refuses(supplies.write.consume([supplier, [], []], as), "NotModule", [buyer]);
  });

  it("is the operator's to stock", async () => {
    const as = { account: ana.account };
    const stranger = [buyer];
    await refuses(supplies.write.defineSupply([0, buyer, 1n, 1n, "X"], as), "AccessManagedUnauthorized", stranger);
    await refuses(supplies.write.setPrice([1n, 1n], as), "AccessManagedUnauthorized", stranger);
    await refuses(supplies.write.restock([1n, 1n], as), "AccessManagedUnauthorized", stranger);
  });

  it("lets holders sell on what they have not used, and nobody else", async () => {
    await define(TOOL, 40n, 30n, "Brush");
    await supplies.write.sell([buyer, [1n], [10n]], asModule);
    const other = getAddress(ben.account.address);
    await supplies.write.safeTransferFrom([buyer, other, 1n, 4n, "0x"], { account: ana.account });
    assert.equal(await supplies.read.balanceOf([other, 1n]), 4n);
    const theft = supplies.write.safeTransferFrom([buyer, other, 1n, 1n, "0x"], { account: ben.account });
    await refuses(theft, "ERC1155MissingApprovalForAll", [other, buyer]);
  });
});
