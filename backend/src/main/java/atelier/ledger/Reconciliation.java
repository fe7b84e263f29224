package atelier.ledger;

import atelier.kernel.Address;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holdings compared with the contracts' own balances.
 *
 * @param at when the newest comparison ended; null before the first
 * @param block the mirrored block it was pinned to
 * @param compared how many holdings were compared since the start
 * @param differences what did not agree and has not agreed since
 */
public record Reconciliation(
        @Nullable Instant at, long block, long compared, List<Difference> differences) {

    /** A holding that the contract knows otherwise. */
    public record Difference(
            long block, Address account, Asset asset, BigInteger mirrored, BigInteger onChain) {}

    public Reconciliation {
        differences = List.copyOf(differences);
    }

    /** Whether everything compared agreed. */
    public boolean sound() {
        return differences.isEmpty();
    }
}
