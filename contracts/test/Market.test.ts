import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Address, type Hex, getAddress, hashTypedData, parseSignature, serializeCompactSignature, toHex, zeroAddress } from "viem";
import { id, type Order, ORDER_TYPES, openSchool, Rule } from "./support/atelier.ts";
import { undoEach } from "./support/undo.ts";

const SECP256K1_N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

const school = await openSchool();
const { viem, market, points, works, treasury, typedData, ana, ben, cho, dee, eli, order, sign, now, pass, refuses,
  setRules, make, publicClient } = school;
const work = await make(ana);
const asDee = { account: dee.account };
const creator = getAddress(ana.account.address);
const author = getAddress(ben.account.address);
const buyer = getAddress(dee.account.address);

const fill = (listing: Order, signature: Hex, by = dee, promoter: Address = zeroAddress) =>
  market.write.fill([listing, signature, promoter], { account: by.account });
const buy = async (listing: Order, by = dee) => fill(listing, await sign(listing), by);
const units = async (...of: { account: { address: `0x${string}` } }[]) =>
  Promise.all([...of.map(({ account }) => account.address), treasury.address].map((one) => points.read.balanceOf([one])));
const changes = (before: bigint[], after: bigint[]) => after.map((one, i) => one - before[i]);

describe("Market", () => {
  undoEach(school);

  it("hashes an order as viem does", async () => {
    const listing = await order(work, 12_345n, { taker: buyer, minNet: 99n, expiry: 4_102_444_800 });
    const expected = hashTypedData({
      domain: typedData.market,
      types: ORDER_TYPES,
      primaryType: "Order",
      message: listing,
    });
    assert.equal(await market.read.hashOf([listing]), expected);
  });

  describe("fill", () => {
    it("pays seller, author and treasury on a first sale, and says so", async () => {
      const listing = await order(work, 12_345n);
      const before = await units(dee, ana, ben);
      const hash = await buy(listing);
      const after = await units(dee, ana, ben);
      // 3 % of 12,345 is the author's, 5 % the treasury's, both floored; the seller gets the rest.
      assert.deepEqual(changes(before, after), [-12_345n, 11_358n, 370n, 617n]);
      assert.equal(await works.read.ownerOf([work]), buyer);
      const orderHash = await market.read.hashOf([listing]);
      const parts = [creator, 12_345n, 11_358n, creator, 0n, author, 370n, 617n] as const;
      await viem.assertions.emitWithArgs(hash, market, "Sold", [orderHash, work, buyer, ...parts]);
    });

    it("names who brought the buyer, before the sale, and nobody if nobody did", async () => {
      await buy(await order(work, 1_000n), eli);
      assert.deepEqual(await market.getEvents.Promoted({}, { fromBlock: 0n }), []);
      const listing = await order(work, 12_345n);
      const promoter = getAddress(cho.account.address);
      const hash = await fill(listing, await sign(listing), dee, promoter);
      const orderHash = await market.read.hashOf([listing]);
      await viem.assertions.emitWithArgs(hash, market, "Promoted", [orderHash, promoter]);
      const { blockNumber: fromBlock } = await publicClient.getTransactionReceipt({ hash });
      const [promoted] = await market.getEvents.Promoted({}, { fromBlock });
      const [sold] = await market.getEvents.Sold({}, { fromBlock });
      assert.ok(promoted.logIndex < sold.logIndex);
    });

    it("pays the creator, too, on a resale", async () => {
      await buy(await order(work, 12_345n));
      const again = await order(work, 20_001n);
      const before = await units(eli, dee, ana, ben);
      const hash = await buy(again, eli);
      const after = await units(eli, dee, ana, ben);
      assert.deepEqual(changes(before, after), [-20_001n, 16_801n, 1_600n, 600n, 1_000n]);
      await viem.assertions.emit(hash, market, "Sold");
    });

    it("pays what split says", async () => {
      const expected = [11_358n, creator, 0n, author, 370n, 617n];
      assert.deepEqual(await market.read.split([work, creator, 12_345n]), expected);
      const resale = [10_371n, creator, 987n, author, 370n, 617n];
      assert.deepEqual(await market.read.split([work, buyer, 12_345n]), resale);
    });

    it("sells to the one it is reserved for, and to nobody else", async () => {
      const listing = await order(work, 1_000n, { taker: buyer });
      await refuses(buy(listing, eli), "OrderReserved", [buyer]);
      await buy(listing);
    });

    it("refuses the maker as buyer", async () => {
      await refuses(buy(await order(work, 1_000n), ana), "OrderOwn", []);
    });

    it("refuses a price of zero", async () => {
      await refuses(buy(await order(work, 0n)), "PriceZero", []);
    });

    it("refuses an expired order, and takes it until its last second", async () => {
      const expiry = (await now()) + 1_000;
      const listing = await order(work, 1_000n, { expiry });
      const signature = await sign(listing);
      await school.testClient.setNextBlockTimestamp({ timestamp: BigInt(expiry + 1) });
      await refuses(fill(listing, signature), "OrderExpired", [expiry]);
    });

    it("takes an order in its last second", async () => {
      const expiry = (await now()) + 1_000;
      const listing = await order(work, 1_000n, { expiry });
      const signature = await sign(listing);
      await school.testClient.setNextBlockTimestamp({ timestamp: BigInt(expiry) });
      await fill(listing, signature);
    });

    it("refuses a cancelled order", async () => {
      const listing = await order(work, 1_000n);
      const signature = await sign(listing);
      await market.write.cancel([listing], { account: ana.account });
      await refuses(fill(listing, signature), "OrderCancelled", [await market.read.hashOf([listing])]);
    });

    it("refuses all orders of a maker who cancelled all", async () => {
      const listing = await order(work, 1_000n);
      const signature = await sign(listing);
      await market.write.cancelAll({ account: ana.account });
      await refuses(fill(listing, signature), "OrderCounterStale", [0n, 1n]);
      await buy(await order(work, 1_000n));
    });

    it("refuses an order whose work was transferred since, even back", async () => {
      const listing = await order(work, 1_000n);
      const signature = await sign(listing);
      await works.write.transferFrom([creator, author, work], { account: ana.account });
      await refuses(fill(listing, signature), "OrderStale", [work, 0n, 1n]);
      await works.write.transferFrom([author, creator, work], { account: ben.account });
      await refuses(fill(listing, signature), "OrderStale", [work, 0n, 2n]);
    });

    it("refuses to fill twice", async () => {
      const listing = await order(work, 1_000n);
      const signature = await sign(listing);
      await fill(listing, signature);
      await refuses(fill(listing, signature, eli), "OrderStale", [work, 0n, 1n]);
    });

    it("refuses an order by whoever does not own the work", async () => {
      const listing = await order(work, 1_000n, { maker: getAddress(cho.account.address) });
      await refuses(buy(listing), "OrderNotByOwner", [creator]);
    });

    it("refuses an order in which any field was changed", async () => {
      const listing = await order(work, 1_000n, { taker: buyer, minNet: 10n });
      const signature = await sign(listing);
      const other = await make(ana);
      const tampered: Partial<Order>[] = [
        { maker: author },
        { tokenId: other },
        { price: 999n },
        { minNet: 9n },
        { transferNonce: 1n },
        { expiry: listing.expiry - 1 },
        { taker: zeroAddress },
        { salt: id("another") },
      ];
      for (const change of tampered) {
        const changed = { ...listing, ...change };
        await refuses(fill(changed, signature), "OrderSignatureInvalid", [await market.read.hashOf([changed])]);
      }
      await refuses(fill({ ...listing, counter: 1n }, signature), "OrderCounterStale", [1n, 0n]);
    });

    it("refuses a signature for another contract, another chain, another version or another name", async () => {
      const listing = await order(work, 1_000n);
      const orderHash = await market.read.hashOf([listing]);
      for (const change of [
        { verifyingContract: points.address },
        { chainId: 1 },
        { version: "2" },
        { name: "Another Market" },
      ]) {
        const signature = await ana.signTypedData({
          domain: { ...typedData.market, ...change },
          types: ORDER_TYPES,
          primaryType: "Order",
          message: listing,
        });
        await refuses(fill(listing, signature), "OrderSignatureInvalid", [orderHash]);
      }
    });

    it("refuses the other form of a good signature: high s, and 64 bytes", async () => {
      const listing = await order(work, 1_000n);
      const orderHash = await market.read.hashOf([listing]);
      const good = await sign(listing);
      const { r, s, yParity } = parseSignature(good);
      const mirrored = toHex(SECP256K1_N - BigInt(s), { size: 32 });
      const highS = `${r}${mirrored.slice(2)}${yParity === 0 ? "1c" : "1b"}` as Hex;
      const compact = serializeCompactSignature({ r, yParityAndS: compactS(s, yParity) });
      for (const bad of [highS, compact, "0x" as Hex, good.slice(0, -2) as Hex, `${good}00` as Hex]) {
        await refuses(fill(listing, bad), "OrderSignatureInvalid", [orderHash]);
      }
      await fill(listing, good);
    });

    it("refuses to pay the seller less than they signed, whatever rule came since", async () => {
      const listing = await order(work, 10_000n, { minNet: 9_200n });
      const signature = await sign(listing);
      await setRules({ [Rule.TRADING_FEE]: 501n });
      await refuses(fill(listing, signature), "NetBelowMinimum", [9_199n, 9_200n]);
      await setRules({ [Rule.TRADING_FEE]: 500n });
      await fill(listing, signature);
    });

    it("refuses a buyer who cannot pay, and leaves the work where it is", async () => {
      const price = 1_000_001n;
      const balance = await points.read.balanceOf([buyer]);
      await setRules({ [Rule.TRADING_FEE]: 0n, [Rule.AUTHOR_ROYALTY]: 0n });
      await refuses(buy(await order(work, price)), "ERC20InsufficientBalance", [buyer, balance, price]);
      assert.equal(await works.read.ownerOf([work]), creator);
    });

    it("sells in the modes fixed and full alone", async () => {
      const listing = await order(work, 1_000n);
      const signature = await sign(listing);
      for (const mode of [0n, 1n]) {
        await setRules({ [Rule.TRADE_MODE]: mode });
        await refuses(fill(listing, signature), "TradeModeForbids", [mode]);
      }
      await setRules({ [Rule.TRADE_MODE]: 2n });
      await fill(listing, signature);
    });

    it("sells no work before its holding period is over", async () => {
      await buy(await order(work, 1_000n));
      await setRules({ [Rule.HOLDING_PERIOD]: 3_600n });
      const [, , acquired] = await works.read.stateOf([work]);
      const again = await order(work, 2_000n);
      const signature = await sign(again);
      await refuses(fill(again, signature, eli), "HoldingPeriodRunning", [work, BigInt(acquired) + 3_600n]);
      await pass(3_600);
      await fill(again, signature, eli);
    });

    it("pays nobody a share that rounds to nothing", async () => {
      const before = await units(dee, ana, ben);
      await buy(await order(work, 19n));
      assert.deepEqual(changes(before, await units(dee, ana, ben)), [-19n, 19n, 0n, 0n]);
    });
  });

  describe("cancel", () => {
    it("ends one order and no other", async () => {
      const one = await order(work, 1_000n);
      const two = await order(work, 1_000n);
      const hash = await market.write.cancel([one], { account: ana.account });
      const orderHash = await market.read.hashOf([one]);
      await viem.assertions.emitWithArgs(hash, market, "Cancelled", [orderHash, creator]);
      assert.equal(await market.read.isCancelled([orderHash]), true);
      await buy(two);
    });

    it("is the maker's alone, once", async () => {
      const listing = await order(work, 1_000n);
      await refuses(market.write.cancel([listing], asDee), "NotMaker", [buyer]);
      await market.write.cancel([listing], { account: ana.account });
      const again = market.write.cancel([listing], { account: ana.account });
      await refuses(again, "OrderCancelled", [await market.read.hashOf([listing])]);
    });
  });

  describe("cancelAll", () => {
    it("ends everything signed so far by one maker", async () => {
      const hash = await market.write.cancelAll({ account: ana.account });
      await viem.assertions.emitWithArgs(hash, market, "CancelledAll", [creator, 1n]);
      assert.equal(await market.read.counterOf([creator]), 1n);
      assert.equal(await market.read.counterOf([buyer]), 0n);
    });
  });
});

const compactS = (s: Hex, yParity: number): Hex => toHex(BigInt(s) | (BigInt(yParity) << 255n), { size: 32 });
