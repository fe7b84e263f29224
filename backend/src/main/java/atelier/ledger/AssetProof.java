package atelier.ledger;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What was issued of an asset against what its holders have together.
 *
 * @param block the mirrored block that all of it is counted at
 * @param asset {@code points}, {@code supply:<id>}, or {@code works} for all works
 * @param supply issued less used up, counted from the chain's events
 * @param holdings the sum over all accounts
 * @param onChain the contract's own total at the same block; null where the standard has none, or
 *     while the chain does not answer
 */
public record AssetProof(
        long block,
        String asset,
        BigInteger supply,
        BigInteger holdings,
        @Nullable BigInteger onChain) {

    AssetProof with(@Nullable BigInteger total) {
        return new AssetProof(block, asset, supply, holdings, total);
    }

    /** What does not add up; zero when all is well. */
    public BigInteger difference() {
        BigInteger mirrored = holdings.subtract(supply);
        return mirrored.signum() != 0 || onChain == null ? mirrored : holdings.subtract(onChain);
    }

    public boolean sound() {
        return difference().signum() == 0;
    }
}
