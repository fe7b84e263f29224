package atelier.market;

import atelier.kernel.Address;
import atelier.kernel.WorkId;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What an order must be bound to: works' positions and makers' counters, as mirrored. */
@Repository
class Positions {

    private final JdbcClient jdbc;

    Positions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Position> of(WorkId work) {
        return jdbc.sql(
                        """
                        select p.owner, p.transfer_nonce, b.mined_at
                        from derived.work_position p
                        join derived.block b on b.number = p.block_number and b.canonical
                        where p.token_id = :work
                        order by p.transfer_nonce desc limit 1
                        """)
                .param("work", work.tokenId())
                .query((row, _) ->
                        new Position(
                                Address.of(row.getBytes("owner")),
                                row.getLong("transfer_nonce"),
                                row.getObject("mined_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    /** The counter that a maker must sign now. */
    long counterOf(Address maker) {
        return jdbc.sql(
                        """
                        select coalesce(max(counter), 0) from derived.order_counter
                        where maker = :maker
                        """)
                .param("maker", maker.bytes())
                .query(Long.class)
                .single();
    }
}
