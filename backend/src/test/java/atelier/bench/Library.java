package atelier.bench;

import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A community of many years, written straight into the mirror: few have much and many have little,
 * as the cube of an even chance goes. Indexes are built afterwards.
 */
final class Library {

    static final int ACCOUNTS = 20_000;

    private static final int BLOCKS = 100_000;
    private static final int WORKS_FOR_AN_OFFER = 50;

    private static final String FUNCTIONS =
            """
            CREATE FUNCTION pg_temp.someone(chance float8) RETURNS bytea IMMUTABLE LANGUAGE sql AS
                $$ SELECT decode('be0c1000' || repeat('00', 12)
                    || lpad(to_hex(floor(power(chance, 3) * :accounts)::int), 8, '0'), 'hex') $$;
            CREATE FUNCTION pg_temp.token(creator bytea, serial int) RETURNS numeric IMMUTABLE
                LANGUAGE sql AS
                $$ SELECT derived.word_uint(decode('0000000000000001' || encode(creator, 'hex')
                    || lpad(to_hex(serial), 8, '0'), 'hex')) $$;
            """;

    private static final String BLOCK_ROWS =
            """
            INSERT INTO derived.block
            SELECT :first + n, sha256(n::text::bytea), sha256((n - 1)::text::bytea),
                now() - (:blocks - n) * interval '1 second', true
            FROM generate_series(1, :blocks) n
            """;

    private static final String WORKS =
            """
            WITH made AS MATERIALIZED (
                SELECT n, pg_temp.someone(random()) AS creator, pg_temp.someone(random()) AS owner,
                    :first + 1 + (n::bigint * :blocks / (:works + 1)) AS block
                FROM generate_series(1, :works) n)
            INSERT INTO derived.work
            SELECT pg_temp.token(creator, n), 1, creator, n, sha256(n::text::bytea), block, n,
                sha256(n::text::bytea), now(), owner, 0, block, now() FROM made
            """;

    private static final String MOVES =
            """
            INSERT INTO derived.work_transfer
            SELECT token_id, 0, decode(repeat('00', 20), 'hex'), owner, block_number, log_index,
                tx_hash, minted_at FROM derived.work WHERE block_number > :first
            """;

    private static final String POSITIONS =
            """
            INSERT INTO derived.work_position
            SELECT token_id, 0, owner, block_number FROM derived.work WHERE block_number > :first
            """;

    private static final String POSTINGS =
            """
            INSERT INTO derived.posting (account, asset_class, asset_id, amount, balance,
                counterparty, code, block_number, log_index, item, tx_hash)
            SELECT pg_temp.someone(random()), 'points', 0, (random() * 1000)::int, n,
                pg_temp.someone(random()), 'transfer',
                :first + 1 + (n::bigint * :blocks / (:postings + 1)), n, 0,
                sha256(n::text::bytea)
            FROM generate_series(1, :postings) n
            """;

    private static final String HOLDINGS =
            """
            INSERT INTO derived.holding
            SELECT account, asset_class, asset_id, sum(amount) FROM derived.posting
            WHERE block_number > :first GROUP BY 1, 2, 3
            ON CONFLICT (account, asset_class, asset_id)
            DO UPDATE SET amount = holding.amount + excluded.amount
            """;

    private static final String WORK_HOLDINGS =
            """
            INSERT INTO derived.holding
            SELECT owner, 'work', token_id, 1 FROM derived.work WHERE block_number > :first
            """;

    private static final String SALES =
            """
            INSERT INTO derived.sale
            SELECT sha256(('sold' || serial)::bytea), token_id, owner, creator, 100, 90, creator, 0,
                creator, 5, 5, block_number, log_index, tx_hash
            FROM derived.work WHERE block_number > :first AND serial % 5 = 0
            """;

    private static final String OFFERS =
            """
            INSERT INTO recorded.signed_order (order_hash, chain_id, contract, maker_id, maker,
                token_id, price, min_net, transfer_nonce, counter, expires_at, taker, salt,
                signature, recipe, creator, words, idempotency_key, request_hash, created_at, slack)
            SELECT content_hash, 31337, :market, gen_random_uuid(), owner, token_id,
                100 + serial % 1000, 1, 0, 0, now() + interval '30 days',
                decode(repeat('00', 20), 'hex'), content_hash,
                content_hash || content_hash || '\\x1b', recipe, creator,
                'Etude ' || serial || ' by ' || encode(creator, 'hex')
                    || case serial % 5000 when 0 then E'\\n水彩' else E'\\n數位畫框' end, content_hash, content_hash,
                now() - serial * interval '1 second', 0
            FROM derived.work WHERE block_number > :first AND serial % :worksForAnOffer = 0
            """;

    private static final List<String> PARTS =
            List.of(
                    BLOCK_ROWS,
                    WORKS,
                    MOVES,
                    POSITIONS,
                    POSTINGS,
                    HOLDINGS,
                    WORK_HOLDINGS,
                    SALES,
                    OFFERS);

    private final Arena arena;
    private final Sizes sizes;

    Library(Arena arena, Sizes sizes) {
        this.arena = arena;
        this.sizes = sizes;
    }

    /** Writes it above the mirrored blocks; only while nobody reads the chain. */
    void fill() {
        Map<String, Object> values =
                Map.of(
                        "first", arena.mirrored(),
                        "blocks", BLOCKS,
                        "works", sizes.works(),
                        "postings", sizes.postings(),
                        "worksForAnOffer", WORKS_FOR_AN_OFFER,
                        "market", arena.bean(Contracts.class).address(ContractKind.MARKET).bytes());
        // Past the pool: the temporary functions are its own, and its statements may take long.
        SingleConnectionDataSource source = new SingleConnectionDataSource(arena.address(), true);
        try {
            fill(JdbcClient.create(source), values);
        } finally {
            source.destroy();
        }
    }

    private static void fill(JdbcClient database, Map<String, Object> values) {
        List<String> indexes = dropped(database);
        run(database, FUNCTIONS.replace(":accounts", String.valueOf(ACCOUNTS)), Map.of());
        PARTS.forEach(part -> run(database, part, values));
        indexes.forEach(index -> run(database, index, Map.of()));
        run(database, "VACUUM ANALYZE", Map.of());
    }

    /** Takes off the indexes that no constraint needs; how to make them again. */
    private static List<String> dropped(JdbcClient database) {
        List<String> indexes =
                database.sql(
                                """
                                SELECT indexdef FROM pg_indexes WHERE schemaname = 'derived'
                                    AND tablename IN ('posting', 'work', 'work_transfer',
                                        'work_position')
                                    AND indexdef NOT LIKE '%UNIQUE%'
                                """)
                        .query((row, _) -> row.getString(1))
                        .list();
        indexes.forEach(
                index -> run(database, "DROP INDEX derived." + index.split(" ", -1)[2], Map.of()));
        return indexes;
    }

    private static void run(JdbcClient database, String sql, Map<String, Object> values) {
        var statement = database.sql(sql);
        values.forEach(statement::param);
        statement.update();
    }
}
