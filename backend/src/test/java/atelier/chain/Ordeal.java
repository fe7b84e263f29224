package atelier.chain;

import java.util.Map;
import java.util.SplittableRandom;

/** One kind of fault on a community that lives on, again and again. */
interface Ordeal extends AutoCloseable {

    /**
     * Plays it once, from traffic to rest.
     *
     * @param fired counts what went wrong, by name
     */
    void play(SplittableRandom random, Map<String, Long> fired) throws Exception;

    /** Whether there is nothing left to play. */
    default boolean over() {
        return false;
    }

    @Override
    void close();
}
