package atelier.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Whatever becomes of a JVM with tests, nothing of it stays. */
class ScratchTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What the other JVM does: says where its database runs, and waits to be killed. */
    public static void main(String[] arguments) throws IOException {
        AnvilProcess anvil = AnvilProcess.start(1);
        TestDatabase.create();
        System.out.println(Scratch.folder("something").getParent() + " " + anvil.pid());
        System.in.read();
    }

    @Test
    void leavesNothingOfAKilledJvm() throws IOException {
        Process other = start();
        String[] said = said(other).split(" ", -1);
        Path folder = Path.of(said[0]);
        ProcessHandle anvil = ProcessHandle.of(Long.parseLong(said[1])).orElseThrow();
        ProcessHandle server = server(folder);
        assertThat(anvil.isAlive()).isTrue();
        assertThat(server.isAlive()).isTrue();

        other.destroyForcibly();

        Awaitility.await().atMost(PATIENCE).until(() -> !anvil.isAlive());
        Awaitility.await().atMost(PATIENCE).until(() -> !server.isAlive());
        Awaitility.await().atMost(PATIENCE).until(() -> !Files.exists(folder));
    }

    private static Process start() throws IOException {
        return new ProcessBuilder(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                ScratchTests.class.getName()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String said(Process process) throws IOException {
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("/")) {
                return line;
            }
        }
        throw new IllegalStateException("It ended before it said anything");
    }

    private static ProcessHandle server(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            Path file =
                    files.filter(one -> one.endsWith("postmaster.pid")).findFirst().orElseThrow();
            return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()))
                    .orElseThrow();
        }
    }
}
