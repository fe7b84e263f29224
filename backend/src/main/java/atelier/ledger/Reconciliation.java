package atelier.ledger;

import atelier.kernel.Address;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mirror compared with the contracts' own balances, and its sums with each other.
 *
 * @param at when the newest comparison with the contracts ended; null before the first
 * @param block the block it was pinned to
 * @param compared how many holdings were compared since the start
 * @param differences what did not agree and has not agreed since
 * @param uneven assets whose holdings do not add up to their supply
 */
public record Reconciliation(
        @Nullable Instant at,
        long block,
        long compared,
        List<Difference> differences,
        List<AssetProof> uneven) {

    /** A holding that the contract knows otherwise. */
    public record Difference(
            long block, Address account, Asset asset, BigInteger mirrored, BigInteger onChain) {}

    public Reconciliation {
        differences = List.copyOf(differences);
        uneven = List.copyOf(uneven);
    }

    /** Whether everything compared agreed. */
    public boolean sound() {
        return differences.isEmpty() && uneven.isEmpty();
    }
}
