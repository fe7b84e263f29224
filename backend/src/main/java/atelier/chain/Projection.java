package atelier.chain;

/**
 * A module's view of the chain, kept in {@code derived}. Called inside the reader's transaction, in
 * the order of {@code @Order}: set-based SQL or COPY, no network, no commands.
 */
public interface Projection {

    /** Adds what these logs say; they are in {@code derived.log} already. */
    void apply(ContractLogs logs);

    /**
     * Takes back everything that came from this block or a later one; their logs are already marked
     * as not canonical. A rebuild calls it with 0.
     */
    void revert(long fromBlock);
}
