package atelier.chain;

import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionSystemException;

/**
 * Where a process is stopped, interrupted or told lies: every statement, commit, question and
 * answer passes here, and at most one of a step goes wrong.
 */
final class SimulatedFaults implements MemoryStore.Hazards {

    /** The end of a process. */
    static final class Crash extends Error {
        Crash() {
            super("crash", null, false, false);
        }
    }

    private final Consumer<String> count;
    private final Consumer<SplittableRandom> meanwhile;
    private int places = -1;
    private int what;
    private @Nullable SplittableRandom chance;
    private boolean over;

    /**
     * @param count told of each fault
     * @param meanwhile what others do while a round stands still
     */
    SimulatedFaults(Consumer<String> count, Consumer<SplittableRandom> meanwhile) {
        this.count = count;
        this.meanwhile = meanwhile;
    }

    /** Has something go wrong once so many places were passed: a crash, a failure, or a pause. */
    void plan(int after, int fault, SplittableRandom random) {
        places = after;
        what = fault;
        chance = random;
    }

    /** What was planned does not happen any more. */
    void spare() {
        chance = null;
    }

    /** Nothing goes wrong from now on. */
    void end() {
        over = true;
        chance = null;
    }

    boolean over() {
        return over;
    }

    @Override
    public void at(String place) {
        if (over || chance == null || places < 0 || places-- > 0) {
            return;
        }
        SplittableRandom random = chance;
        switch (what) {
            case 0 -> {
                count.accept("crash at " + place);
                chance = null;
                throw new Crash();
            }
            case 1 -> {
                count.accept("failure at " + place);
                chance = null;
                throw failure(place);
            }
            default -> {
                if (place.equals("inside") || place.equals("commit")) {
                    places = 0; // not while rows are locked
                    return;
                }
                count.accept("pause at " + place);
                chance = null;
                meanwhile.accept(random);
            }
        }
    }

    private static RuntimeException failure(String place) {
        return switch (place) {
            case "ask", "answer" -> new NodeUnavailable("no answer");
            case "begin", "commit", "committed" ->
                    new TransactionSystemException("connection lost");
            default -> new DataAccessResourceFailureException("connection lost");
        };
    }
}
