package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A table of {@code derived} in which each log of an event has a row: beside the name of a column
 * stands what the log says for it.
 */
public final class LogTable {

    private interface Field {
        void add(CopyRows row, ContractLog log);
    }

    private final String table;
    private final List<String> columns;
    private final List<Field> fields;

    private LogTable(String table, List<String> columns, List<Field> fields) {
        this.table = table;
        this.columns = columns;
        this.fields = fields;
    }

    /** Without columns yet. */
    public static LogTable of(String table) {
        return new LogTable(table, List.of(), List.of());
    }

    public LogTable bytes(String column, Function<ContractLog, byte @Nullable []> value) {
        return with(column, (row, log) -> row.bytes(value.apply(log)));
    }

    public LogTable address(String column, Function<ContractLog, Address> value) {
        return bytes(column, log -> value.apply(log).bytes());
    }

    public LogTable hash(String column, Function<ContractLog, Hash32> value) {
        return bytes(column, log -> value.apply(log).bytes());
    }

    public LogTable text(String column, Function<ContractLog, String> value) {
        return with(column, (row, log) -> row.text(value.apply(log)));
    }

    public LogTable numeric(String column, Function<ContractLog, BigInteger> value) {
        return with(column, (row, log) -> row.numeric(value.apply(log)));
    }

    public LogTable bigint(String column, ToLongFunction<ContractLog> value) {
        return with(column, (row, log) -> row.bigint(value.applyAsLong(log)));
    }

    public LogTable integer(String column, ToIntFunction<ContractLog> value) {
        return with(column, (row, log) -> row.integer(value.applyAsInt(log)));
    }

    public LogTable smallint(String column, ToIntFunction<ContractLog> value) {
        return with(column, (row, log) -> row.smallint(value.applyAsInt(log)));
    }

    public LogTable bool(String column, Predicate<ContractLog> value) {
        return with(column, (row, log) -> row.bool(value.test(log)));
    }

    public LogTable time(String column, Function<ContractLog, Instant> value) {
        return with(column, (row, log) -> row.time(value.apply(log)));
    }

    /** {@code block_number}. */
    public LogTable block() {
        return bigint("block_number", ContractLog::block);
    }

    /** {@code block_number} and {@code log_index}. */
    public LogTable place() {
        return block().integer("log_index", ContractLog::index);
    }

    /** {@code tx_hash}. */
    public LogTable tx() {
        return hash("tx_hash", ContractLog::tx);
    }

    private LogTable with(String column, Field field) {
        return new LogTable(table, and(columns, column), and(fields, field));
    }

    private static <T> List<T> and(List<T> some, T more) {
        List<T> all = new ArrayList<>(some);
        all.add(more);
        return List.copyOf(all);
    }

    /** Writes a row for each of these logs, in the transaction of whoever calls. */
    public void copy(List<ContractLog> logs, JdbcTemplate database) {
        CopyRows rows = CopyRows.into(table, columns.toArray(String[]::new));
        for (ContractLog log : logs) {
            rows.row();
            fields.forEach(field -> field.add(rows, log));
        }
        rows.write(database);
    }
}
