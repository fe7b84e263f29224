package atelier.testing;

import atelier.chain.ContractKind;
import atelier.chain.ContractLog;
import atelier.chain.ContractLogs;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.web3j.crypto.Hash;

/** A mirror written by hand: blocks and logs as the chain's reader would leave them. */
public final class MirroredLogs {

    /** When block 0 was mined; every block is a second later. */
    public static final Instant GENESIS = Instant.parse("2026-01-01T00:00:00Z");

    private final JdbcClient jdbc;
    private final DataSource database;
    private long block;
    private int fork;
    private int transaction;
    private int logIndex;

    public MirroredLogs() {
        database = new DriverManagerDataSource(TestDatabase.create());
        for (String schema : List.of("recorded", "derived")) {
            Flyway.configure()
                    .dataSource(database)
                    .schemas(schema)
                    .defaultSchema(schema)
                    .locations("classpath:db/" + schema)
                    .load()
                    .migrate();
        }
        jdbc = JdbcClient.create(database);
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    public DataSource database() {
        return database;
    }

    /** Begins the next block. */
    public MirroredLogs block() {
        block++;
        transaction = 0;
        logIndex = 0;
        jdbc.sql("insert into derived.block values (:number, :hash, :parent, :minedAt, true)")
                .param("number", block)
                .param("hash", blockHash(block))
                .param("parent", blockHash(block - 1))
                .param("minedAt", Timestamp.from(GENESIS.plusSeconds(block)))
                .update();
        return this;
    }

    /** Begins the next transaction of the block. */
    public MirroredLogs transaction() {
        transaction++;
        return this;
    }

    /** Adds a log; topics and words of data are addresses, numbers or 32 bytes. */
    public MirroredLogs log(String contract, String event, List<Object> topics, Object... data) {
        byte[][] words = Arrays.stream(data).map(MirroredLogs::word).toArray(byte[][]::new);
        jdbc.sql(
                        """
                        insert into derived.log values (:block, :hash, :index, :tx, :txIndex,
                            :contract, :address, :topic0, :topic1, :topic2, :topic3, :data, true)
                        """)
                .param("block", block)
                .param("hash", blockHash(block))
                .param("index", logIndex++)
                .param(
                        "tx",
                        Hash.sha3(
                                ("tx" + fork + "/" + block + "/" + transaction)
                                        .getBytes(StandardCharsets.UTF_8)))
                .param("txIndex", transaction)
                .param("contract", contract)
                .param("address", new byte[Address.LENGTH])
                .param("topic0", Hash.sha3(event.getBytes(StandardCharsets.US_ASCII)))
                .param("topic1", topics.isEmpty() ? null : word(topics.get(0)))
                .param("topic2", topics.size() < 2 ? null : word(topics.get(1)))
                .param("topic3", topics.size() < 3 ? null : word(topics.get(2)))
                .param("data", join(words))
                .update();
        return this;
    }

    /** The number of the newest block. */
    public long height() {
        return block;
    }

    /** What the canonical logs of these blocks say, as the reader hands it to projections. */
    public ContractLogs logs(long from, long to) {
        return new ContractLogs(
                from,
                to,
                jdbc.sql(
                                """
                                select * from derived.log
                                where canonical and block_number between :from and :to
                                order by block_number, log_index
                                """)
                        .param("from", from)
                        .param("to", to)
                        .query((row, _) -> contractLog(row))
                        .list());
    }

    private static ContractLog contractLog(ResultSet row) throws SQLException {
        List<Hash32> topics = new ArrayList<>();
        for (String topic : List.of("topic0", "topic1", "topic2", "topic3")) {
            byte[] bytes = row.getBytes(topic);
            if (bytes != null) {
                topics.add(Hash32.of(bytes));
            }
        }
        return new ContractLog(
                row.getLong("block_number"),
                GENESIS.plusSeconds(row.getLong("block_number")),
                row.getInt("log_index"),
                Hash32.of(row.getBytes("tx_hash")),
                ContractKind.named(row.getString("contract")),
                topics,
                row.getBytes("data"));
    }

    /** Drops this block and all later ones; what follows is another fork. */
    public void orphan(long from) {
        jdbc.sql("update derived.log set canonical = false where block_number >= :from")
                .param("from", from)
                .update();
        jdbc.sql("update derived.block set canonical = false where number >= :from")
                .param("from", from)
                .update();
        block = from - 1;
        fork++;
    }

    private byte[] blockHash(long number) {
        return Hash.sha3(("block" + fork + "/" + number).getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] word(Object value) {
        byte[] bytes =
                switch (value) {
                    case Address address -> address.bytes();
                    case Hash32 hash -> hash.bytes();
                    case BigInteger number -> number.toByteArray();
                    case Number number -> BigInteger.valueOf(number.longValue()).toByteArray();
                    case String text ->
                            Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), Hash32.LENGTH);
                    default -> throw new IllegalArgumentException("No word: " + value);
                };
        byte[] word = new byte[Hash32.LENGTH];
        int length = Math.min(bytes.length, word.length);
        System.arraycopy(bytes, bytes.length - length, word, word.length - length, length);
        return word;
    }

    private static byte[] join(byte[][] words) {
        ByteBuffer all = ByteBuffer.allocate(words.length * Hash32.LENGTH);
        Arrays.stream(words).forEach(all::put);
        return all.array();
    }
}
