package atelier.chain;

import atelier.chain.Node.Header;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.util.Map;
import java.util.Optional;

/** Blocks, logs and the cursor; the reader alone writes them, inside its transaction. */
interface MirrorTables {

    /** How far the mirror is. */
    record Cursor(int era, long start, long height, Hash32 hash) {}

    Optional<Cursor> cursor();

    /** The hash of the canonical block at a height. */
    Optional<Hash32> canonical(long number);

    /** Starts an empty mirror on the block before the first of ours. */
    void begin(int era, Header before);

    /** Marks everything from a height on as not canonical. */
    void orphan(long from);

    /** Adds a range; a block that was orphaned and comes back replaces its orphaned rows. */
    void add(Range range, Map<Address, ContractKind> contracts);

    void move(long height, Hash32 hash);

    /** Leaves out, for a long way to the head, the indexes that adding and taking back need not. */
    default void postponeIndexes() {}

    /** Builds what was left out, if anything was; takes a while. */
    default void completeIndexes() {}
}
