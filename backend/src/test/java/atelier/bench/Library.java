package atelier.bench;

import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.chain.CopyRows;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.RecipeId;
import atelier.kernel.WorkId;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A community of many years, copied straight into the mirror: few have much and many have little.
 * Indexes are built afterwards.
 */
final class Library {

    static final int ACCOUNTS = 20_000;

    private static final int BLOCKS = 100_000;
    private static final int WORKS_FOR_AN_OFFER = 50;
    private static final int PART = 50_000;

    private static final String BLOCK_ROWS =
            """
            INSERT INTO derived.block
            SELECT :first + n, sha256(n::text::bytea), sha256((n - 1)::text::bytea),
                now() - (:blocks - n) * interval '1 second', true
            FROM generate_series(1, :blocks) n
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

    private final Arena arena;
    private final Sizes sizes;
    private final SplittableRandom random = new SplittableRandom(20260101);
    private final long first;
    private final Instant now = Instant.now();

    Library(Arena arena, Sizes sizes) {
        this.arena = arena;
        this.sizes = sizes;
        this.first = arena.mirrored();
    }

    /** Writes it above the mirrored blocks; only while nobody reads the chain. */
    void fill() {
        // Past the pool: its statements may take long.
        SingleConnectionDataSource source = new SingleConnectionDataSource(arena.address(), true);
        try {
            fill(JdbcClient.create(source), new JdbcTemplate(source));
        } finally {
            source.destroy();
        }
    }

    private void fill(JdbcClient database, JdbcTemplate copy) {
        Map<String, Object> values =
                Map.of(
                        "first",
                        first,
                        "blocks",
                        BLOCKS,
                        "worksForAnOffer",
                        WORKS_FOR_AN_OFFER,
                        "market",
                        arena.bean(Contracts.class).address(ContractKind.MARKET).bytes());
        List<String> indexes = dropped(database);
        step("blocks", () -> run(database, BLOCK_ROWS, values));
        step("works", () -> parts(sizes.works(), (from, to) -> works(copy, from, to)));
        long[] held = new long[ACCOUNTS];
        step(
                "postings",
                () -> parts(sizes.postings(), (from, to) -> postings(copy, from, to, held)));
        step("holdings", () -> holdings(copy, held));
        step("sales", () -> run(database, SALES, values));
        step("offers", () -> run(database, OFFERS, values));
        step("indexes", () -> indexes.forEach(index -> run(database, index, Map.of())));
        step("statistics", () -> run(database, "VACUUM ANALYZE", Map.of()));
    }

    private static void step(String name, Runnable step) {
        long start = System.nanoTime();
        step.run();
        System.out.printf("wrote %s in %.1f s%n", name, (System.nanoTime() - start) / 1e9);
    }

    /** Rows from a number on, up to another. */
    private interface Part {
        void write(int from, int to);
    }

    private static void parts(int count, Part part) {
        for (int from = 0; from < count; from += PART) {
            part.write(from, Math.min(count, from + PART));
        }
    }

    private void works(JdbcTemplate copy, int from, int to) {
        CopyRows works =
                CopyRows.into(
                        "derived.work",
                        "token_id",
                        "recipe",
                        "creator",
                        "serial",
                        "content_hash",
                        "block_number",
                        "log_index",
                        "tx_hash",
                        "minted_at",
                        "owner",
                        "transfer_nonce",
                        "acquired_block",
                        "acquired_at");
        CopyRows transfers =
                CopyRows.into(
                        "derived.work_transfer",
                        "token_id",
                        "nonce",
                        "from_account",
                        "to_account",
                        "block_number",
                        "log_index",
                        "tx_hash",
                        "at");
        CopyRows positions =
                CopyRows.into(
                        "derived.work_position",
                        "token_id",
                        "transfer_nonce",
                        "owner",
                        "block_number");
        CopyRows holdings = holdingRows();
        for (int n = from; n < to; n++) {
            byte[] creator = account(someone());
            byte[] owner = account(someone());
            long block = block(n, sizes.works());
            byte[] tx = hash();
            WorkId work = WorkId.of(new RecipeId(1), Address.of(creator), n + 1);
            works.row()
                    .numeric(work.tokenId())
                    .bigint(1)
                    .bytes(creator)
                    .bigint(n + 1)
                    .bytes(hash())
                    .bigint(block)
                    .integer(n)
                    .bytes(tx)
                    .time(now)
                    .bytes(owner)
                    .bigint(0)
                    .bigint(block)
                    .time(now);
            transfers
                    .row()
                    .numeric(work.tokenId())
                    .bigint(0)
                    .bytes(Address.ZERO.bytes())
                    .bytes(owner)
                    .bigint(block)
                    .integer(n)
                    .bytes(tx)
                    .time(now);
            positions.row().numeric(work.tokenId()).bigint(0).bytes(owner).bigint(block);
            holdings.row()
                    .bytes(owner)
                    .text("work")
                    .numeric(work.tokenId())
                    .numeric(BigInteger.ONE);
        }
        List.of(works, transfers, positions, holdings).forEach(rows -> rows.write(copy));
    }

    private void postings(JdbcTemplate copy, int from, int to, long[] held) {
        CopyRows rows =
                CopyRows.into(
                        "derived.posting",
                        "account",
                        "asset_class",
                        "asset_id",
                        "amount",
                        "balance",
                        "counterparty",
                        "code",
                        "block_number",
                        "log_index",
                        "item",
                        "tx_hash");
        for (int n = from; n < to; n++) {
            int account = someone();
            int amount = random.nextInt(1_000);
            held[account] += amount;
            rows.row()
                    .bytes(account(account))
                    .text("points")
                    .numeric(BigInteger.ZERO)
                    .numeric(BigInteger.valueOf(amount))
                    .numeric(BigInteger.valueOf(held[account]))
                    .bytes(account(someone()))
                    .text("transfer")
                    .bigint(block(n, sizes.postings()))
                    .integer(n)
                    .integer(0)
                    .bytes(hash());
        }
        rows.write(copy);
    }

    private static void holdings(JdbcTemplate copy, long[] held) {
        CopyRows rows = holdingRows();
        for (int account = 0; account < held.length; account++) {
            rows.row()
                    .bytes(account(account))
                    .text("points")
                    .numeric(BigInteger.ZERO)
                    .numeric(BigInteger.valueOf(held[account]));
        }
        rows.write(copy);
    }

    private static CopyRows holdingRows() {
        return CopyRows.into("derived.holding", "account", "asset_class", "asset_id", "amount");
    }

    /** Few have much: the cube of an even chance. */
    private int someone() {
        double chance = random.nextDouble();
        return (int) (chance * chance * chance * ACCOUNTS);
    }

    static byte[] account(int number) {
        byte[] bytes = new byte[Address.LENGTH];
        ByteBuffer.wrap(bytes).putInt(0, 0xbe0c1000).putInt(16, number);
        return bytes;
    }

    private byte[] hash() {
        byte[] bytes = new byte[Hash32.LENGTH];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Evenly over the blocks, in order. */
    private long block(int n, int of) {
        return first + 1 + (n + 1L) * BLOCKS / (of + 1L);
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
