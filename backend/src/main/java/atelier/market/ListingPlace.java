package atelier.market;

import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a listing hangs, in any order: a list goes on after it however much came in between. */
public record ListingPlace(TokenAmount price, long number) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,29})-(\\d{1,18})");

    static ListingPlace of(SignedOrder listing) {
        return new ListingPlace(listing.order().price(), listing.number());
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws Refused {@code cursor.malformed}
     */
    public static ListingPlace parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw Refused.invalid("cursor.malformed", text);
        }
        return new ListingPlace(
                new TokenAmount(new BigInteger(parts.group(1))), Long.parseLong(parts.group(2)));
    }

    @Override
    public String toString() {
        return price.units() + "-" + number;
    }
}
