package atelier.chain;

import java.math.BigInteger;

/** How much gas a transaction may use. */
final class Gas {

    /** What one transaction may use under Osaka. */
    static final BigInteger MAX = BigInteger.valueOf(16_777_216);

    // So that no request fills a transaction by its room alone.
    private static final BigInteger ROOMY = BigInteger.valueOf(4_000_000);

    private Gas() {}

    /**
     * Thrice as much, for a call that arrives after another of its signer: it was estimated on what
     * that one may use up, such as supplies that must then be bought.
     */
    static BigInteger withRoom(BigInteger gas) {
        return gas.multiply(BigInteger.valueOf(3)).min(ROOMY).max(gas);
    }

    /** A quarter more than estimated, for state that changes before the call arrives. */
    static BigInteger withMargin(BigInteger estimate) {
        return estimate.multiply(BigInteger.valueOf(5)).divide(BigInteger.valueOf(4)).min(MAX);
    }
}
