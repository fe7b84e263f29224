package atelier.market.web;

import atelier.market.SignedOrder;
import atelier.web.Units;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An offer as the API shows it.
 *
 * @param minNet the least that the seller accepts
 * @param slack basis points of the price that later fees may take from the seller's part
 * @param state open, sold, cancelled, cancelling, stale, expired, fees-rose, above-ceiling, held,
 *     closed
 * @param cancellation where its cancellation can be watched
 */
record ListingView(
        String orderHash,
        String work,
        String seller,
        String sellerAccount,
        Units price,
        Units minNet,
        int slack,
        Instant expires,
        Instant created,
        String state,
        @Nullable String replaces,
        @Nullable String cancellation) {

    static ListingView of(SignedOrder listing) {
        return new ListingView(
                listing.hash().toString(),
                listing.order().work().toString(),
                listing.makerId().toString(),
                listing.order().maker().toString(),
                Units.of(listing.order().price()),
                Units.of(listing.order().minNet()),
                listing.slack().value(),
                listing.order().expiry(),
                listing.created(),
                listing.state().key(),
                text(listing.replaces()),
                listing.cancelIntent() == null ? null : IntentView.href(listing.cancelIntent()));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
