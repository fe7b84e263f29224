package atelier.governance;

import atelier.governance.Sentence.Change;
import atelier.rules.Rule;
import atelier.rules.RuleWords;
import atelier.rules.Rulebook;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Says what calls of the RuleBook do: which numbers they change. */
@Component
class RuleSentences {

    private final Phrases phrases;
    private final RuleWords ruleWords;

    RuleSentences(Phrases phrases, RuleWords ruleWords) {
        this.phrases = phrases;
        this.ruleWords = ruleWords;
    }

    /** The rules that a call would set, by its last word on each. */
    static Map<Rule, BigInteger> set(Deed deed) {
        Map<Rule, BigInteger> set = new HashMap<>();
        if (deed instanceof Deed.Known(Act act, var arguments) && act == Act.SET_RULES) {
            List<?> ids = (List<?>) arguments.get(0);
            List<?> values = (List<?>) arguments.get(1);
            for (int i = 0; i < Math.min(ids.size(), values.size()); i++) {
                BigInteger value = (BigInteger) values.get(i);
                rule((BigInteger) ids.get(i)).ifPresent(rule -> set.put(rule, value));
            }
        }
        return set;
    }

    private static Optional<Rule> rule(BigInteger id) {
        return id.intValue() < Rule.values().length
                ? Optional.of(Rule.ofId(id.intValue()))
                : Optional.empty();
    }

    Said setting(Deed.Known deed, Rulebook before) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < Math.min(deed.list(0).size(), deed.list(1).size()); i++) {
            changes.add(
                    rule(
                            (BigInteger) deed.list(0).get(i),
                            (BigInteger) deed.list(1).get(i),
                            before));
        }
        String words =
                String.join(
                        phrases.words("council.says.and"),
                        changes.stream()
                                .map(one ->
                                        phrases.words(
                                                "council.says.set-rules",
                                                one.name(),
                                                String.valueOf(one.before()),
                                                one.after()))
                                .toList());
        return new Said(words, changes);
    }

    private Change rule(BigInteger id, BigInteger value, Rulebook before) {
        return rule(id).map(rule ->
                        new Change(
                                ruleWords.name(rule),
                                ruleWords.value(rule, before.value(rule)),
                                value(rule, value)))
                .orElseGet(() ->
                        new Change(
                                phrases.words("council.says.no-rule", id.toString()),
                                phrases.nothing(),
                                value.toString()));
    }

    /** A number that the rule cannot have is shown as it is: it has no words. */
    private String value(Rule rule, BigInteger value) {
        return rule.bounds().contain(value)
                ? ruleWords.value(rule, value)
                : phrases.words("council.says.out-of-bounds", value.toString());
    }
}
