import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { getAddress } from "viem";
import { deployAtelier } from "../support/atelier.ts";
import { undoEach } from "../support/undo.ts";

const WEEK = 7 * 86_400;

for (const [name, waits] of [["default", false], ["elsewhere", true]] as const) {
  const atelier = await deployAtelier(name);
  const { viem, points, supplies, works, ana, ben, refuses, pass, now } = atelier;
  const module = getAddress(ana.account.address);

  describe(`Modular on chain ${atelier.chainId}`, () => {
    undoEach(atelier);

    it("lets a module act at once before sealing", async () => {
      await points.write.addModule([module]);
      await supplies.write.addModule([module]);
      await works.write.addModule([module]);
      assert.equal(await points.read.isModule([module]), true);
      assert.equal(await supplies.read.isModule([module]), true);
      assert.equal(await works.read.isModule([module]), true);
    });

    it(`lets a module act ${waits ? "seven days" : "at once"} after sealing`, async () => {
      await viem.assertions.emit(points.write.sealModules(), points, "ModulesSealed");
      const hash = await points.write.addModule([module]);
      const from = (await now()) + (waits ? WEEK : 0);
      await viem.assertions.emitWithArgs(hash, points, "ModuleAdded", [module, from]);
      assert.equal(await points.read.isModule([module]), !waits);
      const nothing = () => points.write.settle([ben.account.address, []], { account: ana.account });
      if (waits) {
        await refuses(nothing(), "NotModule", [module]);
        await pass(WEEK - 60);
        await refuses(nothing(), "NotModule", [module]);
        await pass(60);
      }
      await nothing();
      assert.equal(await points.read.isModule([module]), true);
    });

    it("stops a removed module at once", async () => {
      await supplies.write.addModule([module]);
      const hash = await supplies.write.removeModule([module]);
      await viem.assertions.emitWithArgs(hash, supplies, "ModuleRemoved", [module]);
      await refuses(supplies.write.consume([module, [], []], { account: ana.account }), "NotModule", [module]);
    });

    it("makes a module that was removed and added again wait again", async () => {
      await points.write.addModule([module]);
      await points.write.sealModules();
      await points.write.removeModule([module]);
      await points.write.addModule([module]);
      assert.equal(await points.read.isModule([module]), !waits);
    });

    it("refuses to add twice or to remove a stranger", async () => {
      await works.write.addModule([module]);
      await refuses(works.write.addModule([module]), "ModuleAlreadyAdded", [module]);
      await works.write.removeModule([module]);
      await refuses(works.write.removeModule([module]), "UnknownModule", [module]);
    });

    it("is the admin's to change", async () => {
      const as = { account: ana.account };
      await refuses(points.write.addModule([module], as), "AccessManagedUnauthorized", [module]);
      await refuses(points.write.removeModule([module], as), "AccessManagedUnauthorized", [module]);
      await refuses(points.write.sealModules(as), "AccessManagedUnauthorized", [module]);
    });
  });
}
