package atelier.governance;

import atelier.kernel.Address;
import atelier.kernel.MemberId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who wishes a seat: rows of {@code recorded.seat_request}. */
@Component
class SeatRequests {

    /** A wish that is not settled. */
    record Request(MemberId member, Address account, Instant asked) {

        /** What sets this wish apart from the member's earlier ones: when it was made. */
        String subject() {
            return member + "@" + ChronoUnit.MICROS.between(Instant.EPOCH, asked);
        }
    }

    private static final String SELECT =
            "select member, account, asked from recorded.seat_request where not settled ";

    private final JdbcClient jdbc;

    SeatRequests(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Wishes a seat, also where an earlier wish was settled. */
    void add(MemberId member, Address account, Instant now) {
        jdbc.sql(
                        """
                        insert into recorded.seat_request (member, account, asked, next_try)
                        values (:member, :account, :now, :now)
                        on conflict (member) do update
                        set settled = false, sent = false, asked = :now, next_try = :now
                        where seat_request.settled
                        """)
                .param("member", member.id())
                .param("account", account.bytes())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Whether anybody is waiting. */
    boolean any() {
        return jdbc.sql("select exists (select from recorded.seat_request where not settled)")
                .query(Boolean.class)
                .single();
    }

    /** Whether the caller's transaction is the only one that gives seats. */
    boolean lock() {
        return jdbc.sql("select pg_try_advisory_xact_lock(hashtext('governance seats'))")
                .query(Boolean.class)
                .single();
    }

    /** Those for which something was sent. */
    List<Request> sent() {
        return jdbc.sql(SELECT + "and sent").query(SeatRequests::request).list();
    }

    /** Those that are to be looked at by now, the oldest first. */
    List<Request> due(Instant now, int most) {
        return jdbc.sql(SELECT + "and next_try <= :now order by next_try, asked limit :most")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("most", most)
                .query(SeatRequests::request)
                .list();
    }

    Optional<Request> of(MemberId member) {
        return jdbc.sql(SELECT + "and member = :member")
                .param("member", member.id())
                .query(SeatRequests::request)
                .optional();
    }

    /** Something was sent for it; it is to be looked at again then. */
    void sent(Request request, Instant nextTry) {
        jdbc.sql(
                        """
                        update recorded.seat_request set sent = true, next_try = :nextTry
                        where member = :member
                        """)
                .param("nextTry", nextTry.atOffset(ZoneOffset.UTC))
                .param("member", request.member().id())
                .update();
    }

    void postpone(Request request, Instant nextTry) {
        jdbc.sql("update recorded.seat_request set next_try = :nextTry where member = :member")
                .param("nextTry", nextTry.atOffset(ZoneOffset.UTC))
                .param("member", request.member().id())
                .update();
    }

    void settle(MemberId member) {
        jdbc.sql("update recorded.seat_request set settled = true where member = :member")
                .param("member", member.id())
                .update();
    }

    private static Request request(ResultSet row, int number) throws SQLException {
        return new Request(
                new MemberId(row.getObject("member", UUID.class)),
                Address.of(row.getBytes("account")),
                row.getObject("asked", OffsetDateTime.class).toInstant());
    }
}
