package atelier.chain;

import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Intents that the chain executed in transactions that are not on our record. Kept by id and call,
 * whether such an intent is known here or not: what a restored backup has forgotten may be
 * submitted again, and is then at once what the chain says it is.
 */
interface Executions {

    /** A call that was executed under an intent's id. */
    record Execution(IntentId id, Call call, Hash32 tx, long block) {}

    /** Those of these transactions that no attempt of ours made. */
    Set<Hash32> foreign(int era, Collection<Hash32> transactions);

    /** The intent that is on its way in this request; what was signed last, if others lapsed. */
    Optional<IntentId> rider(int era, IntentStore.Request request);

    /** Keeps them; what is open or failed here and was executed so is in its block from now on. */
    void add(int era, List<Execution> executions);

    /** The same for what was submitted while an execution was being written; how many. */
    int adopt(int era);

    /** What was executed in blocks up to this height is final. */
    void finish(int era, long height);

    /** A reorg took the blocks from this height on. Called before the intents are taken back. */
    void revert(int era, long from);

    /** Whether all executions up to this block are known here. */
    boolean examined(int era, Node.Header block);
}
