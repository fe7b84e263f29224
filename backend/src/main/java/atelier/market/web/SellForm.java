package atelier.market.web;

import atelier.kernel.BasisPoints;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import atelier.market.ListingWish;
import atelier.market.Price;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a seller fills in.
 *
 * @param price in points
 * @param days how long to offer it
 * @param slack percent of the price that later fees may take from their part, two decimals at most
 * @param least units the preview promised at least, repeated by the form that follows it
 */
record SellForm(
        @Nullable String price,
        @Nullable String days,
        @Nullable String slack,
        @Nullable String least) {

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

    BasisPoints allowance() {
        String text = slack == null ? "" : slack.strip();
        if (text.isEmpty()) {
            return ListingWish.DEFAULT_SLACK;
        }
        if (!text.matches("\\d{1,2}([.]\\d{1,2})?")) {
            throw Refused.invalid("listing.slack", ListingWish.MAX_SLACK);
        }
        return new BasisPoints(new BigDecimal(text).movePointRight(2).intValueExact());
    }

    /** What the field for the slack shows before anyone wrote into it. */
    static String percent(BasisPoints slack) {
        return BigDecimal.valueOf(slack.value(), 2).stripTrailingZeros().toPlainString();
    }

    ListingWish wish(WorkId work) {
        return new ListingWish(work, amount(), length(), allowance(), agreed());
    }

    /** The least the seller was promised and agreed to. */
    Optional<TokenAmount> agreed() {
        return Optional.ofNullable(least).map(SellForm::promised);
    }

    /** Nothing is a promise too: the slack may be as large as the seller's part. */
    private static TokenAmount promised(String units) {
        return units.equals("0") ? TokenAmount.ZERO : Price.ofUnits(units);
    }
}
