package atelier.kernel;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** An amount of points in units; a point has {@value #DECIMALS} decimals, so 100 units. */
public record TokenAmount(BigInteger units) implements Comparable<TokenAmount> {

    /** Decimals of a point, on the chain and on every page. */
    public static final int DECIMALS = 2;

    public static final TokenAmount ZERO = ofUnits(0);

    // No exponent: a short text such as 1e999999999 would otherwise fill the memory.
    private static final Pattern FIGURE = Pattern.compile("[+-]?\\d{1,78}([.]\\d{0,78})?");

    public static TokenAmount ofUnits(long units) {
        return new TokenAmount(BigInteger.valueOf(units));
    }

    /**
     * Reads points as people write them, such as {@code 12} or {@code 12.50}.
     *
     * @throws IllegalArgumentException if the text is no number or has more decimals than points do
     */
    public static TokenAmount parsePoints(String points) {
        String figure = points.strip();
        if (!FIGURE.matcher(figure).matches()) {
            throw new IllegalArgumentException("Not an amount of points");
        }
        try {
            return new TokenAmount(
                    new BigDecimal(figure)
                            .movePointRight(DECIMALS)
                            .setScale(0)
                            .toBigIntegerExact());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("Not an amount of points: " + points, e);
        }
    }

    public TokenAmount plus(TokenAmount other) {
        return new TokenAmount(units.add(other.units));
    }

    public TokenAmount minus(TokenAmount other) {
        return new TokenAmount(units.subtract(other.units));
    }

    public TokenAmount times(long factor) {
        return new TokenAmount(units.multiply(BigInteger.valueOf(factor)));
    }

    public TokenAmount negate() {
        return new TokenAmount(units.negate());
    }

    public int signum() {
        return units.signum();
    }

    /** The points, without trailing zeros: 25.6, 320, -0.05. */
    public BigDecimal points() {
        BigDecimal points = new BigDecimal(units, DECIMALS).stripTrailingZeros();
        return points.scale() < 0 ? points.setScale(0) : points;
    }

    @Override
    public int compareTo(TokenAmount other) {
        return units.compareTo(other.units);
    }

    /** The points in plain digits, for pages and logs. */
    @Override
    public String toString() {
        return points().toPlainString();
    }
}
