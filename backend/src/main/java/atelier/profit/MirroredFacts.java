package atelier.profit;

import atelier.chain.ContractKind;
import atelier.chain.ContractLog;
import atelier.chain.Topics;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** The facts that the mirrored logs state. They are read as they are wanted, and never all kept. */
@Component
class MirroredFacts {

    private static final int AT_ONCE = 10_000;

    private static final String LOGS =
            """
            SELECT l.block_number, b.mined_at, l.log_index, l.tx_hash, l.contract, l.address,
                l.topic0, l.topic1, l.topic2, l.topic3, l.data
            FROM derived.log l JOIN derived.block b ON b.hash = l.block_hash
            WHERE l.canonical AND\
            """;

    private static final String IN_ORDER = " ORDER BY block_number, log_index";

    /** Epochs, and what votes refused. */
    private static final String OF_EPOCHS =
            " l.contract IN ('Treasury', 'ProfitShare') AND l.topic0 = ANY (:events)";

    // As the index log_of_knowledge says it.
    private static final String KNOWLEDGE =
            """
             (l.contract IN ('RuleBook', 'Seats') OR l.topic0 IN (
                 '\\x7c43796b04f2726c905686860daccabc0973b2062bf70e4136c1fe2be8bd7a1d',
                 '\\xc64b2a9a565e1a78cc0cb6bdfec3d84de2b229d70670e69df9ce481db01ef45d'))
            """;

    // As the index log_of_remix says it.
    private static final String REMIX =
            """
             l.canonical AND l.contract = 'Works'
                 AND l.topic0 = '\\xf05b34c865e52e6d90ab881608117d607bfb0f64fb0c896b261af2721af923c8'
            """;

    /** The works sold in some blocks, and what they descend from: five steps count. */
    private static final String DESCENT =
            """
            WITH RECURSIVE descent(work, steps) AS (
                SELECT topic2, 0 FROM derived.log
                WHERE canonical AND contract = 'Market' AND topic0 = :sold
                  AND block_number BETWEEN :first AND :last
              UNION
                SELECT substr(l.data, 65 + 32 * place, 32), steps + 1
                FROM descent
                JOIN derived.log l ON l.topic1 = descent.work AND\
            """
                    + REMIX
                    + """
                            AND l.block_number <= :last
                        CROSS JOIN generate_series(0, derived.uint(l.data, 1)::integer - 1) place
                        WHERE steps < 4)
                    SELECT work FROM descent
                    """;

    /** What was known before some blocks, as far as what was done in them names it. */
    private static final String KNOWN_BEFORE =
            KNOWLEDGE
                    + " AND l.block_number < :first UNION ALL "
                    + LOGS
                    + REMIX
                    + " AND l.block_number < :first AND l.topic1 IN ("
                    + DESCENT
                    + ")";

    private static final String[] CONTRACTS =
            eachEvent((contract, _) -> contract.directoryName()).toArray(String[]::new);
    private static final byte[][] EVENTS =
            eachEvent((_, event) -> event.bytes()).toArray(byte[][]::new);

    /** Where a log is. */
    record Spot(long block, int index) {

        static Spot of(Fact.Place place) {
            return new Spot(place.block(), place.index());
        }
    }

    private record Tip(long height, Hash32 hash) {}

    /** Facts that flow by, and are not there again. */
    private record Once(Iterator<Fact> iterator) implements Iterable<Fact> {}

    private record Blocks(long first, long last) {}

    private final JdbcClient jdbc;

    MirroredFacts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Looks at the mirror as it is at this moment; nothing before it has begun. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public <T> Optional<T> read(Function<Reading, T> use) {
        return tip().map(tip -> use.apply(new Reading(tip)));
    }

    private Optional<Tip> tip() {
        return jdbc.sql("SELECT height, hash FROM derived.cursor")
                .query((row, _) -> new Tip(row.getLong("height"), Hash32.of(row.getBytes("hash"))))
                .optional();
    }

    /** What the mirror says up to a block. */
    final class Reading {

        private final Tip tip;

        private Reading(Tip tip) {
            this.tip = tip;
        }

        long height() {
            return tip.height();
        }

        Hash32 hash() {
            return tip.hash();
        }

        Outline outline() {
            byte[][] events = {Topics.EPOCH_OPENED.bytes(), Topics.CANCELLED.bytes()};
            try (Stream<Fact> ofEpochs = facts(OF_EPOCHS, Map.of("events", events));
                    Stream<Fact> ofRules =
                            facts(" l.contract = 'RuleBook' AND" + KNOWLEDGE, Map.of())) {
                return Outline.of(Stream.concat(ofEpochs, ofRules).toList());
            }
        }

        /**
         * Shows the facts of some closed epochs, each following the one before, and from the
         * beginning what makes known what they name. They can be gone through once.
         */
        <T> T during(List<Epoch> epochs, Function<Iterable<Fact>, T> use) {
            Blocks blocks = blocks(epochs.getFirst().start(), epochs.getLast().end());
            try (Stream<Fact> before =
                            facts(
                                    KNOWN_BEFORE,
                                    Map.of(
                                            "first", blocks.first(),
                                            "last", blocks.last(),
                                            "sold", Topics.SOLD.bytes()));
                    Stream<Fact> then =
                            facts(
                                    " l.block_number BETWEEN :first AND :last"
                                            + " AND (l.contract, l.topic0) IN (SELECT * FROM"
                                            + " unnest(:contracts::text[], :events::bytea[]))",
                                    Map.of(
                                            "first",
                                            blocks.first(),
                                            "last",
                                            blocks.last(),
                                            "contracts",
                                            CONTRACTS,
                                            "events",
                                            EVENTS))) {
                return use.apply(new Once(Stream.concat(before, then).iterator()));
            }
        }

        /** From the first mined at a time on to the last mined before another. */
        private Blocks blocks(long start, long end) {
            return jdbc.sql(
                            """
                            SELECT coalesce((
                                SELECT number FROM derived.block
                                WHERE canonical AND mined_at >= :start
                                ORDER BY mined_at, number LIMIT 1), :height + 1) AS first,
                            coalesce((
                                SELECT number FROM derived.block
                                WHERE canonical AND mined_at < :end
                                ORDER BY mined_at DESC, number DESC LIMIT 1), -1) AS last
                            """)
                    .param("start", Instant.ofEpochSecond(start).atOffset(ZoneOffset.UTC))
                    .param("end", Instant.ofEpochSecond(end).atOffset(ZoneOffset.UTC))
                    .param("height", tip.height())
                    .query((row, _) -> new Blocks(row.getLong("first"), row.getLong("last")))
                    .single();
        }
    }

    /** The facts that logs state, found by their places; what states none is left out. */
    public Map<Spot, Fact> at(Collection<Spot> spots) {
        try (Stream<Fact> stated =
                facts(
                        """
                         (l.block_number, l.log_index) IN (
                             SELECT * FROM unnest(:blocks::bigint[], :indexes::integer[]))
                        """,
                        Map.of(
                                "blocks",
                                spots.stream().map(Spot::block).toArray(Long[]::new),
                                "indexes",
                                spots.stream().map(Spot::index).toArray(Integer[]::new)))) {
            return stated.collect(
                    Collectors.toMap(fact -> Spot.of(fact.place()), Function.identity()));
        }
    }

    private Stream<Fact> facts(String which, Map<String, ?> params) {
        return jdbc
                .sql(LOGS + which + IN_ORDER)
                .params(params)
                .withFetchSize(AT_ONCE)
                .query((row, _) -> FactReader.read(log(row), address(row)))
                .stream()
                .flatMap(Optional::stream);
    }

    private static <T> Stream<T> eachEvent(BiFunction<ContractKind, Hash32, T> what) {
        return Arrays.stream(ContractKind.values())
                .flatMap(contract ->
                        FactReader.topics(contract).stream()
                                .map(event -> what.apply(contract, event)));
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
