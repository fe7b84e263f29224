package atelier.profit;

import atelier.kernel.Hash32;
import atelier.kernel.TokenAmount;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A statement's root as the chain has it.
 *
 * @param epoch whose statement it is
 * @param total the sum of all shares so far
 * @param digest the SHA-256 of the statement's text
 * @param countsFrom when it counts, or counted, if nobody holds it
 * @param course what became of it
 * @param tx the transaction that published it
 * @param block where that is
 */
public record Publication(
        long epoch,
        Hash32 root,
        TokenAmount total,
        Hash32 digest,
        Instant countsFrom,
        Course course,
        Hash32 tx,
        long block) {

    /** How far a publication is. */
    public enum State {
        /** In its challenge window. */
        WAITING,
        /** Waits for a vote. */
        HELD,
        /** Its shares can be claimed. */
        COUNTS,
        /** A vote ended it. */
        CANCELLED;

        /** Lower case, as in messages. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * That somebody wanted a vote on it.
     *
     * @param byGuardian whether the guardian did; otherwise enough seats
     */
    public record Hold(boolean byGuardian, Instant since) {}

    /**
     * That a vote ended it.
     *
     * @param returned what went back to the treasury
     */
    public record End(Instant at, TokenAmount returned) {}

    /**
     * What became of a publication so far.
     *
     * @param number which one of those that count; 0 until it counts
     * @param objections seats that are against it
     * @param hold null if nobody ever held it
     * @param end null unless a vote ended it
     */
    public record Course(
            State state, int number, int objections, @Nullable Hold hold, @Nullable End end) {

        static final Course BEGUN = new Course(State.WAITING, 0, 0, null, null);

        Course opposed() {
            return new Course(state, number, objections + 1, hold, end);
        }

        /** The first who holds it decides since when. */
        Course held(Hold wanted) {
            return new Course(
                    State.HELD, number, objections, state == State.HELD ? hold : wanted, end);
        }

        Course released() {
            return new Course(State.WAITING, number, objections, hold, end);
        }

        Course cancelled(End ended) {
            return new Course(State.CANCELLED, number, objections, hold, ended);
        }

        Course counting(int numbered) {
            return new Course(State.COUNTS, numbered, objections, hold, end);
        }
    }

    public State state() {
        return course.state();
    }

    public int number() {
        return course.number();
    }

    /** Whether it still waits, or waits for a vote. */
    public boolean waits() {
        return state() == State.WAITING || state() == State.HELD;
    }

    public boolean counts() {
        return state() == State.COUNTS;
    }

    public boolean of(KeptStatement statement) {
        return epoch == statement.epoch() && root.equals(statement.root());
    }

    Publication with(Course now) {
        return new Publication(epoch, root, total, digest, countsFrom, now, tx, block);
    }
}
