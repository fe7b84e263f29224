package atelier.profit;

import atelier.kernel.Address;
import atelier.kernel.TokenAmount;

/**
 * A leaf of a statement's tree; its number is its place.
 *
 * @param total all shares of the account so far
 * @param fresh the one that is new
 */
public record Share(Address account, TokenAmount total, TokenAmount fresh) {}
