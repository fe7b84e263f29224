package atelier.market;

import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** Reads a price as people and programs write it, and refuses what no contract would take. */
public final class Price {

    /** The most that fits into an order, in units. */
    static final TokenAmount MAX = new TokenAmount(BigInteger.TWO.pow(96).subtract(BigInteger.ONE));

    // Bounded, so that no exponent or endless digits reach arithmetic.
    private static final Pattern POINTS = Pattern.compile("[+-]?\\d{1,80}(\\.\\d{1,80})?");
    private static final Pattern UNITS = Pattern.compile("[+-]?\\d{1,80}");

    private Price() {}

    /**
     * Reads points with at most two decimals, such as {@code 12.50}.
     *
     * @throws Refused {@code price.malformed}, {@code price.zero} or {@code price.too-large}
     */
    public static TokenAmount ofPoints(String text) {
        BigDecimal units =
                new BigDecimal(matching(POINTS, text)).movePointRight(TokenAmount.DECIMALS);
        if (units.stripTrailingZeros().scale() > 0) {
            throw malformed();
        }
        return checked(new TokenAmount(units.toBigIntegerExact()));
    }

    /**
     * Reads whole units.
     *
     * @throws Refused {@code price.malformed}, {@code price.zero} or {@code price.too-large}
     */
    public static TokenAmount ofUnits(String text) {
        return checked(new TokenAmount(new BigInteger(matching(UNITS, text))));
    }

    static TokenAmount checked(TokenAmount price) {
        if (price.signum() <= 0) {
            throw Refused.invalid("price.zero");
        }
        if (price.compareTo(MAX) > 0) {
            throw Refused.invalid("price.too-large", MAX);
        }
        return price;
    }

    private static String matching(Pattern pattern, String text) {
        String stripped = text.strip();
        if (!pattern.matcher(stripped).matches()) {
            throw malformed();
        }
        return stripped;
    }

    private static Refused malformed() {
        return Refused.invalid("price.malformed", TokenAmount.DECIMALS);
    }
}
