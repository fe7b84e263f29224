package atelier.market;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import java.time.Instant;

/**
 * A sale as the chain recorded it.
 *
 * @param at time of its block
 */
public record Sale(
        Hash32 orderHash,
        WorkId work,
        Address buyer,
        TokenAmount price,
        Split split,
        long block,
        int logIndex,
        Hash32 tx,
        Instant at) {

    public Address seller() {
        return split.seller();
    }
}
