package atelier.market.web;

import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import atelier.market.ListingWish;
import atelier.market.Price;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a seller fills in.
 *
 * @param price in points
 * @param days how long to offer it
 * @param net units the preview promised, repeated by the form that follows it
 */
record SellForm(@Nullable String price, @Nullable String days, @Nullable String net) {

    boolean priced() {
        return price != null && !price.isBlank();
    }

    TokenAmount amount() {
        return Price.ofPoints(price == null ? "" : price);
    }

    int length() {
        String text = days == null ? "" : days.strip();
        if (text.isEmpty()) {
            return ListingWish.DEFAULT_DAYS;
        }
        if (!text.matches("\\d{1,4}")) {
            throw Refused.invalid("listing.days", ListingWish.MIN_DAYS, ListingWish.MAX_DAYS);
        }
        return Integer.parseInt(text);
    }

    ListingWish wish(WorkId work) {
        return new ListingWish(
                work, amount(), length(), Optional.ofNullable(net).map(Price::ofUnits));
    }
}
