package atelier.profit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Goes through the facts in their order and adds up what each closed epoch had of them. */
final class Chronicle {

    private final Deque<Epoch> ahead;
    private final RuleHistory rules;
    private final Amendment amendment;
    private final Witness witness;
    private final Register register = new Register();
    private final List<Doings> closed = new ArrayList<>();
    private Fact.@Nullable Place last;
    private @Nullable Doings current;

    private Chronicle(Outline outline, Amendment amendment, Witness witness) {
        this.witness = witness;
        this.ahead = new ArrayDeque<>(outline.closed());
        this.rules = outline.rules();
        this.amendment = amendment;
    }

    /**
     * What happened in each closed epoch, in their order.
     *
     * @param outline of the same facts
     * @param amendment the rules that are used instead of those in force
     * @param witness is told who did what
     * @throws IllegalArgumentException if facts are out of order, or some are missing
     */
    static List<Doings> of(
            Outline outline, Iterable<Fact> facts, Amendment amendment, Witness witness) {
        Chronicle chronicle = new Chronicle(outline, amendment, witness);
        facts.forEach(chronicle::take);
        chronicle.moveOn(Long.MAX_VALUE);
        return Collections.unmodifiableList(chronicle.closed);
    }

    private void take(Fact fact) {
        checkOrder(fact.place());
        moveOn(fact.place().time());
        register.note(fact);
        if (current != null) {
            current.count(fact, register);
        }
    }

    private void checkOrder(Fact.Place place) {
        Fact.Place before = last;
        if (before != null && !place.isAfter(before)) {
            throw new IllegalArgumentException(
                    "Facts are out of order: %s after %s".formatted(place, before));
        }
        last = place;
    }

    /** Ends the epochs that are over at a time, and begins the one that has begun. */
    private void moveOn(long time) {
        end(time);
        while (current == null && !ahead.isEmpty() && ahead.getFirst().start() <= time) {
            Epoch next = ahead.removeFirst();
            current = new Doings(next, amendment.of(next, rules.at(next)), witness);
            end(time);
        }
    }

    private void end(long time) {
        Doings doings = current;
        if (doings != null && doings.epoch().end() <= time) {
            register.seats().count(doings);
            closed.add(doings);
            current = null;
        }
    }
}
