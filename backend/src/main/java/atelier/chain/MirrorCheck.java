package atelier.chain;

import atelier.chain.MirrorTables.Cursor;
import atelier.kernel.Hash32;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Holds the mirror that is served against one made afresh from the chain, and puts the fresh one in
 * its place where that is asked for. The application on the same database goes on meanwhile.
 */
final class MirrorCheck {

    /** It could not be done; the words say why and what to do. */
    static final class Trouble extends RuntimeException {
        Trouble(String words) {
            super(words);
        }
    }

    /** Where the fresh mirror is made. */
    static final String FRESH = "derived_fresh";

    private static final String SERVED = "derived";
    private static final String REPLACED = "derived_replaced";
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int TRIES = 20;

    private final DataSource database;
    private final FreshMirror fresh;
    private final Consumer<String> say;

    MirrorCheck(DataSource database, FreshMirror fresh, Consumer<String> say) {
        this.database = database;
        this.fresh = fresh;
        this.say = say;
    }

    /** Whether the served mirror says at its newest block what the chain says. */
    boolean verify() throws SQLException {
        say.accept("Reading the chain afresh");
        fresh.bringTo(height());
        for (int i = 0; i < TRIES; i++) {
            try (Connection served = snapshot();
                    Connection made = database.getConnection()) {
                Cursor pinned = cursor(served).orElseThrow(MirrorCheck::empty);
                Cursor mine = fresh.bringTo(pinned.height());
                if (mine.hash().equals(pinned.hash())) {
                    made.setAutoCommit(false);
                    return same(served, made, pinned);
                }
                tell(pinned, mine.hash());
                served.rollback();
            }
            Pauses.pause(PAUSE);
        }
        return false;
    }

    /** Puts a mirror made afresh in the place of the served one, at the very same block. */
    void rebuild() throws SQLException {
        say.accept("Reading the chain afresh");
        fresh.bringTo(height());
        fresh.completeIndexes();
        for (int i = 0; i < TRIES; i++) {
            try (Connection connection = database.getConnection()) {
                connection.setAutoCommit(false);
                Cursor served = fence(connection);
                Cursor mine = fresh.bringTo(served.height());
                if (mine.hash().equals(served.hash())) {
                    swap(connection);
                    say.accept("Rebuilt at block %d %s".formatted(mine.height(), mine.hash()));
                    return;
                }
                tell(served, mine.hash());
                connection.rollback();
            }
            Pauses.pause(PAUSE);
        }
        throw new Trouble(
                "The mirror and the node do not agree on a block to change over at. Nothing was"
                        + " changed. See that the application reads the same chain, and try again.");
    }

    private boolean same(Connection served, Connection made, Cursor pinned) throws SQLException {
        List<String> tables = TableState.tables(served, SERVED);
        if (!tables.equals(TableState.tables(made, FRESH))) {
            throw new Trouble(
                    "The mirror has other tables than this version makes. Start the application of"
                            + " this version once, and try again.");
        }
        List<TableState> differing = new ArrayList<>();
        for (String table : tables) {
            TableState state = TableState.of(served, SERVED, table);
            if (!state.equals(TableState.of(made, FRESH, table))) {
                differing.add(state);
            }
        }
        for (TableState state : differing) {
            tell(served, made, state);
        }
        say.accept(
                "Block %d %s: %s"
                        .formatted(
                                pinned.height(),
                                pinned.hash(),
                                differing.isEmpty()
                                        ? "all %d tables say what the chain says"
                                                .formatted(tables.size())
                                        : "%d of %d tables differ; 'mirror rebuild' heals them"
                                                .formatted(differing.size(), tables.size())));
        return differing.isEmpty();
    }

    private void tell(Connection served, Connection made, TableState state) throws SQLException {
        TableState.Difference first =
                TableState.difference(served, SERVED, made, FRESH, state.table());
        say.accept("Table %s differs".formatted(state.table()));
        say.accept("  mirrored: " + (first.mirrored() == null ? "no such row" : first.mirrored()));
        say.accept("  on chain: " + (first.onChain() == null ? "no such row" : first.onChain()));
    }

    private void tell(Cursor served, Hash32 onChain) {
        say.accept(
                "Block %d is %s in the mirror and %s on the node; looking again"
                        .formatted(served.height(), served.hash(), onChain));
    }

    private long height() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return cursor(connection).orElseThrow(MirrorCheck::empty).height();
        }
    }

    /** Everything read through it is of one moment, whatever the reader adds meanwhile. */
    private Connection snapshot() throws SQLException {
        Connection connection = database.getConnection();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        return connection;
    }

    /**
     * The reader of whatever process waits from here on until the connection's transaction ends.
     */
    private static Cursor fence(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT FROM recorded.lease WHERE name = 'reader' FOR UPDATE");
        }
        return cursor(connection).orElseThrow(MirrorCheck::empty);
    }

    private static Optional<Cursor> cursor(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT era, start, height, hash FROM derived.cursor")) {
            return row.next()
                    ? Optional.of(
                            new Cursor(
                                    row.getInt(1),
                                    row.getLong(2),
                                    row.getLong(3),
                                    Hash32.of(row.getBytes(4))))
                    : Optional.empty();
        }
    }

    /** Pages that are being read finish on the old tables; those are dropped when the last has. */
    private void swap(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ALTER SCHEMA derived RENAME TO " + REPLACED);
            statement.execute("ALTER SCHEMA " + FRESH + " RENAME TO derived");
            connection.commit();
            statement.execute("DROP SCHEMA " + REPLACED + " CASCADE");
            connection.commit();
        }
    }

    /** Leaves nothing of an earlier run. */
    void clear() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + FRESH + " CASCADE");
            statement.execute("DROP SCHEMA IF EXISTS " + REPLACED + " CASCADE");
        }
    }

    static Trouble empty() {
        return new Trouble(
                "Nothing has been mirrored yet. Start the application and wait until it is ready.");
    }
}
