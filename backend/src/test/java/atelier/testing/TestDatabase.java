package atelier.testing;

import atelier.demo.EmbeddedDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * One PostgreSQL for the whole run of tests; every caller gets an empty database in it. It runs
 * until after this JVM, as {@link Scratch} says.
 */
public final class TestDatabase {

    private static final EmbeddedDatabase SERVER =
            EmbeddedDatabase.start(Scratch.folder("database"));

    private TestDatabase() {}

    /** The JDBC address of a new, empty database. */
    public static String create() {
        return create("");
    }

    /** A copy of a database that nobody is connected to, as a restored backup is one. */
    public static String copy(String jdbcUrl) {
        return create(" TEMPLATE " + name(jdbcUrl));
    }

    /** Nobody needs it any more, connected or not. */
    public static void drop(String jdbcUrl) {
        execute("DROP DATABASE " + name(jdbcUrl) + " WITH (FORCE)");
    }

    private static String create(String like) {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        execute("CREATE DATABASE " + name + like);
        return SERVER.jdbcUrl().replace("/postgres?", "/" + name + "?");
    }

    private static String name(String jdbcUrl) {
        return jdbcUrl.replaceAll(".*/(\\w+)\\?.*", "$1");
    }

    private static void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(SERVER.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
