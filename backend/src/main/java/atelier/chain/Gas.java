package atelier.chain;

import java.math.BigInteger;

/** How much gas a transaction may use. */
final class Gas {

    /** What one transaction may use under Osaka. */
    static final BigInteger MAX = BigInteger.valueOf(16_777_216);

    /** What a transaction that does nothing uses. */
    static final BigInteger TRANSFER = BigInteger.valueOf(21_000);

    private Gas() {}

    /** A quarter more than estimated, for state that changes before the call arrives. */
    static BigInteger withMargin(BigInteger estimate) {
        return estimate.multiply(BigInteger.valueOf(5)).divide(BigInteger.valueOf(4)).min(MAX);
    }
}
