package atelier.profit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Goes through the facts in their order and adds up what epochs had of them. */
final class Chronicle {

    private final Accounts accounts = new Accounts();
    private final Register register = new Register(accounts);
    private final Deque<Epoch> ahead;
    private final Witness witness;
    private final Consumer<Doings> listener;
    private Fact.@Nullable Place last;
    private @Nullable Doings current;

    private Chronicle(List<Epoch> epochs, Witness witness, Consumer<Doings> listener) {
        this.ahead = new ArrayDeque<>(epochs);
        this.witness = witness;
        this.listener = listener;
    }

    /**
     * Tells what happened in each epoch when it is over, in their order.
     *
     * @param epochs that are closed, each following the one before
     * @param facts of these epochs, and what makes known what they name
     * @param witness is told who did what
     * @throws IllegalArgumentException if facts are out of order, or some are missing
     */
    static void tell(
            List<Epoch> epochs, Iterable<Fact> facts, Witness witness, Consumer<Doings> listener) {
        Chronicle chronicle = new Chronicle(epochs, witness, listener);
        facts.forEach(chronicle::take);
        chronicle.moveOn(Long.MAX_VALUE);
    }

    private void take(Fact fact) {
        checkOrder(fact.place());
        moveOn(fact.place().time());
        register.note(fact);
        if (current != null) {
            current.count(fact);
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
            current = new Doings(ahead.removeFirst(), accounts, register, witness);
            end(time);
        }
    }

    private void end(long time) {
        Doings doings = current;
        if (doings != null && doings.epoch().end() <= time) {
            doings.close();
            current = null;
            listener.accept(doings);
        }
    }
}
