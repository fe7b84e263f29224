package atelier.profit;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** What everybody did in an epoch by each role, as rules measure it. */
final class Merits {

    private final Doings doings;
    private final ProfitRules rules;
    private final Map<Role, Amounts> byRole;

    private Merits(Doings doings, ProfitRules rules, Map<Role, Amounts> byRole) {
        this.doings = doings;
        this.rules = rules;
        this.byRole = byRole;
    }

    static Merits of(Doings doings, ProfitRules rules) {
        Map<Role, Amounts> byRole = new EnumMap<>(doings.byRole());
        byRole.put(Role.ANCESTOR, doings.ancestors(rules));
        byRole.put(Role.MEMBER, doings.members(rules));
        return new Merits(doings, rules, byRole);
    }

    /** The same under other rules; what those measure alike is not measured again. */
    Merits under(ProfitRules others) {
        Map<Role, Amounts> measures = new EnumMap<>(byRole);
        if (differ(others, ProfitRules.ANCESTOR_RATIO, ProfitRules.ANCESTOR_CAP)) {
            measures.put(Role.ANCESTOR, doings.ancestors(others));
        }
        if (differ(others, ProfitRules.WAITING_TIME)) {
            measures.put(Role.MEMBER, doings.members(others));
        }
        return new Merits(doings, others, measures);
    }

    private boolean differ(ProfitRules others, int... those) {
        return IntStream.of(those).anyMatch(rule -> !rules.value(rule).equals(others.value(rule)));
    }

    Doings doings() {
        return doings;
    }

    ProfitRules rules() {
        return rules;
    }

    /** A role's measure of everybody. */
    Amounts by(Role role) {
        return Objects.requireNonNull(byRole.get(role));
    }
}
