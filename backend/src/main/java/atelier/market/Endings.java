package atelier.market;

import atelier.chain.MirrorStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Marks the orders that are over for good: what a final block sold, cancelled or outdated, and what
 * ran out a while ago. Should a final block prove not to be, every mark is taken off and set anew.
 */
@Component
class Endings {

    /** How long an order is kept in sight after its last second, whatever a clock is set to. */
    private static final Duration KEPT = Duration.ofHours(1);

    private static final int BLOCKS_AT_ONCE = 10_000;

    private static final String MARK =
            """
            update recorded.signed_order o set ended = true
            where not o.ended and o.order_hash in (
                select order_hash from derived.sale
                where block_number between :from and :to
                union all
                select order_hash from derived.order_cancellation
                where block_number between :from and :to
                union all
                select old.order_hash from derived.work_position p
                join recorded.signed_order old on old.token_id = p.token_id
                where p.block_number between :from and :to
                  and old.transfer_nonce < p.transfer_nonce and not old.ended
                union all
                select old.order_hash from derived.order_counter c
                join recorded.signed_order old on old.maker = c.maker
                where c.block_number between :from and :to
                  and old.counter < c.counter and not old.ended)
            """;

    private final JdbcClient jdbc;
    private final InstantSource wall;

    Endings(JdbcClient jdbc, InstantSource wall) {
        this.jdbc = jdbc;
        this.wall = wall;
    }

    /** How far the marks go, and the block that is there. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Swept(long height, byte[] hash) {}

    /** Marks what has ended since; whether there is more to look through. */
    @Transactional
    public boolean mark(MirrorStatus mirror) {
        Optional<Swept> swept = lock();
        swept.ifPresent(_ -> expire(mirror.time()));
        return swept.filter(known -> known.height() <= mirror.height()) // or it is being read anew
                .map(known -> isGone(known) ? forget() : goOn(known, mirror.finalHeight()))
                .orElse(false);
    }

    private boolean forget() {
        jdbc.sql("update recorded.signed_order set ended = false where ended").update();
        move(-1, new byte[0]);
        return true;
    }

    private boolean goOn(Swept swept, long finalHeight) {
        long to = Math.min(finalHeight, swept.height() + BLOCKS_AT_ONCE);
        if (to <= swept.height()) {
            return false;
        }
        jdbc.sql(MARK).param("from", swept.height() + 1).param("to", to).update();
        move(to, canonical(to).orElse(new byte[0]));
        return to < finalHeight;
    }

    /** Other processes look, too; one at a time is enough. */
    private Optional<Swept> lock() {
        return jdbc.sql("select height, hash from recorded.market_sweep for update skip locked")
                .query((row, _) -> new Swept(row.getLong("height"), row.getBytes("hash")))
                .optional();
    }

    private boolean isGone(Swept swept) {
        return swept.hash().length > 0
                && canonical(swept.height())
                        .filter(now -> Arrays.equals(now, swept.hash()))
                        .isEmpty();
    }

    private Optional<byte[]> canonical(long height) {
        return jdbc.sql("select hash from derived.block where canonical and number = :height")
                .param("height", height)
                .query((row, _) -> row.getBytes("hash"))
                .optional();
    }

    private void expire(Instant mirrored) {
        Instant clocked = wall.instant();
        Instant now = mirrored.isAfter(clocked) ? mirrored : clocked;
        jdbc.sql(
                        """
                        update recorded.signed_order set ended = true
                        where not ended and expires_at < :past
                        """)
                .param("past", now.minus(KEPT).atOffset(ZoneOffset.UTC))
                .update();
    }

    private void move(long height, byte[] hash) {
        jdbc.sql("update recorded.market_sweep set height = :height, hash = :hash")
                .param("height", height)
                .param("hash", hash)
                .update();
    }
}
