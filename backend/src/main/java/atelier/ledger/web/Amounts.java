package atelier.ledger.web;

import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import java.util.regex.Pattern;

/** Reads an amount of points as people write it. */
final class Amounts {

    private static final Pattern AMOUNT = Pattern.compile("\\d{1,15}([.]\\d{1,2})?");

    private Amounts() {}

    static TokenAmount read(String text) {
        String figure = text.strip().replace(",", "");
        if (!AMOUNT.matcher(figure).matches()) {
            throw Refused.invalid("points.amount");
        }
        return TokenAmount.parsePoints(figure);
    }
}
