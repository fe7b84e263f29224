package atelier.chain;

import atelier.chain.Node.Header;
import atelier.chain.Node.Log;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The mirror as tables of {@code derived}, filled by {@code COPY}. */
@Component
class SqlMirrorTables implements MirrorTables {

    private static final int TOPICS = 4;

    /** Those that are no key and do not grow at one end, as all do that begin with the block. */
    private static final String POSTPONABLE =
            """
            SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
            FROM pg_index JOIN pg_class home ON home.oid = indrelid
            WHERE home.relnamespace = (
                    SELECT relnamespace FROM pg_class WHERE oid = 'derived.log'::regclass)
              AND home.relkind = 'r' AND NOT indisunique
              AND pg_get_indexdef(indexrelid, 1, true) NOT IN ('block_number', 'number', 'mined_at')
            """;

    private record Postponed(String name, String definition) {}

    private final JdbcClient database;
    private final JdbcTemplate copy;

    SqlMirrorTables(JdbcClient database, JdbcTemplate copy) {
        this.database = database;
        this.copy = copy;
    }

    @Override
    public Optional<Cursor> cursor() {
        return database.sql("SELECT era, start, height, hash FROM derived.cursor")
                .query((row, _) ->
                        new Cursor(
                                row.getInt("era"),
                                row.getLong("start"),
                                row.getLong("height"),
                                Hash32.of(row.getBytes("hash"))))
                .optional();
    }

    @Override
    public Optional<Hash32> canonical(long number) {
        return database.sql("SELECT hash FROM derived.block WHERE canonical AND number = :number")
                .param("number", number)
                .query((row, _) -> Hash32.of(row.getBytes("hash")))
                .optional();
    }

    @Override
    public void begin(int era, Header before) {
        database.sql("DELETE FROM derived.log").update();
        database.sql("DELETE FROM derived.block").update();
        database.sql("DELETE FROM derived.cursor").update();
        blocks(List.of(before)).write(copy);
        database.sql(
                        "INSERT INTO derived.cursor (era, start, height, hash) VALUES (:era, :start,"
                                + " :height, :hash)")
                .param("era", era)
                .param("start", before.number() + 1)
                .param("height", before.number())
                .param("hash", before.hash().bytes())
                .update();
    }

    @Override
    public void orphan(long from) {
        for (String table : List.of("block", "log")) {
            String number = table.equals("block") ? "number" : "block_number";
            database.sql(
                            "UPDATE derived.%s SET canonical = false WHERE canonical AND %s >= :from"
                                    .formatted(table, number))
                    .param("from", from)
                    .update();
        }
    }

    @Override
    public void add(Range range, Map<Address, ContractKind> contracts) {
        returning("block", "number", "hash", range);
        returning("log", "block_number", "block_hash", range);
        blocks(range.headers()).write(copy);
        logs(range.logs(), contracts).write(copy);
    }

    @Override
    public void move(long height, Hash32 hash) {
        database.sql("UPDATE derived.cursor SET height = :height, hash = :hash")
                .param("height", height)
                .param("hash", hash.bytes())
                .update();
    }

    @Override
    public void postponeIndexes() {
        for (Postponed index :
                database.sql(POSTPONABLE).query(SqlMirrorTables::postponable).list()) {
            database.sql("INSERT INTO derived.postponed_index (definition) VALUES (:definition)")
                    .param("definition", index.definition())
                    .update();
            database.sql("DROP INDEX " + index.name()).update();
        }
    }

    @Override
    public void completeIndexes() {
        for (String definition :
                database.sql("SELECT definition FROM derived.postponed_index")
                        .query((row, _) -> row.getString(1))
                        .list()) {
            copy.execute((ConnectionCallback<@Nullable Void>) c -> build(c, definition));
            database.sql("DELETE FROM derived.postponed_index WHERE definition = :definition")
                    .param("definition", definition)
                    .update();
        }
    }

    private static Postponed postponable(ResultSet row, int number) throws SQLException {
        return new Postponed(row.getString("name"), row.getString("definition"));
    }

    /** However long it takes: the driver's usual patience with an answer would end it. */
    private static @Nullable Void build(Connection connection, String definition)
            throws SQLException {
        int patience = connection.getNetworkTimeout();
        connection.setNetworkTimeout(Runnable::run, 0);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET maintenance_work_mem = '256MB'");
            statement.execute(
                    definition.replaceFirst("^CREATE INDEX ", "CREATE INDEX IF NOT EXISTS "));
            statement.execute("RESET maintenance_work_mem");
        } finally {
            connection.setNetworkTimeout(Runnable::run, patience);
        }
        return null;
    }

    private void returning(String table, String number, String hash, Range range) {
        database.sql(
                        "DELETE FROM derived.%s WHERE NOT canonical AND %s BETWEEN :from AND :to AND %s = ANY (:hashes)"
                                .formatted(table, number, hash))
                .param("from", range.from())
                .param("to", range.to())
                .param(
                        "hashes",
                        range.headers().stream().map(h -> h.hash().bytes()).toArray(byte[][]::new))
                .update();
    }

    private static CopyRows blocks(List<Header> headers) {
        CopyRows rows =
                CopyRows.into(
                        "derived.block", "number", "hash", "parent_hash", "mined_at", "canonical");
        for (Header header : headers) {
            rows.row()
                    .bigint(header.number())
                    .bytes(header.hash().bytes())
                    .bytes(header.parent().bytes())
                    .time(header.time())
                    .bool(true);
        }
        return rows;
    }

    private static CopyRows logs(List<Log> logs, Map<Address, ContractKind> contracts) {
        CopyRows rows =
                CopyRows.into(
                        "derived.log",
                        "block_number",
                        "block_hash",
                        "log_index",
                        "tx_hash",
                        "tx_index",
                        "contract",
                        "address",
                        "topic0",
                        "topic1",
                        "topic2",
                        "topic3",
                        "data",
                        "canonical");
        for (Log log : logs) {
            ContractKind contract = contracts.get(log.address());
            if (contract == null) {
                throw new Fetch.Contradiction("The node gave a log of another contract");
            }
            rows.row()
                    .bigint(log.block())
                    .bytes(log.blockHash().bytes())
                    .integer(log.index())
                    .bytes(log.tx().bytes())
                    .integer(log.txIndex())
                    .text(contract.directoryName())
                    .bytes(log.address().bytes());
            for (int i = 0; i < TOPICS; i++) {
                rows.bytes(i < log.topics().size() ? log.topics().get(i).bytes() : null);
            }
            rows.bytes(log.data()).bool(true);
        }
        return rows;
    }
}
