package atelier.story;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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

    private final Process process;
    private final URI address;
    private final List<String> output = new CopyOnWriteArrayList<>();

    private AtelierProcess(Process process, URI address) {
        this.process = process;
        this.address = address;
        Thread.ofVirtual().name("atelier-output").start(this::listen);
    }

    /** Starts on a data folder; returns at once. */
    static AtelierProcess launch(Path data, String... arguments) {
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"));
        command.addAll(List.of("-cp", applicationClassPath(), "atelier.Atelier"));
        command.add("--server.port=" + port);
        command.add("--atelier.data=" + data);
        command.add("--atelier.public-url=http://localhost:" + port);
        command.addAll(List.of(arguments));
        try {
            return new AtelierProcess(
                    new ProcessBuilder(command).redirectErrorStream(true).start(),
                    URI.create("http://localhost:" + port));
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

    private static String applicationClassPath() {
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
