package atelier.governance;

import atelier.kernel.Address;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the mirrored changes of seats, as they stood after any block. */
@Component
class SeatRows {

    /** A seat that a vote took away. */
    record Revoked(long seat, String reason) {}

    /** Every seat's newest change until a block, with when the seat was taken. */
    private static final String STANDING =
            """
            select last.seat, last.account, first.changed_at as taken_at
            from (select distinct on (seat) seat, account, change from derived.seat_change
                  where seat > 0 and block_number <= :block
                  order by seat, block_number desc, log_index desc) last
            join derived.seat_change first on first.seat = last.seat and first.change = 'taken'
            where last.change in ('taken', 'moved')
            """;

    /** The last seat that an account came to, unless something happened to that seat since. */
    private static final String OF_ACCOUNT =
            """
            select came.seat, came.account,
                (select changed_at from derived.seat_change first
                 where first.seat = came.seat and first.change = 'taken') as taken_at
            from (select * from derived.seat_change
                  where account = :account and seat > 0 and block_number <= :block
                  order by block_number desc, log_index desc limit 1) came
            where came.change in ('taken', 'moved') and not exists (
                select from derived.seat_change later
                where later.seat = came.seat and later.block_number <= :block
                  and (later.block_number, later.log_index) > (came.block_number, came.log_index))
            """;

    private final JdbcClient jdbc;

    SeatRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Seat> of(Address account, long block) {
        return jdbc.sql(OF_ACCOUNT)
                .param("account", account.bytes())
                .param("block", block)
                .query(SeatRows::seat)
                .optional();
    }

    Optional<Seat> numbered(long number, long block) {
        return jdbc.sql(STANDING + " and last.seat = :number")
                .param("number", number)
                .param("block", block)
                .query(SeatRows::seat)
                .optional();
    }

    /** Seats that are somebody's, by number, from after one on. */
    List<Seat> standing(long block, long after, int limit) {
        return jdbc.sql(STANDING + " and last.seat > :after order by last.seat limit :limit")
                .param("block", block)
                .param("after", after)
                .param("limit", limit)
                .query(SeatRows::seat)
                .list();
    }

    /** Who sits, and who was seated by that time or before. */
    Electorate electorate(long block, Instant seatedBy) {
        return jdbc.sql(
                        """
                        select count(*) as seated,
                            count(*) filter (where taken_at <= :seatedBy) as voting,
                            coalesce((select max(seat) from derived.seat_change
                                where change = 'taken' and block_number <= :block
                                  and changed_at <= :seatedBy), 0) as last_seat
                        from (%s) standing
                        """
                                .formatted(STANDING))
                .param("block", block)
                .param("seatedBy", seatedBy.atOffset(ZoneOffset.UTC))
                .query((row, _) ->
                        new Electorate(
                                row.getLong("seated"),
                                row.getLong("voting"),
                                row.getLong("last_seat")))
                .single();
    }

    /** How many seats were taken since. */
    long takenSince(Instant time) {
        return jdbc.sql(
                        """
                        select count(*) from derived.seat_change
                        where change = 'taken' and changed_at >= :since
                        """)
                .param("since", time.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }

    /** What a vote took from an account, unless another one pardoned it. */
    Optional<Revoked> revoked(Address account) {
        return jdbc.sql(
                        """
                        select * from derived.seat_change where account = :account
                        order by block_number desc, log_index desc limit 1
                        """)
                .param("account", account.bytes())
                .query((row, _) ->
                        row.getString("change").equals("revoked")
                                ? Optional.of(
                                        new Revoked(row.getLong("seat"), row.getString("reason")))
                                : Optional.<Revoked>empty())
                .optional()
                .flatMap(found -> found);
    }

    private static Seat seat(ResultSet row, int number) throws SQLException {
        return new Seat(
                row.getLong("seat"),
                Address.of(row.getBytes("account")),
                row.getObject("taken_at", OffsetDateTime.class).toInstant());
    }
}
