package atelier.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.postgresql.PGConnection;
import tools.jackson.databind.JsonNode;

/**
 * The least that mirrors points at all: logs by hundreds of blocks, COPY into a table with its key
 * and two indexes, balances added up in memory and upserted, a commit for each hundred. No headers,
 * no checks, no postings, no supplies, no works.
 */
final class Bound implements AutoCloseable {

    private static final int BLOCKS = 100;
    private static final String TRANSFER =
            "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
    private static final int TOPICS_OF_POINTS = 3;
    private static final String TABLES =
            """
            CREATE TABLE log (block bigint, idx int, tx bytea, address bytea, topic0 bytea,
                topic1 bytea, topic2 bytea, topic3 bytea, data bytea, PRIMARY KEY (block, idx));
            CREATE INDEX log_topic ON log (topic0, block);
            CREATE INDEX log_tx ON log (tx);
            CREATE TABLE balance (account bytea PRIMARY KEY, amount numeric NOT NULL);
            """;
    private static final String UPSERT =
            """
            INSERT INTO balance SELECT decode(account, 'hex'), amount
            FROM unnest(?::text[], ?::numeric[]) added (account, amount)
            ON CONFLICT (account) DO UPDATE SET amount = balance.amount + excluded.amount
            """;

    private final Logs logs;
    private final Connection database;
    private long events;

    Bound(Logs logs, String databaseUrl) throws SQLException {
        this.logs = logs;
        this.database = DriverManager.getConnection(databaseUrl);
        try (Statement statement = database.createStatement()) {
            statement.execute(TABLES);
        }
        database.setAutoCommit(false);
    }

    /** Mirrors these blocks; how many events they had. */
    long mirror(long from, long to) throws SQLException {
        for (long first = from; first <= to; first += BLOCKS) {
            range(first, Math.min(to, first + BLOCKS - 1));
        }
        return events;
    }

    private void range(long from, long to) throws SQLException {
        StringBuilder rows = new StringBuilder();
        Map<String, BigInteger> moved = new HashMap<>();
        logs.each(
                from,
                to,
                log -> {
                    events++;
                    row(rows, log);
                    move(moved, log);
                });
        copy(rows);
        upsert(moved);
        database.commit();
    }

    private static void row(StringBuilder rows, JsonNode log) {
        rows.append(Long.decode(log.get("blockNumber").asString())).append('\t');
        rows.append(Long.decode(log.get("logIndex").asString())).append('\t');
        bytes(rows, log.get("transactionHash").asString()).append('\t');
        bytes(rows, log.get("address").asString()).append('\t');
        for (int i = 0; i < 4; i++) {
            JsonNode topic = log.get("topics").path(i);
            if (topic.isMissingNode()) {
                rows.append("\\N");
            } else {
                bytes(rows, topic.asString());
            }
            rows.append('\t');
        }
        bytes(rows, log.get("data").asString()).append('\n');
    }

    private static StringBuilder bytes(StringBuilder rows, String hex) {
        return rows.append("\\\\x").append(hex, 2, hex.length());
    }

    private static void move(Map<String, BigInteger> moved, JsonNode log) {
        JsonNode topics = log.get("topics");
        if (topics.size() == TOPICS_OF_POINTS && topics.get(0).asString().equals(TRANSFER)) {
            BigInteger amount = new BigInteger(log.get("data").asString().substring(2), 16);
            moved.merge(account(topics.get(1)), amount.negate(), BigInteger::add);
            moved.merge(account(topics.get(2)), amount, BigInteger::add);
        }
    }

    private static String account(JsonNode topic) {
        return topic.asString().substring(26);
    }

    private void copy(StringBuilder rows) throws SQLException {
        try {
            database.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "COPY log FROM STDIN",
                            new ByteArrayInputStream(
                                    rows.toString().getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void upsert(Map<String, BigInteger> moved) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(UPSERT)) {
            statement.setArray(
                    1, database.createArrayOf("text", moved.keySet().toArray(String[]::new)));
            statement.setArray(2, database.createArrayOf("numeric", moved.values().toArray()));
            statement.execute();
        }
    }

    /** What each account has, for comparison. */
    Map<String, BigInteger> balances() throws SQLException {
        Map<String, BigInteger> balances = new HashMap<>();
        try (Statement statement = database.createStatement();
                var rows =
                        statement.executeQuery(
                                "SELECT encode(account, 'hex'), amount FROM balance WHERE amount <>"
                                        + " 0")) {
            while (rows.next()) {
                balances.put(rows.getString(1), rows.getBigDecimal(2).toBigIntegerExact());
            }
        }
        return balances;
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
