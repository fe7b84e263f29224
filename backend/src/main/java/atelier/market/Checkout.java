package atelier.market;

import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import java.util.Optional;

/**
 * What a buyer sees before they confirm.
 *
 * @param before the points they can spend now
 * @param obstacle why they cannot buy, if so
 */
public record Checkout(
        SignedOrder listing, Split split, TokenAmount before, Optional<Refused> obstacle) {

    /** What they could spend afterwards; negative by as much as they lack. */
    public TokenAmount after() {
        return before.minus(listing.order().price());
    }
}
