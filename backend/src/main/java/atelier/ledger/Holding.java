package atelier.ledger;

import atelier.kernel.Address;
import java.math.BigInteger;

/** How much of an asset an account holds; never zero. */
public record Holding(Address account, Asset asset, BigInteger amount) {}
