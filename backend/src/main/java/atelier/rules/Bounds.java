package atelier.rules;

import java.math.BigInteger;

/** The least and the most that a rule may say, both included. */
public record Bounds(BigInteger min, BigInteger max) {

    public boolean contain(BigInteger value) {
        return min.compareTo(value) <= 0 && value.compareTo(max) <= 0;
    }
}
