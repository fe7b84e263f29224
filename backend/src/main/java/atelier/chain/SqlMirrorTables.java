package atelier.chain;

import atelier.chain.Node.Header;
import atelier.chain.Node.Log;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The mirror as tables of {@code derived}, filled by {@code COPY}. */
@Component
class SqlMirrorTables implements MirrorTables {

    private static final HexFormat HEX = HexFormat.of();
    private static final String COPY_BLOCKS =
            "COPY derived.block (number, hash, parent_hash, mined_at, canonical) FROM STDIN";
    private static final String COPY_LOGS =
            "COPY derived.log (block_number, block_hash, log_index, tx_hash, tx_index, contract,"
                    + " address, topic0, topic1, topic2, topic3, data, canonical) FROM STDIN";

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
        copy(COPY_BLOCKS, blocks(List.of(before)));
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
        copy(COPY_BLOCKS, blocks(range.headers()));
        if (!range.logs().isEmpty()) {
            copy(COPY_LOGS, logs(range.logs(), contracts));
        }
    }

    @Override
    public void move(long height, Hash32 hash) {
        database.sql("UPDATE derived.cursor SET height = :height, hash = :hash")
                .param("height", height)
                .param("hash", hash.bytes())
                .update();
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

    private void copy(String statement, StringBuilder rows) {
        byte[] text = rows.toString().getBytes(StandardCharsets.US_ASCII);
        copy.execute(
                (ConnectionCallback<@Nullable Void>)
                        connection -> {
                            try {
                                connection
                                        .unwrap(PGConnection.class)
                                        .getCopyAPI()
                                        .copyIn(statement, new ByteArrayInputStream(text));
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                            return null;
                        });
    }

    private static StringBuilder blocks(List<Header> headers) {
        StringBuilder rows = new StringBuilder();
        for (Header header : headers) {
            rows.append(header.number()).append('\t');
            bytes(rows, header.hash().bytes()).append('\t');
            bytes(rows, header.parent().bytes()).append('\t');
            rows.append(header.time().atOffset(ZoneOffset.UTC)).append("\tt\n");
        }
        return rows;
    }

    private static StringBuilder logs(List<Log> logs, Map<Address, ContractKind> contracts) {
        StringBuilder rows = new StringBuilder();
        for (Log log : logs) {
            ContractKind contract = contracts.get(log.address());
            if (contract == null) {
                throw new Fetch.Contradiction("The node gave a log of another contract");
            }
            rows.append(log.block()).append('\t');
            bytes(rows, log.blockHash().bytes()).append('\t');
            rows.append(log.index()).append('\t');
            bytes(rows, log.tx().bytes()).append('\t');
            rows.append(log.txIndex()).append('\t').append(contract.directoryName()).append('\t');
            bytes(rows, log.address().bytes()).append('\t');
            for (int i = 0; i < 4; i++) {
                if (i < log.topics().size()) {
                    bytes(rows, log.topics().get(i).bytes()).append('\t');
                } else {
                    rows.append("\\N\t");
                }
            }
            bytes(rows, log.data()).append("\tt\n");
        }
        return rows;
    }

    private static StringBuilder bytes(StringBuilder rows, byte[] bytes) {
        return rows.append("\\\\x").append(HEX.formatHex(bytes));
    }
}
