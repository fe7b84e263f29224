package atelier.rules.web;

import atelier.kernel.Address;
import atelier.rules.RuleChange;
import atelier.rules.RuleWords;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of a rule as the page shows it.
 *
 * @param before null for a rule's first number
 * @param by null when nobody is known behind the account
 */
record ChangeView(
        String name,
        @Nullable String before,
        String current,
        long version,
        long block,
        Instant at,
        @Nullable String by) {

    private static final long FOUNDING = 1;

    static ChangeView of(RuleChange change, RuleWords words, Map<Address, String> names) {
        return new ChangeView(
                words.name(change.rule()),
                change.version() == FOUNDING ? null : words.value(change.rule(), change.before()),
                words.value(change.rule(), change.current()),
                change.version(),
                change.effectiveBlock(),
                change.at(),
                names.get(change.by()));
    }
}
