package atelier.chain;

import atelier.kernel.Address;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * How far the nonces of our keys have been promised to the chain. Kept outside the database and
 * raised before bytes leave, so that a restored backup can be told what it has forgotten.
 */
interface HighWater {

    /**
     * How far one key has come.
     *
     * @param next no higher nonce has ever left, nor this one
     * @param until the latest end of what members have signed in the nonces below
     */
    record Mark(Address key, long next, Instant until) {

        /** Requests end at whole seconds. */
        public Mark {
            until = until.truncatedTo(ChronoUnit.SECONDS);
        }

        /** What both say. */
        Mark and(Mark other) {
            return new Mark(
                    key,
                    Math.max(next, other.next),
                    until.isAfter(other.until) ? until : other.until);
        }
    }

    /** Where nothing is kept, nothing is known. */
    HighWater NONE =
            new HighWater() {
                @Override
                public List<Mark> marks(int era) {
                    return List.of();
                }

                @Override
                public void raise(int era, Mark mark) {}
            };

    /** What is kept of this chain, of one key at most once. */
    List<Mark> marks(int era);

    /** Returns once this would be known after a loss of power; never lowers anything. */
    void raise(int era, Mark mark);

    /** The first nonce of a key that has not been promised. */
    default long next(int era, Address key) {
        return marks(era).stream()
                .filter(mark -> mark.key().equals(key))
                .mapToLong(Mark::next)
                .findFirst()
                .orElse(0);
    }
}
