import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { getAddress, stringToHex, zeroAddress } from "viem";
import { deployAtelier } from "./support/atelier.ts";
import { undoEach } from "./support/undo.ts";

const atelier = await deployAtelier();
const { viem, directory, market, works, points, ana, refuses, publicClient } = atelier;
const kind = (name: string) => stringToHex(name, { size: 32 });

describe("Directory", () => {
  undoEach(atelier);

  it("lists contracts in the order in which they were added", async () => {
    const hash = await directory.write.add([kind("Market"), market.address, 9n]);
    await directory.write.add([kind("Works"), works.address, 7n]);
    assert.deepEqual(await directory.read.entries(), [
      { kind: kind("Market"), at: getAddress(market.address), firstBlock: 9n, lastBlock: 0n },
      { kind: kind("Works"), at: getAddress(works.address), firstBlock: 7n, lastBlock: 0n },
    ]);
    await viem.assertions.emitWithArgs(hash, directory, "Listed", [kind("Market"), getAddress(market.address), 9n]);
  });

  it("names the one in use, and none when all are retired", async () => {
    await directory.write.add([kind("Market"), market.address, 1n]);
    await directory.write.add([kind("Market"), points.address, 2n]);
    assert.equal(await directory.read.current([kind("Market")]), getAddress(points.address));
    await directory.write.retire([points.address]);
    assert.equal(await directory.read.current([kind("Market")]), getAddress(market.address));
    await directory.write.retire([market.address]);
    assert.equal(await directory.read.current([kind("Market")]), zeroAddress);
  });

  it("keeps the retired with the block of their end", async () => {
    await directory.write.add([kind("Market"), market.address, 1n]);
    const hash = await directory.write.retire([market.address]);
    const { blockNumber } = await publicClient.getTransactionReceipt({ hash });
    const [entry] = await directory.read.entries();
    assert.equal(entry.lastBlock, blockNumber);
    const args = [kind("Market"), getAddress(market.address), blockNumber] as const;
    await viem.assertions.emitWithArgs(hash, directory, "Delisted", args);
  });

  it("refuses to list twice or to retire what is not in use", async () => {
    await directory.write.add([kind("Market"), market.address, 1n]);
    const again = directory.write.add([kind("Works"), market.address, 1n]);
    await refuses(again, "AlreadyListed", [getAddress(market.address)]);
    await refuses(directory.write.retire([works.address]), "NotListed", [getAddress(works.address)]);
    await directory.write.retire([market.address]);
    await refuses(directory.write.retire([market.address]), "NotListed", [getAddress(market.address)]);
  });

  it("is the admin's to change", async () => {
    const as = { account: ana.account };
    const sender = [getAddress(ana.account.address)];
    await refuses(directory.write.add([kind("X"), market.address, 1n], as), "AccessManagedUnauthorized", sender);
    await refuses(directory.write.retire([market.address], as), "AccessManagedUnauthorized", sender);
  });
});
