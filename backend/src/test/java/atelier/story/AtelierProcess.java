package atelier.story;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** Atelier in a JVM of its own, with its embedded database and chain, that can be killed. */
final class AtelierProcess implements AutoCloseable {

    static final Duration START_LIMIT = Duration.ofMinutes(4);

    private static final List<String> CLASSES =
            List.of("-cp", applicationClassPath(), "atelier.Atelier");

    private final Process process;
    private final URI address;
    private final Path data;
    private final List<String> program;
    private final List<String> arguments;
    private final List<String> output = new CopyOnWriteArrayList<>();

    private AtelierProcess(
            Process process, URI address, Path data, List<String> program, List<String> arguments) {
        this.process = process;
        this.address = address;
        this.data = data;
        this.program = program;
        this.arguments = arguments;
        Thread.ofVirtual().name("atelier-output").start(this::listen);
    }

    /** Starts on a data folder; returns at once. */
    static AtelierProcess launch(Path data, String... arguments) {
        return launch(freePort(), data, CLASSES, List.of(arguments));
    }

    /** Starts as people do who run it for real; returns at once. */
    static AtelierProcess launchJar(Path jar, Path data, List<String> arguments) {
        return launch(freePort(), data, List.of("-jar", jar.toString()), arguments);
    }

    private static AtelierProcess launch(
            int port, Path data, List<String> program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"));
        command.addAll(program);
        command.add("--server.port=" + port);
        command.add("--atelier.data=" + data);
        command.add("--atelier.public-url=http://localhost:" + port);
        command.addAll(arguments);
        try {
            return new AtelierProcess(
                    new ProcessBuilder(command).redirectErrorStream(true).start(),
                    URI.create("http://localhost:" + port),
                    data,
                    program,
                    arguments);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts on a data folder and waits until it says where it is. */
    static AtelierProcess start(Path data, String... arguments) {
        AtelierProcess atelier = launch(data, arguments);
        atelier.awaitLine("Atelier is at ");
        return atelier;
    }

    /** The same again, where the last one ended. */
    static AtelierProcess restart(AtelierProcess ended) {
        AtelierProcess atelier = relaunch(ended);
        atelier.awaitLine("Atelier is at ");
        return atelier;
    }

    private static AtelierProcess relaunch(AtelierProcess ended) {
        return launch(ended.address.getPort(), ended.data, ended.program, ended.arguments);
    }

    /** Waits until the mirror has caught up and everything answers. */
    void awaitReady() {
        Awaitility.await("readiness")
                .atMost(START_LIMIT)
                .ignoreExceptions()
                .until(() -> status("/actuator/health/ready") == 200);
    }

    private int status(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(address.resolve(path)).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    URI address() {
        return address;
    }

    /** Waits for a line of output that contains the text, and returns it. */
    String awaitLine(String text) {
        Awaitility.await("'" + text + "' in the output")
                .atMost(START_LIMIT)
                .until(() -> line(text).isPresent() || !process.isAlive());
        return line(text)
                .orElseThrow(() ->
                        new AssertionError(
                                "Atelier ended without saying '"
                                        + text
                                        + "':\n"
                                        + String.join("\n", output)));
    }

    private Optional<String> line(String text) {
        return output.stream().filter(line -> line.contains(text)).findFirst();
    }

    /** Everything it has said so far. */
    String output() {
        return String.join("\n", output);
    }

    /** As {@code kill -9} does: no hook runs, the database and the chain are left behind. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** As Ctrl-C does. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private void listen() {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(output::add);
        } catch (IOException | UncheckedIOException e) {
            output.add("The output ended: " + e.getMessage());
        }
    }

    /** Its database, which outlives a killed application until the next start. */
    String databaseUrl() {
        try {
            String port =
                    Files.readAllLines(data.resolve("postgres/data/postmaster.pid")).get(3).strip();
            return "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where its development chain answers. */
    String rpcUrl() {
        String line = awaitLine("The chain answers at ");
        return line.substring(line.indexOf("http")).strip();
    }

    static String applicationClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(":", -1))
                .filter(entry -> !entry.contains("test-classes"))
                .collect(Collectors.joining(":"));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
