package atelier.profit;

import atelier.chain.Topics;
import atelier.kernel.Hash32;
import atelier.kernel.TokenAmount;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
                tx_hash, block_number
            FROM derived.log
            WHERE canonical AND contract = 'ProfitShare' AND topic1 IS NOT NULL
            ORDER BY block_number, log_index
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
        jdbc.sql(EVENTS)
                .param("published", Topics.PUBLISHED.bytes())
                .query((row, _) -> Said.of(row))
                .list()
                .forEach(said -> take(all, said));
        if (!all.isEmpty() && isDue(all.getLast(), now)) {
            all.set(all.size() - 1, all.getLast().counting(counting(all) + 1));
        }
        return List.copyOf(all);
    }

    private static boolean isDue(Publication last, Instant now) {
        return last.state() == Publication.State.WAITING && !last.countsFrom().isAfter(now);
    }

    private static int counting(List<Publication> all) {
        return all.stream().mapToInt(Publication::number).max().orElse(0);
    }

    private static void take(List<Publication> all, Said said) {
        if (said.event().equals(Topics.PUBLISHED)) {
            all.add(said.publication());
        } else if (!all.isEmpty()) {
            all.set(all.size() - 1, after(all.getLast(), said));
        }
    }

    /** One statement waits at a time, so an event means the last. */
    private static Publication after(Publication last, Said said) {
        Hash32 event = said.event();
        if (event.equals(Topics.OBJECTED)) {
            return last.opposed();
        }
        if (event.equals(Topics.HELD)) {
            return last.in(Publication.State.HELD);
        }
        if (event.equals(Topics.RELEASED)) {
            return last.in(Publication.State.WAITING);
        }
        if (event.equals(Topics.CANCELLED)) {
            return last.in(Publication.State.CANCELLED);
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
            long block) {

        static Said of(ResultSet row) throws SQLException {
            return new Said(
                    Hash32.of(row.getBytes("topic0")),
                    row.getLong("epoch"),
                    Hash32.of(row.getBytes("root")),
                    row.getBigDecimal("first").toBigIntegerExact(),
                    row.getLong("second"),
                    Hash32.of(row.getBytes("third")),
                    Hash32.of(row.getBytes("tx_hash")),
                    row.getLong("block_number"));
        }

        Publication publication() {
            return new Publication(
                    epoch,
                    root,
                    new TokenAmount(first),
                    third,
                    Instant.ofEpochSecond(second),
                    Publication.State.WAITING,
                    0,
                    0,
                    tx,
                    block);
        }
    }
}
