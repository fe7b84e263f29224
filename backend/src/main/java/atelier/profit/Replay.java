package atelier.profit;

import atelier.kernel.Address;
import atelier.kernel.TokenAmount;
import java.math.BigInteger;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * What other rules for profit would have meant in the last epochs, for each role and each account:
 * the same function on the same facts, so behaviour is held fixed, and every statement counts.
 *
 * @param before the statements of those epochs under the rules as they were
 * @param after the same under the changed rules
 */
public record Replay(List<Statement> before, List<Statement> after) {

    /** What someone had, and would have had. */
    public record Change(TokenAmount before, TokenAmount after) {

        /** Above zero for a winner. */
        public TokenAmount gain() {
            return after.minus(before);
        }

        private Change plus(Change other) {
            return new Change(before.plus(other.before), after.plus(other.after));
        }
    }

    /**
     * Replays a change of rules, by their numbers, over the last closed epochs.
     *
     * @param epochs how many; fewer if there are not that many
     * @throws IllegalArgumentException if facts are out of order, or some are missing
     */
    public static Replay of(
            ShareDomain domain,
            Iterable<Fact> facts,
            Map<Integer, BigInteger> changes,
            int epochs) {
        Outline outline = Outline.of(facts);
        List<Doings> done = Chronicle.of(outline, facts, Amendment.NONE, Witness.NONE);
        long from = (long) done.size() - epochs;
        Amendment amendment = (epoch, rules) -> epoch.number() > from ? rules.with(changes) : rules;
        List<Doings> changed =
                Collections.disjoint(changes.keySet(), ProfitRules.OF_MEASURES)
                        ? done.stream().map(one -> amended(one, amendment)).toList()
                        : Chronicle.of(outline, facts, amendment, Witness.NONE);
        return new Replay(
                last(Statements.counting(domain, done), epochs),
                last(Statements.counting(domain, changed), epochs));
    }

    private static Doings amended(Doings done, Amendment amendment) {
        return done.under(amendment.of(done.epoch(), done.rules()));
    }

    /** What each role would have had, commons included. */
    public Map<Role, Change> byRole() {
        Map<Role, Change> changes = new EnumMap<>(Role.class);
        before.forEach(one -> eachRole(one, (role, had) -> add(changes, role, was(had))));
        after.forEach(one -> eachRole(one, (role, has) -> add(changes, role, willBe(has))));
        return changes;
    }

    /** What each account would have had. */
    public SortedMap<Address, Change> byAccount() {
        SortedMap<Address, Change> changes = new TreeMap<>();
        before.forEach(one -> eachAccount(one, (who, had) -> add(changes, who, was(had))));
        after.forEach(one -> eachAccount(one, (who, has) -> add(changes, who, willBe(has))));
        return changes;
    }

    private static Change was(TokenAmount amount) {
        return new Change(amount, TokenAmount.ZERO);
    }

    private static Change willBe(TokenAmount amount) {
        return new Change(TokenAmount.ZERO, amount);
    }

    private static <K> void add(Map<K, Change> changes, K key, Change change) {
        changes.merge(key, change, Change::plus);
    }

    private static void eachRole(Statement one, BiConsumer<Role, TokenAmount> action) {
        one.roles().forEach(role -> action.accept(role.role(), role.paid()));
        action.accept(Role.COMMONS, one.commons());
    }

    private static void eachAccount(Statement one, BiConsumer<Address, TokenAmount> action) {
        one.lines().stream()
                .filter(line -> line.fresh().signum() > 0)
                .forEach(line -> action.accept(line.account(), line.fresh()));
    }

    private static List<Statement> last(List<Statement> all, int epochs) {
        return all.subList(Math.max(0, all.size() - epochs), all.size());
    }
}
