package atelier.profit;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.TokenAmount;
import java.time.Instant;

/**
 * What the treasury paid, and for what.
 *
 * @param receipt the SHA-256 of its receipt
 */
public record Cost(
        long epoch,
        CostKind kind,
        Address to,
        TokenAmount amount,
        String text,
        Hash32 receipt,
        Instant at,
        Hash32 tx) {}
