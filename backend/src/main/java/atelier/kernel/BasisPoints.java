package atelier.kernel;

import java.math.BigInteger;

/** A share of 10,000. */
public record BasisPoints(int value) {

    /** The whole. */
    public static final int WHOLE = 10_000;

    public BasisPoints {
        if (value < 0 || value > WHOLE) {
            throw new IllegalArgumentException("Basis points lie in 0..10,000, not " + value);
        }
    }

    /** This share of an amount, rounded down to a unit, as the contracts round. */
    public TokenAmount of(TokenAmount amount) {
        return new TokenAmount(
                amount.units()
                        .multiply(BigInteger.valueOf(value))
                        .divide(BigInteger.valueOf(WHOLE)));
    }
}
