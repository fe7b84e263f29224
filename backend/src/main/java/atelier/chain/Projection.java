package atelier.chain;

/**
 * A module's view of the chain, kept in {@code derived}. Called inside the reader's transaction, in
 * the order of {@code @Order}: set-based SQL over {@code derived.log}, no network, no commands.
 */
public interface Projection {

    /** Adds what the canonical logs of these blocks say, both ends included. */
    void apply(long fromBlock, long toBlock);

    /**
     * Takes back everything that came from this block or a later one; their logs are already marked
     * as not canonical. A rebuild calls it with 0.
     */
    void revert(long fromBlock);
}
