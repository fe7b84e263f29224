package atelier.profit;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What everybody has of one thing, such as of a role's measure, by their numbers among {@link
 * Accounts}, and the sum. {@link Accounts#NOBODY} never has any, and has the sum's place.
 */
final class Amounts {

    private static final int SUM = Accounts.NOBODY;

    /** As long as they fit: most do, and millions are added up. */
    private long[] small = new long[16];

    /** What did not fit, or no longer. */
    private @Nullable BigInteger[] large = new BigInteger[0];

    void add(int account, BigInteger amount) {
        if (amount.signum() > 0 && account != Accounts.NOBODY) {
            put(account, amount);
            put(SUM, amount);
        }
    }

    private void put(int place, BigInteger amount) {
        if (place >= small.length) {
            small = Arrays.copyOf(small, Math.max(place + 1, 2 * small.length));
        }
        long sum = small[place] + amount.longValue();
        if (amount.bitLength() < Long.SIZE && sum >= 0) {
            small[place] = sum;
        } else {
            putLarge(place, amount);
        }
    }

    private void putLarge(int place, BigInteger amount) {
        if (place >= large.length) {
            large = Arrays.copyOf(large, small.length);
        }
        large[place] = at(place).add(amount);
        small[place] = 0;
    }

    private BigInteger at(int place) {
        BigInteger much = place < large.length ? large[place] : null;
        long little = place < small.length ? small[place] : 0;
        return much == null ? BigInteger.valueOf(little) : much.add(BigInteger.valueOf(little));
    }

    /** Adds what everybody has there. */
    void addAll(Amounts others) {
        for (int account = 1; account < others.small.length; account++) {
            add(account, others.at(account));
        }
    }

    /** Zero for whoever has none. */
    BigInteger of(int account) {
        return account == Accounts.NOBODY ? BigInteger.ZERO : at(account);
    }

    BigInteger sum() {
        return at(SUM);
    }

    boolean isEmpty() {
        return sum().signum() == 0;
    }

    /** A whole that is divided by these amounts, each part rounded down. */
    Amounts dividing(BigInteger whole) {
        Amounts parts = new Amounts();
        BigInteger sum = sum();
        boolean fits = whole.bitLength() + sum.bitLength() < Long.SIZE;
        for (int account = 1; account < small.length; account++) {
            if (fits) {
                long part = whole.longValue() * small[account] / Math.max(1, small[SUM]);
                parts.add(account, BigInteger.valueOf(part));
            } else {
                parts.add(account, whole.multiply(at(account)).divide(sum));
            }
        }
        return parts;
    }
}
