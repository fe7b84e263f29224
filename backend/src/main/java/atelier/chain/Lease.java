package atelier.chain;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

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

    private final JdbcClient database;
    private final String name;
    private final UUID holder;
    private final Duration length;
    private volatile @Nullable Long epoch;

    Lease(JdbcClient database, String name, UUID holder, Duration length) {
        this.database = database;
        this.name = name;
        this.holder = holder;
        this.length = length;
    }

    /** Takes the lease or keeps it; whether it is ours now. */
    boolean hold() {
        Optional<Long> held =
                database.sql(
                                """
                                INSERT INTO recorded.lease AS l (name, holder, epoch, until)
                                VALUES (:name, :holder, 1,
                                    clock_timestamp() + make_interval(secs => :length))
                                ON CONFLICT (name) DO UPDATE SET
                                    holder = excluded.holder,
                                    epoch = CASE WHEN l.holder = excluded.holder
                                        THEN l.epoch ELSE l.epoch + 1 END,
                                    until = excluded.until
                                WHERE l.holder = excluded.holder OR l.until < clock_timestamp()
                                RETURNING epoch
                                """)
                        .param("name", name)
                        .param("holder", holder)
                        .param("length", length.toMillis() / 1000.0)
                        .query(Long.class)
                        .optional();
        epoch = held.orElse(null);
        return held.isPresent();
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
        return database.sql(
                        "SELECT epoch FROM recorded.lease WHERE name = :name AND holder = :holder"
                                + " AND epoch = :epoch FOR UPDATE")
                .param("name", name)
                .param("holder", holder)
                .param("epoch", epoch)
                .query(Long.class)
                .optional()
                .orElseThrow(() -> new Lost(name));
    }

    /** Lets another process take it at once. */
    void release() {
        if (held()) {
            database.sql(
                            "UPDATE recorded.lease SET until = clock_timestamp() WHERE name = :name"
                                    + " AND holder = :holder")
                    .param("name", name)
                    .param("holder", holder)
                    .update();
            epoch = null;
        }
    }
}
