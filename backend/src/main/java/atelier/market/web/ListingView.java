package atelier.market.web;

import atelier.market.SignedOrder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An offer as the API shows it.
 *
 * @param price units, as decimal digits
 * @param minNet the least units that the seller accepts
 * @param state open, sold, cancelled, cancelling, stale, expired, fees-rose, closed
 * @param cancellation where its cancellation can be watched
 */
record ListingView(
        String orderHash,
        String work,
        String seller,
        String sellerAccount,
        String price,
        String minNet,
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
                listing.order().price().units().toString(),
                listing.order().minNet().units().toString(),
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
