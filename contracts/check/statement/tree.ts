import { type Address, type Hex, concat, keccak256, numberToHex, pad, stringToHex, zeroHash } from "viem";

const TYPE = keccak256(
  stringToHex("Share(uint256 chainId,address profitShare,uint256 index,address account,uint64 total,uint64 fresh)"),
);

/** What a leaf says of the account whose number is the leaf's. */
export type Leaf = { account: Address; total: bigint; fresh: bigint };

export type Tree = { depth: number; leaves: Hex[]; root: Hex };

export function prefixOf(chainId: bigint, profitShare: Address): Hex {
  return keccak256(concat([TYPE, word(chainId), pad(profitShare)]));
}

export function treeOf(chainId: bigint, profitShare: Address, accounts: Leaf[]): Tree {
  const prefix = prefixOf(chainId, profitShare);
  const depth = depthOf(accounts.length);
  const leaves = accounts.map((leaf, index) => hashOf(prefix, index, leaf));
  while (leaves.length < 2 ** depth) leaves.push(zeroHash);
  return { depth, leaves, root: keccak256(concat([word(depth), topOf(leaves)])) };
}

function depthOf(accounts: number): number {
  let depth = 0;
  while (2 ** depth < accounts) ++depth;
  return depth;
}

function hashOf(prefix: Hex, index: number, { account, total, fresh }: Leaf): Hex {
  return keccak256(keccak256(concat([prefix, word(index), pad(account), word(total), word(fresh)])));
}

function topOf(nodes: Hex[]): Hex {
  if (nodes.length === 1) return nodes[0];
  const above: Hex[] = [];
  for (let i = 0; i < nodes.length; i += 2) above.push(keccak256(concat([nodes[i], nodes[i + 1]])));
  return topOf(above);
}

function word(value: bigint | number): Hex {
  return numberToHex(value, { size: 32 });
}
