package atelier.profit;

import atelier.chain.Topics;
import atelier.kernel.Hash32;
import atelier.kernel.TokenAmount;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the contract that pays shares said of statements, event by event. */
@Component
class Publications {

    private static final String EVENTS =
            """
            SELECT topic0,
                CASE WHEN topic0 = :published THEN derived.topic_uint(topic1) ELSE 0 END AS epoch,
                coalesce(topic2, topic1) AS root,
                CASE WHEN length(data) >= 32 THEN derived.uint(data, 0) ELSE 0 END AS first,
                CASE WHEN length(data) >= 64 THEN derived.uint(data, 1) ELSE 0 END AS second,
                CASE WHEN length(data) >= 96 THEN derived.bytes32(data, 2) ELSE topic1 END AS third,
                tx_hash, l.block_number, log_index, b.mined_at
            FROM derived.log l JOIN derived.block b ON b.hash = l.block_hash
            WHERE l.canonical AND contract = 'ProfitShare' AND topic1 IS NOT NULL
            ORDER BY l.block_number, log_index
            """;

    private final JdbcClient jdbc;

    Publications(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * All of them, oldest first.
     *
     * @param now the chain's time: what waited until then counts, although no event says so yet
     */
    List<Publication> all(Instant now) {
        List<Publication> all = new ArrayList<>();
        Said before = null;
        for (Said said : said()) {
            take(all, said, before);
            before = said;
        }
        if (!all.isEmpty() && isDue(all.getLast(), now)) {
            Publication last = all.getLast();
            all.set(all.size() - 1, last.with(last.course().counting(counted(all) + 1)));
        }
        return List.copyOf(all);
    }

    /** The one that counts last. */
    Optional<Publication> counting(Instant now) {
        return all(now).stream()
                .filter(Publication::counts)
                .max(Comparator.comparingInt(Publication::number));
    }

    /** Whether a seat spoke against a publication, the last of its root. */
    boolean isOpposedBy(Publication publication, long seat) {
        return jdbc.sql(
                        """
                        SELECT EXISTS (SELECT FROM derived.log
                            WHERE canonical AND contract = 'ProfitShare' AND topic0 = :objected
                              AND topic1 = :root AND derived.topic_uint(topic2) = :seat
                              AND block_number >= :block)
                        """)
                .param("objected", Topics.OBJECTED.bytes())
                .param("root", publication.root().bytes())
                .param("seat", seat)
                .param("block", publication.block())
                .query(Boolean.class)
                .single();
    }

    private List<Said> said() {
        return jdbc.sql(EVENTS)
                .param("published", Topics.PUBLISHED.bytes())
                .query((row, _) -> Said.of(row))
                .list();
    }

    private static boolean isDue(Publication last, Instant now) {
        return last.state() == Publication.State.WAITING && !last.countsFrom().isAfter(now);
    }

    private static int counted(List<Publication> all) {
        return all.stream().mapToInt(Publication::number).max().orElse(0);
    }

    private static void take(List<Publication> all, Said said, @Nullable Said before) {
        if (said.event().equals(Topics.PUBLISHED)) {
            all.add(said.publication());
        } else if (!all.isEmpty()) {
            Publication last = all.getLast();
            all.set(all.size() - 1, last.with(after(last.course(), said, before)));
        }
    }

    /** One statement waits at a time, so an event means the last. */
    private static Publication.Course after(
            Publication.Course last, Said said, @Nullable Said before) {
        Hash32 event = said.event();
        if (event.equals(Topics.OBJECTED)) {
            return last.opposed();
        }
        if (event.equals(Topics.HELD)) {
            return last.held(new Publication.Hold(!said.followsAnObjection(before), said.at()));
        }
        if (event.equals(Topics.RELEASED)) {
            return last.released();
        }
        if (event.equals(Topics.CANCELLED)) {
            return last.cancelled(new Publication.End(said.at(), new TokenAmount(said.first())));
        }
        return event.equals(Topics.EFFECTIVE) ? last.counting(said.first().intValueExact()) : last;
    }

    /** One event: its topics and the first words of its data. */
    private record Said(
            Hash32 event,
            long epoch,
            Hash32 root,
            BigInteger first,
            long second,
            Hash32 third,
            Hash32 tx,
            long block,
            int index,
            Instant at) {

        static Said of(ResultSet row) throws SQLException {
            return new Said(
                    Hash32.of(row.getBytes("topic0")),
                    row.getLong("epoch"),
                    Hash32.of(row.getBytes("root")),
                    row.getBigDecimal("first").toBigIntegerExact(),
                    row.getLong("second"),
                    Hash32.of(row.getBytes("third")),
                    Hash32.of(row.getBytes("tx_hash")),
                    row.getLong("block_number"),
                    row.getInt("log_index"),
                    row.getObject("mined_at", OffsetDateTime.class).toInstant());
        }

        /**
         * The last of enough seats holds it in the very call that objects; whoever guards makes a
         * call for it.
         */
        boolean followsAnObjection(@Nullable Said before) {
            return before != null
                    && before.event().equals(Topics.OBJECTED)
                    && before.block() == block
                    && before.index() == index - 1;
        }

        Publication publication() {
            return new Publication(
                    epoch,
                    root,
                    new TokenAmount(first),
                    third,
                    Instant.ofEpochSecond(second),
                    Publication.Course.BEGUN,
                    tx,
                    block);
        }
    }
}
