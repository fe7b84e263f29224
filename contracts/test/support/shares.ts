import { type Address, concat, encodeAbiParameters, type Hex, keccak256, numberToHex, stringToHex, zeroHash } from "viem";

/** An account's shares so far, and the one that is new; where nothing else is said, all of it is. */
export type Share = { account: Address; total: bigint; fresh?: bigint };

const LEAF_TYPE = keccak256(
  stringToHex("Share(uint256 chainId,address profitShare,uint256 index,address account,uint64 total,uint64 fresh)"),
);

const words = (...types: string[]) => types.map((type) => ({ type }));

/** The tree of a statement: leaves by number, filled up with zeros (or what `fill` says) to a power of two. */
export function shareTree(
  chainId: number,
  contract: Address,
  shares: Share[],
  fill: (index: number) => Hex = () => zeroHash,
  least = 1,
) {
  const prefix = keccak256(
    encodeAbiParameters(words("bytes32", "uint256", "address"), [LEAF_TYPE, BigInt(chainId), contract]),
  );
  const leaf = ({ account, total, fresh = total }: Share, index: number): Hex => {
    const types = words("bytes32", "uint256", "address", "uint64", "uint64");
    return keccak256(keccak256(encodeAbiParameters(types, [prefix, BigInt(index), account, total, fresh])));
  };
  const depth = Math.ceil(Math.log2(Math.max(least, shares.length)));
  const levels: Hex[][] = [Array.from({ length: 2 ** depth }, (_, i) => (i < shares.length ? leaf(shares[i], i) : fill(i)))];
  for (let level = 0; level < depth; level += 1) {
    const below = levels[level];
    levels.push(Array.from({ length: below.length / 2 }, (_, i) => keccak256(concat([below[2 * i], below[2 * i + 1]]))));
  }
  return {
    root: keccak256(concat([numberToHex(depth, { size: 32 }), levels[depth][0]])),
    depth,
    total: shares.reduce((sum, { total }) => sum + total, 0n),
    range: (first: number, count: number) => {
      const proof: Hex[] = [];
      let [low, high] = [first, first + count - 1];
      for (const nodes of levels.slice(0, depth)) {
        if (low % 2 === 1) proof.push(nodes[low - 1]);
        if (high % 2 === 0) proof.push(nodes[high + 1]);
        [low, high] = [low >> 1, high >> 1];
      }
      return proof;
    },
    share: (index: number) => {
      const { account, total, fresh = total } = shares[index];
      const proof = levels.slice(0, depth).map((nodes, level) => nodes[(index >> level) ^ 1]);
      return { index: BigInt(index), account, total, fresh, proof };
    },
    packed: (first: number, count: number) =>
      shares
        .slice(first, first + count)
        .map(({ account, total, fresh = total }) => (BigInt(account) << 96n) | (total << 48n) | fresh),
  };
}
