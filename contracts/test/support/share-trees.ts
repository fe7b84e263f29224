/**
 * The roots and proofs that every implementation of the tree must give; `node test/support/share-trees.ts` writes
 * share-trees.json anew.
 */
import { writeFileSync } from "node:fs";
import { type Address, type Hex, numberToHex } from "viem";
import { shareTree } from "./shares.ts";

export const CHAIN_ID = 31_337;
export const CONTRACT: Address = `0x${"5a".repeat(20)}`;
export const LARGEST = 1_024;

const STEP = 0x0123456789abcdef0123456789abcdef01234567n;

/** Share `i` of every tree. */
const share = (i: number) => ({
  account: numberToHex((BigInt(i + 1) * STEP) % 2n ** 160n, { size: 20 }),
  total: BigInt(i + 1) ** 2n,
  fresh: BigInt(i % 7),
});

export const treeOf = (size: number) =>
  shareTree(CHAIN_ID, CONTRACT, Array.from({ length: size }, (_, i) => share(i)));

export const RANGES: [size: number, first: number, count: number][] = [
  [1, 0, 1], [2, 1, 1], [3, 0, 3], [3, 2, 1], [5, 1, 3], [8, 3, 2], [33, 32, 1], [100, 17, 64], [1_000, 1, 998], [1_024, 511, 2],
];

export type Vectors = { roots: Hex[]; ranges: { size: number; first: number; count: number; proof: Hex[] }[] };

function vectors(): Vectors {
  const roots = Array.from({ length: LARGEST }, (_, i) => treeOf(i + 1).root);
  const ranges = RANGES.map(([size, first, count]) => ({ size, first, count, proof: treeOf(size).range(first, count) }));
  return { roots, ranges };
}

if (import.meta.main) {
  writeFileSync(new URL("share-trees.json", import.meta.url), `${JSON.stringify(vectors(), null, 1)}\n`);
}
