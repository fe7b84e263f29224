/**
 * Works change hands for points. An owner lists a work by an {@link atelier.market.Order order}
 * that the vault signs and nobody sends: it costs nothing, is bound to the work's transfer nonce
 * and to its maker's counter, and names the least its maker accepts. A buyer's intent takes order
 * and signature to the contract, which pays everyone in one settlement. Whether an order is still
 * good is never stored: {@link atelier.market.ListingState} is derived from the mirrored chain each
 * time it is asked for. Start at {@link atelier.market.Market}.
 */
@ApplicationModule(
        displayName = "Market",
        allowedDependencies = {
            "kernel",
            "vault",
            "identity",
            "chain",
            "ledger",
            "rules",
            "media",
            "web",
            "workshop"
        })
@NullMarked
package atelier.market;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
