package atelier.profit;

import java.math.BigInteger;
import java.util.List;
import java.util.TreeMap;

/** Every change of a rule, in order. The first version counts from the beginning. */
record RuleHistory(List<Fact.RuleChanged> changes) {

    private static final long FIRST = 1;

    /**
     * The rules as they were when an epoch began.
     *
     * @throws IllegalArgumentException if one was never set
     */
    ProfitRules at(Epoch epoch) {
        TreeMap<Integer, BigInteger> values = new TreeMap<>();
        changes.stream()
                .filter(change ->
                        change.version() == FIRST || change.place().time() < epoch.start())
                .forEach(change -> values.put(change.rule(), change.current()));
        return new ProfitRules(values);
    }
}
