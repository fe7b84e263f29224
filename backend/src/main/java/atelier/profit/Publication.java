package atelier.profit;

import atelier.kernel.Hash32;
import atelier.kernel.TokenAmount;
import java.time.Instant;
import java.util.Locale;

/**
 * A statement's root as the chain has it.
 *
 * @param epoch whose statement it is
 * @param total the sum of all shares so far
 * @param digest the SHA-256 of the statement's text
 * @param countsFrom when it counts, or counted, if nobody holds it
 * @param number which one of those that count; 0 until it counts
 * @param objections seats that are against it
 * @param tx the transaction that published it
 * @param block where that is
 */
public record Publication(
        long epoch,
        Hash32 root,
        TokenAmount total,
        Hash32 digest,
        Instant countsFrom,
        State state,
        int number,
        int objections,
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

    /** Whether it still waits, or waits for a vote. */
    public boolean waits() {
        return state == State.WAITING || state == State.HELD;
    }

    public boolean counts() {
        return state == State.COUNTS;
    }

    public boolean of(KeptStatement statement) {
        return epoch == statement.epoch() && root.equals(statement.root());
    }

    Publication in(State now) {
        return new Publication(
                epoch, root, total, digest, countsFrom, now, number, objections, tx, block);
    }

    Publication counting(int numbered) {
        return new Publication(
                epoch,
                root,
                total,
                digest,
                countsFrom,
                State.COUNTS,
                numbered,
                objections,
                tx,
                block);
    }

    Publication opposed() {
        return new Publication(
                epoch, root, total, digest, countsFrom, state, number, objections + 1, tx, block);
    }
}
