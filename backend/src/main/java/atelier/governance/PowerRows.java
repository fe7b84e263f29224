package atelier.governance;

import atelier.kernel.Address;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the mirrored stages, roles, and what roles may call; the newest row of a place counts. */
@Component
class PowerRows {

    /** A stage, and since when. */
    record Reached(int stage, Instant at, long block) {}

    /** A function under a role. */
    @SuppressWarnings("ArrayRecordComponent") // looked at, never compared
    record Placed(Address target, byte[] selector, long role) {}

    /** An account that has a role, and how long it has to wait before it acts. */
    record Holder(long role, Address account, long delay) {}

    private final JdbcClient jdbc;

    PowerRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Every stage that was reached, the first one first. */
    List<Reached> stages() {
        return jdbc.sql("select * from derived.ratchet_stage order by block_number, log_index")
                .query((row, _) ->
                        new Reached(
                                row.getInt("stage"),
                                row.getObject("reached_at", OffsetDateTime.class).toInstant(),
                                row.getLong("block_number")))
                .list();
    }

    List<Placed> functions() {
        return jdbc.sql(
                        """
                        select distinct on (target, selector) target, selector, role
                        from derived.role_function
                        order by target, selector, block_number desc, log_index desc
                        """)
                .query((row, _) ->
                        new Placed(
                                Address.of(row.getBytes("target")),
                                row.getBytes("selector"),
                                row.getLong("role")))
                .list();
    }

    /** Who has roles with the manager. */
    List<Holder> holders() {
        return jdbc.sql(
                        """
                        select role, account, delay from (
                            select distinct on (role, account) role, account, given, delay
                            from derived.role_holder where keeper = 'AccessManager'
                            order by role, account, block_number desc, log_index desc) last
                        where given and role < 9223372036854775807 order by role, account
                        """)
                .query((row, _) ->
                        new Holder(
                                row.getLong("role"),
                                Address.of(row.getBytes("account")),
                                row.getLong("delay")))
                .list();
    }

    /** Whether an account has a role with the timelock. */
    boolean timelockGave(BigInteger role, Address account) {
        return jdbc.sql(
                        """
                        select given from derived.role_holder
                        where keeper = 'Timelock' and role = :role and account = :account
                        order by block_number desc, log_index desc limit 1
                        """)
                .param("role", role)
                .param("account", account.bytes())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /** How long the timelock has what was decided wait. */
    Optional<Duration> delay() {
        return jdbc.sql(
                        """
                        select seconds from derived.timelock_delay
                        order by block_number desc, log_index desc limit 1
                        """)
                .query(Long.class)
                .optional()
                .map(Duration::ofSeconds);
    }
}
