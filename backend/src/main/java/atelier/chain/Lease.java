package atelier.chain;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The right to send, or to read: one process has it at a time. Its epoch rises with every new
 * holder, and every transaction of the holder asks for its own epoch under a lock, so that a
 * process that slept past its lease writes nothing. Times are the database's.
 */
final class Lease {

    /** A transaction of a process whose lease has passed to another. */
    static final class Lost extends RuntimeException {
        Lost(String name) {
            super("The lease " + name + " has passed to another process");
        }
    }

    private final LeaseTable table;
    private final String name;
    private final UUID holder;
    private final Duration length;
    private volatile @Nullable Long epoch;

    Lease(LeaseTable table, String name, UUID holder, Duration length) {
        this.table = table;
        this.name = name;
        this.holder = holder;
        this.length = length;
    }

    /** Takes the lease or keeps it; whether it is ours now. */
    boolean hold() {
        Optional<Long> held = table.take(name, holder, length);
        epoch = held.orElse(null);
        return held.isPresent();
    }

    /** In which epoch it is ours, if it is. */
    @Nullable Long epoch() {
        return epoch;
    }

    boolean held() {
        return epoch != null;
    }

    /**
     * Called first in a transaction of the holder: no other process can take the lease until it
     * ends.
     *
     * @return the epoch
     * @throws Lost if it is not ours any more
     */
    long fence() {
        Long ours = epoch;
        if (ours == null || !table.lock(name, holder, ours)) {
            throw new Lost(name);
        }
        return ours;
    }

    /** Lets another process take it at once. */
    void release() {
        if (held()) {
            table.release(name, holder);
            epoch = null;
        }
    }
}
