package atelier.rules;

import atelier.kernel.Refused;
import java.math.BigInteger;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wrote into a form of rules.
 *
 * @param texts as they were written, by the names of their fields
 * @param numbers what they mean, in each rule's unit
 * @param problems what is wrong with those that mean no number, or none that the rule can have
 */
public record WrittenRules(
        Map<String, String> texts,
        SortedMap<Rule, BigInteger> numbers,
        SortedMap<Rule, Refused> problems) {

    /** Nothing yet. */
    public static final WrittenRules NONE =
            new WrittenRules(Map.of(), new TreeMap<>(), new TreeMap<>());

    public WrittenRules {
        texts = Map.copyOf(texts);
        numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
        problems = Collections.unmodifiableSortedMap(new TreeMap<>(problems));
    }

    /** Whether every text means a number that its rule can have. */
    public boolean sound() {
        return problems.isEmpty();
    }

    @Nullable String text(Rule rule) {
        return texts.get(valueField(rule));
    }

    @Nullable String unit(Rule rule) {
        return texts.get(unitField(rule));
    }

    static String valueField(Rule rule) {
        return "value-" + rule.key();
    }

    static String unitField(Rule rule) {
        return "unit-" + rule.key();
    }
}
