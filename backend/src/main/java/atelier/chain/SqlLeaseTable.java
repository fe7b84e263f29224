package atelier.chain;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Leases as rows of {@code recorded}. */
@Component
class SqlLeaseTable implements LeaseTable {

    private final JdbcClient database;

    SqlLeaseTable(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Optional<Long> take(String name, UUID holder, Duration length) {
        return database.sql(
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
    }

    @Override
    public boolean lock(String name, UUID holder, long epoch) {
        return database.sql(
                        "SELECT epoch FROM recorded.lease WHERE name = :name AND holder = :holder"
                                + " AND epoch = :epoch FOR UPDATE")
                .param("name", name)
                .param("holder", holder)
                .param("epoch", epoch)
                .query(Long.class)
                .optional()
                .isPresent();
    }

    @Override
    public void release(String name, UUID holder) {
        database.sql(
                        "UPDATE recorded.lease SET until = clock_timestamp() WHERE name = :name"
                                + " AND holder = :holder")
                .param("name", name)
                .param("holder", holder)
                .update();
    }
}
