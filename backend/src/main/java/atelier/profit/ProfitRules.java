package atelier.profit;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The rules that a statement uses, by their numbers in the RuleBook. */
public record ProfitRules(SequencedMap<Integer, BigInteger> values) {

    /** Seconds from taking a seat until it counts. */
    public static final int WAITING_TIME = 18;

    /** Share of the surplus that goes back, in basis points. */
    public static final int PROFIT_SHARE = 24;

    /** What a parent's share is of its child's, in basis points. */
    public static final int ANCESTOR_RATIO = 32;

    /** What all ancestors of a work may have of its creator's share, in basis points. */
    public static final int ANCESTOR_CAP = 33;

    /** All of them, ascending. */
    public static final List<Integer> USED =
            Stream.concat(Stream.of(WAITING_TIME), IntStream.rangeClosed(24, 33).boxed()).toList();

    static final BigInteger WHOLE = BigInteger.valueOf(10_000);

    /**
     * Takes a value for each rule that is used, and leaves others aside.
     *
     * @throws IllegalArgumentException if one is missing
     */
    public ProfitRules {
        TreeMap<Integer, BigInteger> used = new TreeMap<>(values);
        used.keySet().retainAll(USED);
        if (used.size() != USED.size()) {
            throw new IllegalArgumentException(
                    "Facts are missing: only the rules %s are set, of %s"
                            .formatted(used.keySet(), USED));
        }
        values = Collections.unmodifiableSequencedMap(used);
    }

    /** The same rules with some of them changed. */
    public ProfitRules with(Map<Integer, BigInteger> changes) {
        TreeMap<Integer, BigInteger> changed = new TreeMap<>(values);
        changed.putAll(changes);
        return new ProfitRules(changed);
    }

    BigInteger value(int rule) {
        return values.getOrDefault(rule, BigInteger.ZERO);
    }

    BigInteger weight(Role role) {
        return value(role.weightRule());
    }

    BigInteger weights() {
        return Stream.of(Role.values()).map(this::weight).reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** A rule's part of an amount, rounded down, where the rule is in basis points. */
    BigInteger part(int rule, BigInteger amount) {
        return amount.multiply(value(rule)).divide(WHOLE);
    }
}
