package atelier.chain;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a table of a mirror says, in three numbers that do not depend on the order of its rows: how
 * many there are and two sums of their hashes. Rows that a reorg left behind do not count.
 */
record TableState(String table, long rows, BigDecimal high, BigDecimal low) {

    private static final int FETCH = 1_000;

    /**
     * Tables that say nothing about the chain, and statements: those are made of the others later.
     */
    private static final List<String> ASIDE =
            List.of("flyway_schema_history", "cursor", "postponed_index", "statement", "share");

    /** The tables of a schema, in the order of their names. */
    static List<String> tables(Connection connection, String schema) throws SQLException {
        List<String> tables = new ArrayList<>();
        for (String table :
                names(
                        connection,
                        "SELECT tablename FROM pg_tables WHERE schemaname = ? ORDER BY 1",
                        schema)) {
            if (!ASIDE.contains(table)) {
                tables.add(table);
            }
        }
        return tables;
    }

    static TableState of(Connection connection, String schema, String table) throws SQLException {
        String sql =
                """
                SELECT count(*), coalesce(sum(('x' || left(hash, 16))::bit(64)::bigint), 0),
                       coalesce(sum(('x' || right(hash, 16))::bit(64)::bigint), 0)
                FROM (SELECT md5(row(%s)::text) AS hash FROM %s.%s%s) hashed
                """
                        .formatted(
                                columns(connection, schema, table),
                                schema,
                                table,
                                condition(connection, schema, table));
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return new TableState(
                    table, row.getLong(1), row.getBigDecimal(2), row.getBigDecimal(3));
        }
    }

    /** A row that the first of two schemas has and the second has not, or the other way round. */
    record Difference(@Nullable String mirrored, @Nullable String onChain) {}

    /**
     * Looks for the first rows that differ, in the order of their hashes.
     *
     * @param mirror a connection that sees the mirror at the block
     * @param fresh a connection that sees what the chain gives at the same block
     */
    static Difference difference(
            Connection mirror, String mirrorSchema, Connection fresh, String schema, String table)
            throws SQLException {
        try (Rows left = Rows.of(mirror, mirrorSchema, table);
                Rows right = Rows.of(fresh, schema, table)) {
            String onlyLeft = null;
            String onlyRight = null;
            while ((left.present() || right.present()) && (onlyLeft == null || onlyRight == null)) {
                int order = left.compareTo(right);
                if (order < 0 && onlyLeft == null) {
                    onlyLeft = left.words();
                } else if (order > 0 && onlyRight == null) {
                    onlyRight = right.words();
                }
                if (order <= 0) {
                    left.next();
                }
                if (order >= 0) {
                    right.next();
                }
            }
            return new Difference(onlyLeft, onlyRight);
        }
    }

    /** Rows of a table by their hashes, read a thousand at a time. */
    private static final class Rows implements AutoCloseable {

        private final Statement statement;
        private final ResultSet rows;
        private boolean present;

        private Rows(Statement statement, ResultSet rows) throws SQLException {
            this.statement = statement;
            this.rows = rows;
            next();
        }

        static Rows of(Connection connection, String schema, String table) throws SQLException {
            Statement statement = connection.createStatement();
            statement.setFetchSize(FETCH);
            return new Rows(
                    statement,
                    statement.executeQuery(
                            """
                            SELECT md5(row(%s)::text) COLLATE "C", row_to_json(told)::text
                            FROM %s.%s told%s ORDER BY 1
                            """
                                    .formatted(
                                            columns(connection, schema, table),
                                            schema,
                                            table,
                                            condition(connection, schema, table))));
        }

        boolean present() {
            return present;
        }

        void next() throws SQLException {
            present = rows.next();
        }

        String words() throws SQLException {
            return rows.getString(2);
        }

        /** A side that has ended comes after everything. */
        int compareTo(Rows other) throws SQLException {
            if (!present || !other.present) {
                return Boolean.compare(other.present, present);
            }
            return rows.getString(1).compareTo(other.rows.getString(1));
        }

        @Override
        public void close() throws SQLException {
            rows.close();
            statement.close();
        }
    }

    /** By name: the order in a table is that in which its migrations came. */
    private static String columns(Connection connection, String schema, String table)
            throws SQLException {
        return String.join(", ", columnNames(connection, schema, table));
    }

    private static String condition(Connection connection, String schema, String table)
            throws SQLException {
        return columnNames(connection, schema, table).contains("canonical")
                ? " WHERE canonical"
                : "";
    }

    private static List<String> columnNames(Connection connection, String schema, String table)
            throws SQLException {
        return names(
                connection,
                "SELECT column_name FROM information_schema.columns WHERE table_schema = ? AND"
                        + " table_name = ? ORDER BY column_name",
                schema,
                table);
    }

    private static List<String> names(Connection connection, String sql, String... parameters)
            throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
        }
        return names;
    }
}
