package atelier.market;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A sale as the chain recorded it.
 *
 * @param promoter who brought the buyer, as the buyer said; null if nobody
 * @param at time of its block
 */
public record Sale(
        Hash32 orderHash,
        WorkId work,
        Address buyer,
        TokenAmount price,
        Split split,
        @Nullable Address promoter,
        long block,
        int logIndex,
        Hash32 tx,
        Instant at) {

    public Address seller() {
        return split.seller();
    }
}
