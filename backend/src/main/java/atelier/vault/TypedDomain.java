package atelier.vault;

import atelier.kernel.Address;

/**
 * Where a signature counts, as EIP-712 writes it: one contract on one chain, under a name and a
 * version.
 */
public record TypedDomain(String name, String version, long chainId, Address verifyingContract) {}
