package atelier.admin;

import atelier.kernel.Refused;
import atelier.rules.Rule;
import atelier.rules.RuleGroup;
import atelier.rules.RuleWords;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an admin wrote into a group's form: texts as they are, the numbers they mean, and what is
 * wrong with those that mean none.
 */
record WishedRules(
        RuleGroup group,
        Map<String, String> texts,
        Map<Rule, BigInteger> values,
        Map<Rule, Refused> problems) {

    private static final String VALUE = "value-";
    private static final String UNIT = "unit-";

    static WishedRules read(RuleGroup group, Map<String, String> texts, RuleWords words) {
        Map<Rule, BigInteger> values = new EnumMap<>(Rule.class);
        Map<Rule, Refused> problems = new EnumMap<>(Rule.class);
        for (Rule rule : group.rules()) {
            try {
                values.put(
                        rule,
                        words.read(
                                rule,
                                texts.getOrDefault(VALUE + rule.key(), ""),
                                texts.getOrDefault(UNIT + rule.key(), "")));
            } catch (Refused refused) {
                problems.put(rule, refused);
            }
        }
        return new WishedRules(group, texts, values, problems);
    }

    @Nullable String text(Rule rule) {
        return texts.get(VALUE + rule.key());
    }

    @Nullable String unit(Rule rule) {
        return texts.get(UNIT + rule.key());
    }
}
