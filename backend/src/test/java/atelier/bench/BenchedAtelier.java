package atelier.bench;

import atelier.Atelier;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The backend in a JVM of its own, on the arena's chain and database, as it would be installed. */
final class BenchedAtelier implements AutoCloseable {

    private static final String FLAGS =
            System.getProperty("bench.backend", "-Xmx384m -XX:+UseSerialGC -Xss512k");

    private final Process process;
    private final URI address;

    private BenchedAtelier(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** What the other JVM runs. */
    public static void main(String[] arguments) {
        new SpringApplicationBuilder(Atelier.class)
                .listeners(Arena.developmentChain())
                .run(arguments);
    }

    static BenchedAtelier start(Arena arena) {
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(FLAGS.split(" ", -1)));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(BenchedAtelier.class.getName());
        command.addAll(arena.settings());
        command.add("--server.port=" + port);
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            Thread.ofVirtual().start(() -> echo(process));
            return new BenchedAtelier(process, URI.create("http://localhost:" + port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    BenchedAtelier awaitHealth() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .ignoreExceptions()
                .until(() -> status("/actuator/health/alive") == 200);
        return this;
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

    /** In MiB. */
    double peakMemory() {
        return Cpu.peakMemory(process.pid());
    }

    double cpuSeconds() {
        return Cpu.of(process.pid());
    }

    /** What of that went into compiling. */
    double compilingSeconds() {
        return Cpu.compiling(process.pid());
    }

    private static void echo(Process process) {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(line -> System.out.println("  | " + line));
        } catch (IOException | UncheckedIOException e) {
            System.out.println("  | ended");
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
