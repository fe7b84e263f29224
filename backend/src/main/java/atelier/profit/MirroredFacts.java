package atelier.profit;

import atelier.chain.ContractKind;
import atelier.chain.ContractLog;
import atelier.chain.Contracts;
import atelier.chain.Topics;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** The facts that the mirrored logs state. */
@Component
class MirroredFacts {

    /** What people did. */
    private static final Set<Hash32> DEALINGS =
            Set.of(Topics.SOLD, Topics.PROMOTED, Topics.BOUGHT, Topics.CRAFTED);

    private static final int AT_ONCE = 10_000;

    // What was done in an epoch counts in no other, and makes nothing known.
    private static final String LOGS =
            """
            SELECT l.block_number, b.mined_at, l.log_index, l.tx_hash, l.contract, l.address,
                l.topic0, l.topic1, l.topic2, l.topic3, l.data
            FROM derived.log l JOIN derived.block b ON b.hash = l.block_hash
            WHERE l.canonical AND l.block_number <= :height
              AND (l.contract, l.topic0) IN (
                  SELECT * FROM unnest(:contracts::text[], :events::bytea[]))
              AND (b.mined_at >= :from OR l.topic0 <> ALL (:dealings))
            ORDER BY l.block_number, l.log_index
            """;

    /**
     * Facts up to a block.
     *
     * @param height the block's number
     * @param hash the block's hash
     */
    record Reading(ShareDomain domain, long height, Hash32 hash, List<Fact> facts) {}

    private record Tip(long height, Hash32 hash) {}

    private final JdbcClient jdbc;
    private final Contracts contracts;

    MirroredFacts(JdbcClient jdbc, Contracts contracts) {
        this.jdbc = jdbc;
        this.contracts = contracts;
    }

    /** Everything so far; nothing before the mirror has begun. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Optional<Reading> all() {
        return since(Instant.EPOCH);
    }

    /** All that is known, and what was done from a time on: enough for epochs begun since. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Optional<Reading> since(Instant from) {
        return tip().map(tip ->
                new Reading(
                        new ShareDomain(
                                contracts.chainId(), contracts.address(ContractKind.PROFIT_SHARE)),
                        tip.height(),
                        tip.hash(),
                        facts(tip, from)));
    }

    private Optional<Tip> tip() {
        return jdbc.sql("SELECT height, hash FROM derived.cursor")
                .query((row, _) -> new Tip(row.getLong("height"), Hash32.of(row.getBytes("hash"))))
                .optional();
    }

    private List<Fact> facts(Tip tip, Instant from) {
        List<String> kinds = new ArrayList<>();
        List<byte[]> events = new ArrayList<>();
        for (ContractKind kind : ContractKind.values()) {
            for (Hash32 event : FactReader.topics(kind)) {
                kinds.add(kind.directoryName());
                events.add(event.bytes());
            }
        }
        try (Stream<Optional<Fact>> read =
                jdbc
                        .sql(LOGS)
                        .param("height", tip.height())
                        .param("contracts", kinds.toArray(String[]::new))
                        .param("events", events.toArray(byte[][]::new))
                        .param("from", from.atOffset(ZoneOffset.UTC))
                        .param(
                                "dealings",
                                DEALINGS.stream().map(Hash32::bytes).toArray(byte[][]::new))
                        .withFetchSize(AT_ONCE)
                        .query((row, _) -> FactReader.read(log(row), address(row)))
                        .stream()) {
            return read.flatMap(Optional::stream).toList();
        }
    }

    private static Address address(ResultSet row) throws SQLException {
        return Address.of(row.getBytes("address"));
    }

    private static ContractLog log(ResultSet row) throws SQLException {
        List<Hash32> topics = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            byte @Nullable [] topic = row.getBytes("topic" + i);
            if (topic != null) {
                topics.add(Hash32.of(topic));
            }
        }
        return new ContractLog(
                row.getLong("block_number"),
                row.getObject("mined_at", OffsetDateTime.class).toInstant(),
                row.getInt("log_index"),
                Hash32.of(row.getBytes("tx_hash")),
                ContractKind.named(row.getString("contract")),
                topics,
                row.getBytes("data"));
    }
}
