import { type Address, numberToHex } from "viem";

export function recipeOf(tokenId: bigint): bigint {
  return tokenId >> 192n;
}

export function creatorOf(tokenId: bigint): Address {
  return numberToHex((tokenId >> 32n) & ((1n << 160n) - 1n), { size: 20 });
}
