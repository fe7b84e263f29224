package atelier.chain;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Who holds which lease, and until when by the database's clock. */
interface LeaseTable {

    /** Takes a lease that is free, over or the holder's own; its epoch if it is theirs now. */
    Optional<Long> take(String name, UUID holder, Duration length);

    /**
     * Whether the holder still has the lease in this epoch. If so, nobody else can take it until
     * the caller's transaction ends.
     */
    boolean lock(String name, UUID holder, long epoch);

    /** Ends a lease if it is the holder's. */
    void release(String name, UUID holder);
}
