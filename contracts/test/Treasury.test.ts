import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { getAddress } from "viem";
import { deployAtelier, id } from "./support/atelier.ts";
import { undoEach } from "./support/undo.ts";

const atelier = await deployAtelier();
const { viem, points, treasury, ana, give, refuses } = atelier;
const account = ana.account;

describe("Treasury", () => {
  undoEach(atelier);

  it("takes what the payer gives and says kind, payer, amount and reference", async () => {
    await give([account.address, 100n]);
    const hash = await treasury.write.collect([3, 70n, id("ref")], { account });
    const args = [3, getAddress(account.address), 70n, id("ref")] as const;
    await viem.assertions.emitWithArgs(hash, treasury, "Collected", args);
    assert.equal(await points.read.balanceOf([treasury.address]), 70n);
    assert.equal(await points.read.balanceOf([account.address]), 30n);
  });

  it("refuses an unknown kind of income", async () => {
    for (const kind of [0, 6]) {
      await refuses(treasury.write.collect([kind, 1n, id("ref")], { account }), "UnknownKind", [kind]);
    }
  });

  it("refuses nothing", async () => {
    await refuses(treasury.write.collect([5, 0n, id("ref")], { account }), "NothingToCollect");
  });
});
