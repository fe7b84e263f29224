import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { getAddress } from "viem";
import { deployAtelier, id, Rule, workId } from "./support/atelier.ts";
import { undoEach } from "./support/undo.ts";

const [OFF, GIFT, FIXED, FULL] = [0n, 1n, 2n, 3n];
const MONTH = 30 * 86_400;

const atelier = await deployAtelier();
const { viem, works, relayer, ana, ben, cho, refuses, setRules, pass, now } = atelier;
const creator = getAddress(ana.account.address);
const other = getAddress(ben.account.address);
const third = getAddress(cho.account.address);
const asModule = { account: relayer.account };
const asAna = { account: ana.account };
const asBen = { account: ben.account };
const work = workId(7n, creator, 1n);

await works.write.addModule([relayer.account.address]);
await works.write.mint([work, id("picture")], asModule);

const sell = (nonce: bigint, from = creator, to = other) => works.write.sell([from, to, work, nonce], asModule);
const give = (from = ana, to = other) =>
  works.write.transferFrom([from.account.address, to, work], { account: from.account });

describe("Works", () => {
  undoEach(atelier);

  it("mints to the creator that the id names, with the content's hash", async () => {
    const next = workId(7n, other, 2n);
    const hash = await works.write.mint([next, id("another")], asModule);
    assert.equal(await works.read.ownerOf([next]), other);
    const [owner, nonce, acquired] = await works.read.stateOf([next]);
    assert.deepEqual([owner, nonce, acquired], [other, 0, await now()]);
    await viem.assertions.emitWithArgs(hash, works, "Minted", [next, id("another")]);
  });

  it("refuses to mint twice, or by whoever is no module", async () => {
    await refuses(works.write.mint([work, id("picture")], asModule), "TokenAlreadyExists");
    await refuses(works.write.mint([workId(7n, creator, 2n), id("x")], asAna), "NotModule", [creator]);
  });

  it("says of which works a new one is a remix, and nothing of a work that is none", async () => {
    const [sister, child] = [workId(7n, other, 2n), workId(8n, third, 1n)];
    await works.write.mint([sister, id("sister")], asModule);
    assert.deepEqual(await works.getEvents.Remixed({}, { fromBlock: 0n }), []);
    const remix = await works.write.mintRemix([child, id("child"), [sister, work]], asModule);
    await viem.assertions.emitWithArgs(remix, works, "Remixed", [child, [sister, work]]);
  });

  it("refuses parents that do not exist, are named twice, or are more than eight", async () => {
    const child = workId(8n, third, 1n);
    const remix = (parents: bigint[]) => works.write.mintRemix([child, id("child"), parents], asModule);
    const eight = Array.from({ length: 8 }, (_, i) => workId(9n, other, BigInt(i + 1)));
    for (const parent of eight) await works.write.mint([parent, id("parent")], asModule);
    await refuses(remix([child]), "UnknownParent", [child]);
    await refuses(remix([work, workId(7n, creator, 2n)]), "UnknownParent", [workId(7n, creator, 2n)]);
    await refuses(remix([work, eight[0], work]), "DuplicateParent", [work]);
    await refuses(remix([...eight, work]), "TooManyParents", [9n]);
    await viem.assertions.emitWithArgs(await remix(eight), works, "Remixed", [child, eight]);
  });

  it("counts transfers and dates the ownership", async () => {
    await pass(1_000);
    await give();
    assert.deepEqual(await works.read.stateOf([work]), [other, 1, await now()]);
    await sell(1n, other, third);
    assert.deepEqual(await works.read.stateOf([work]), [third, 2, await now()]);
  });

  it("sells at the nonce that was signed, to nobody else's harm", async () => {
    await refuses(sell(1n), "OrderStale", [work, 1n, 0n]);
    await refuses(sell(0n, other, third), "OrderNotByOwner", [creator]);
    await sell(0n);
    assert.equal(await works.read.ownerOf([work]), other);
    await refuses(sell(0n), "OrderStale", [work, 0n, 1n]);
  });

  it("does not sell what does not exist", async () => {
    const never = workId(9n, creator, 1n);
    await refuses(works.write.sell([creator, other, never, 0n], asModule), "OrderNotByOwner");
  });

  it("refuses to sell for whoever is no module", async () => {
    await refuses(works.write.sell([creator, other, work, 0n], asAna), "NotModule", [creator]);
  });

  it("moves as the trade mode says", async () => {
    const allowed = { sale: [FIXED, FULL], gift: [GIFT, FULL] };
    for (const mode of [OFF, GIFT, FIXED, FULL]) {
      await setRules({ [Rule.TRADE_MODE]: mode });
      const [, nonce] = await works.read.stateOf([work]);
      if (allowed.sale.includes(mode)) {
        await sell(BigInt(nonce));
        await atelier.setRules({ [Rule.TRADE_MODE]: FULL });
        await give(ben, creator);
        await atelier.setRules({ [Rule.TRADE_MODE]: mode });
      } else {
        await refuses(sell(BigInt(nonce)), "TradeModeForbids", [mode]);
      }
      if (allowed.gift.includes(mode)) {
        await give();
        await give(ben, creator);
      } else {
        await refuses(give(), "TradeModeForbids", [mode]);
      }
    }
  });

  it("stays for the holding period, counted from each acquisition", async () => {
    await setRules({ [Rule.HOLDING_PERIOD]: BigInt(MONTH) });
    const [, , acquired] = await works.read.stateOf([work]);
    await refuses(sell(0n), "HoldingPeriodRunning", [work, BigInt(acquired + MONTH)]);
    await refuses(give(), "HoldingPeriodRunning");
    await pass(MONTH);
    await sell(0n);
    await refuses(give(ben, third), "HoldingPeriodRunning");
    await pass(MONTH);
    await give(ben, third);
    assert.equal(await works.read.ownerOf([work]), third);
  });

  it("moves by approval of the owner, once", async () => {
    await works.write.approve([other, work], asAna);
    assert.equal(await works.read.getApproved([work]), other);
    await works.write.transferFrom([creator, third, work], asBen);
    const again = works.write.transferFrom([third, other, work], asBen);
    await refuses(again, "NotOwnerNorApproved");
  });

  it("moves by an operator of the owner, until told otherwise", async () => {
    await works.write.setApprovalForAll([other, true], asAna);
    assert.equal(await works.read.isApprovedForAll([creator, other]), true);
    await works.write.setApprovalForAll([other, false], asAna);
    await refuses(works.write.transferFrom([creator, third, work], asBen), "NotOwnerNorApproved");
  });

  it("refuses a stranger, a wrong owner and a work that does not exist", async () => {
    await refuses(works.write.transferFrom([creator, third, work], asBen), "NotOwnerNorApproved");
    await refuses(works.write.transferFrom([other, third, work], asBen), "TransferFromIncorrectOwner");
    await refuses(works.write.transferFrom([other, third, 1n], asBen), "TokenDoesNotExist");
    await refuses(works.write.approve([third, work], asBen), "NotOwnerNorApproved");
  });

  it("does not keep ether", async () => {
    const paid = { ...asAna, value: 1n };
    await refuses(works.write.transferFrom([creator, other, work], paid), "EtherNotAccepted");
    await refuses(works.write.approve([other, work], paid), "EtherNotAccepted");
  });

  it("names its metadata by the decimal id", async () => {
    assert.equal(await works.read.tokenURI([work]), `https://atelier.test/works/${work}`);
    assert.equal(await works.read.contractURI(), "https://atelier.test/works/collection");
    await refuses(works.read.tokenURI([1n]), "TokenDoesNotExist");
  });

  it("tells marketplaces when the metadata moves", async () => {
    const hash = await works.write.setBaseURI(["https://else.test/"], { account: atelier.operator.account });
    await viem.assertions.emitWithArgs(hash, works, "BatchMetadataUpdate", [0n, 2n ** 256n - 1n]);
    await viem.assertions.emit(hash, works, "ContractURIUpdated");
    assert.equal(await works.read.tokenURI([work]), `https://else.test/${work}`);
    await refuses(works.write.setBaseURI(["x"], asAna), "AccessManagedUnauthorized", [creator]);
  });

  it("names the creator's royalty, by the rule in force", async () => {
    assert.deepEqual(await works.read.royaltyInfo([work, 10_001n]), [creator, 800n]);
    await setRules({ [Rule.CREATOR_ROYALTY]: 2_000n });
    assert.deepEqual(await works.read.royaltyInfo([work, 10_001n]), [creator, 2_000n]);
  });

  it("says which standards it keeps", async () => {
    for (const standard of ["0x01ffc9a7", "0x80ac58cd", "0x5b5e139f", "0x2a55205a", "0x49064906"] as const) {
      assert.equal(await works.read.supportsInterface([standard]), true);
    }
    assert.equal(await works.read.supportsInterface(["0xffffffff"]), false);
    assert.deepEqual([await works.read.name(), await works.read.symbol()], ["Atelier Works", "WORK"]);
  });
});
