package atelier.rules.web;

import atelier.rules.Rule;
import atelier.rules.RuleWords;
import java.math.BigInteger;

/** A rule as the page shows it. */
record RuleView(String key, String name, String says, String value, String min, String max) {

    static RuleView of(Rule rule, BigInteger value, RuleWords words) {
        return new RuleView(
                rule.key(),
                words.name(rule),
                words.says(rule, value),
                words.value(rule, value),
                words.value(rule, rule.bounds().min()),
                words.value(rule, rule.bounds().max()));
    }
}
