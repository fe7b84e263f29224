package atelier.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A PostgreSQL of our own on the loopback interface, its data in one folder, durable as any. */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Duration STARTUP_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    private final EmbeddedPostgres postgres;

    private EmbeddedDatabase(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** Starts on the folder's data, ending first a server that a killed application left behind. */
    public static EmbeddedDatabase start(Path folder) {
        try {
            Path data = Files.createDirectories(folder).resolve("data").toAbsolutePath();
            endOrphan(data);
            return new EmbeddedDatabase(
                    EmbeddedPostgres.builder()
                            .setDataDirectory(data)
                            .setCleanDataDirectory(false)
                            .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
                            .setRegisterShutdownHook(false)
                            .setPGStartupWait(STARTUP_LIMIT)
                            .setServerConfig("fsync", "on")
                            .setServerConfig("synchronous_commit", "on")
                            .setServerConfig("listen_addresses", "127.0.0.1")
                            .setServerConfig("max_connections", "100")
                            .setServerConfig("log_min_messages", "fatal")
                            .setServerConfig("log_min_error_statement", "panic")
                            .start());
        } catch (IOException | RuntimeException e) {
            throw new StartRefused(
                    "The embedded PostgreSQL did not start on " + folder + ": " + e.getMessage(),
                    "Look into that folder's log, free disk space, or name a database of your own"
                            + " with --spring.datasource.url.");
        }
    }

    /** The JDBC address, user included. */
    public String jdbcUrl() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }

    private static void endOrphan(Path data) {
        serverOf(data)
                .ifPresent(server -> {
                    server.destroy();
                    if (!ended(server)) {
                        server.destroyForcibly();
                        ended(server);
                    }
                });
    }

    private static Optional<ProcessHandle> serverOf(Path data) {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(pidFile);
            return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                    .filter(process -> isServerOn(process, data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A recycled process id must not cost a stranger its life. */
    private static boolean isServerOn(ProcessHandle process, Path data) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains("postgres") && line.contains(data.toString()))
                .isPresent();
    }

    private static boolean ended(ProcessHandle process) {
        CompletableFuture<ProcessHandle> exit = process.onExit();
        try {
            exit.get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
