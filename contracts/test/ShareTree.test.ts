import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { LARGEST, RANGES, treeOf, type Vectors } from "./support/share-trees.ts";

const vectors: Vectors = JSON.parse(readFileSync(new URL("support/share-trees.json", import.meta.url), "utf8"));

describe("share-trees.json", () => {
  it("has the roots that these tests give to ProfitShare", () => {
    assert.equal(vectors.roots.length, LARGEST);
    for (const size of [1, 2, 3, 5, 8, 33, 100, 1_000, LARGEST]) {
      assert.equal(vectors.roots[size - 1], treeOf(size).root);
    }
  });

  it("has the proofs of neighbours that these tests push with", () => {
    assert.equal(vectors.ranges.length, RANGES.length);
    for (const { size, first, count, proof } of vectors.ranges) {
      assert.deepEqual(proof, treeOf(size).range(first, count));
    }
  });
});
