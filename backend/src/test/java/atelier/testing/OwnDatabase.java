package atelier.testing;

import atelier.demo.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A PostgreSQL as an operator has it, with a database and an ordinary user for Atelier; it can be
 * frozen, killed and started again at the same port.
 */
public final class OwnDatabase implements AutoCloseable {

    public static final String USER = "atelier";
    public static final String PASSWORD = "not the one of production";

    private final Path data;
    private final String port;
    private final List<String> command;
    private ProcessHandle server;

    private OwnDatabase(Path data) throws IOException {
        this.data = data;
        List<String> pidFile = Files.readAllLines(data.resolve("postmaster.pid"));
        this.port = pidFile.get(3).strip();
        this.server = ProcessHandle.of(Long.parseLong(pidFile.getFirst().strip())).orElseThrow();
        this.command = commandOf(server);
    }

    /** Starts on an empty folder. */
    public static OwnDatabase start(Path folder) {
        EmbeddedDatabase first = EmbeddedDatabase.start(folder);
        try (Connection connection = DriverManager.getConnection(first.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE " + USER + " LOGIN PASSWORD '" + PASSWORD + "'");
            statement.execute("CREATE DATABASE atelier OWNER " + USER);
            return new OwnDatabase(folder.resolve("data").toAbsolutePath());
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/atelier";
    }

    /** What tells Atelier of it. */
    public List<String> arguments() {
        return List.of(
                "--spring.datasource.url=" + jdbcUrl(),
                "--spring.datasource.username=" + USER,
                "--spring.datasource.password=" + PASSWORD);
    }

    /** It takes connections and says nothing, as a machine that swaps to death. */
    public void freeze() {
        Signals.freeze(everything());
    }

    public void thaw() {
        Signals.thaw(everything());
    }

    /** As {@code kill -9} on all of it. */
    public void kill() {
        everything().toList().forEach(ProcessHandle::destroyForcibly);
        Awaitility.await().until(() -> !server.isAlive());
    }

    /** The same server again, a direct child this time. */
    public void startAgain() {
        try {
            Process again =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(data.resolveSibling("again.log").toFile())
                            .start();
            server = again.toHandle();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stream<ProcessHandle> everything() {
        return Stream.concat(Stream.of(server), server.descendants());
    }

    /** Run as root it refuses to start; in a namespace of its own it is nobody. */
    private static List<String> commandOf(ProcessHandle server) throws IOException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        String line =
                Files.readString(
                        Path.of("/proc", Long.toString(server.pid()), "cmdline"),
                        StandardCharsets.UTF_8);
        command.addAll(List.of(line.split("\0")));
        return command;
    }

    @Override
    public void close() {
        kill();
    }
}
