package atelier.profit;

import atelier.kernel.Address;
import atelier.kernel.TokenAmount;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.BiConsumer;

/**
 * What other rules for profit would have meant in the last epochs, for each role and each account:
 * the same function on the same facts, so behaviour is held fixed, and every statement counts.
 *
 * @param before the statements of those epochs under the rules as they were, but their accounts
 * @param after the same under the changed rules
 * @param byAccount what each account would have had
 */
public record Replay(
        List<Statement> before, List<Statement> after, SortedMap<Address, Change> byAccount) {

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
     * @param facts from the beginning; gone through twice
     * @param epochs how many; fewer if there are not that many
     * @throws IllegalArgumentException if facts are out of order, or some are missing
     */
    public static Replay of(Iterable<Fact> facts, Map<Integer, BigInteger> changes, int epochs) {
        Outline outline = Outline.of(facts);
        List<Epoch> closed = outline.closed();
        long from = (long) closed.size() - epochs + 1;
        return of(closed, facts, new Rehearsal(outline, Opening.FIRST, changes, from));
    }

    /**
     * Replays a change of rules over some closed epochs, each following the one before.
     *
     * @param outline of all facts
     * @param opening what the statement before them leaves
     * @param facts of these epochs, and from the beginning what makes known what they name; gone
     *     through once
     * @throws IllegalArgumentException if facts are out of order, or some are missing
     */
    static Replay of(
            Outline outline,
            Opening opening,
            List<Epoch> epochs,
            Iterable<Fact> facts,
            Map<Integer, BigInteger> changes) {
        return of(
                epochs,
                facts,
                new Rehearsal(outline, opening, changes, epochs.getFirst().number()));
    }

    private static Replay of(List<Epoch> epochs, Iterable<Fact> facts, Rehearsal rehearsal) {
        Chronicle.tell(epochs, facts, Witness.NONE, rehearsal::take);
        return rehearsal.replay();
    }

    /** What each role would have had, commons included. */
    public Map<Role, Change> byRole() {
        Map<Role, Change> changes = new EnumMap<>(Role.class);
        before.forEach(one -> eachRole(one, (role, had) -> add(changes, role, was(had))));
        after.forEach(one -> eachRole(one, (role, has) -> add(changes, role, willBe(has))));
        return changes;
    }

    private static Change was(TokenAmount amount) {
        return new Change(amount, TokenAmount.ZERO);
    }

    private static Change willBe(TokenAmount amount) {
        return new Change(TokenAmount.ZERO, amount);
    }

    private static void add(Map<Role, Change> changes, Role role, Change change) {
        changes.merge(role, change, Change::plus);
    }

    private static void eachRole(Statement one, BiConsumer<Role, TokenAmount> action) {
        one.roles().forEach(role -> action.accept(role.role(), role.paid()));
        action.accept(Role.COMMONS, one.commons());
    }
}
