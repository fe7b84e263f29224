package atelier.governance;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the mirrored operations of the timelock. */
@Component
class OperationRows {

    // What ended it is the first end after it was scheduled: its id may have been used before.
    private static final String SELECT =
            """
            select o.*, e.executed, e.ended_at from derived.operation o
            left join lateral (
                select executed, ended_at from derived.operation_end e
                where e.id = o.id
                  and (e.block_number, e.log_index) > (o.block_number, o.log_index)
                order by e.block_number, e.log_index limit 1) e on true
            """;

    private final JdbcClient jdbc;

    OperationRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The newest ones. */
    List<Operation> newest(int limit) {
        return jdbc.sql(SELECT + "order by o.block_number desc, o.log_index desc limit :limit")
                .param("limit", limit)
                .query(this::operation)
                .list();
    }

    /** The last of that id. */
    Optional<Operation> find(Hash32 id) {
        return jdbc.sql(
                        SELECT
                                + "where o.id = :id order by o.block_number desc, o.log_index desc"
                                + " limit 1")
                .param("id", id.bytes())
                .query(this::operation)
                .optional();
    }

    /** What operators proposed, has waited long enough by then, and is not done. */
    List<Operation> ready(Instant moment, int most) {
        return jdbc.sql(
                        SELECT
                                + "where e.executed is null and o.scheduled_by is not null"
                                + " and o.ready_at <= :moment"
                                + " order by o.block_number, o.log_index limit :most")
                .param("moment", moment.atOffset(ZoneOffset.UTC))
                .param("most", most)
                .query(this::operation)
                .list();
    }

    private Operation operation(ResultSet row, int number) throws SQLException {
        Hash32 id = Hash32.of(row.getBytes("id"));
        long block = row.getLong("block_number");
        byte[] by = row.getBytes("scheduled_by");
        Boolean executed = row.getObject("executed", Boolean.class);
        return new Operation(
                id,
                block,
                Hash32.of(row.getBytes("predecessor")),
                Hash32.of(row.getBytes("salt")),
                steps(id, block),
                by == null ? null : Address.of(by),
                row.getObject("scheduled_at", OffsetDateTime.class).toInstant(),
                row.getObject("ready_at", OffsetDateTime.class).toInstant(),
                state(executed),
                executed == null
                        ? null
                        : row.getObject("ended_at", OffsetDateTime.class).toInstant());
    }

    private static Operation.State state(@Nullable Boolean executed) {
        if (executed == null) {
            return Operation.State.WAITING;
        }
        return executed ? Operation.State.EXECUTED : Operation.State.CANCELLED;
    }

    private List<Operation.Step> steps(Hash32 id, long block) {
        return jdbc.sql(
                        """
                        select target, value, data from derived.operation_call
                        where id = :id and block_number = :block order by number
                        """)
                .param("id", id.bytes())
                .param("block", block)
                .query((row, _) ->
                        new Operation.Step(
                                Address.of(row.getBytes("target")),
                                row.getBigDecimal("value").toBigIntegerExact(),
                                row.getBytes("data")))
                .list();
    }
}
