package atelier.testing;

import atelier.demo.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.springframework.boot.SpringApplication;
import org.springframework.util.FileSystemUtils;

/** One PostgreSQL for the whole run of tests; every caller gets an empty database in it. */
public final class TestDatabase {

    private static final EmbeddedDatabase SERVER = start();

    private TestDatabase() {}

    /** The JDBC address of a new, empty database. */
    public static String create() {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = DriverManager.getConnection(SERVER.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return SERVER.jdbcUrl().replace("/postgres?", "/" + name + "?");
    }

    /** A copy of a database that nobody is connected to, as a restored backup is one. */
    public static String copy(String jdbcUrl) {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        String from = jdbcUrl.replaceAll(".*/(\\w+)\\?.*", "$1");
        try (Connection connection = DriverManager.getConnection(SERVER.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " TEMPLATE " + from);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return SERVER.jdbcUrl().replace("/postgres?", "/" + name + "?");
    }

    private static EmbeddedDatabase start() {
        try {
            Path folder = Files.createTempDirectory("atelier-test-database");
            EmbeddedDatabase database = EmbeddedDatabase.start(folder);
            // After every application that uses it, unlike a shutdown hook of the JVM's.
            SpringApplication.getShutdownHandlers().add(() -> stop(database, folder));
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop(EmbeddedDatabase database, Path folder) {
        try {
            database.close();
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
