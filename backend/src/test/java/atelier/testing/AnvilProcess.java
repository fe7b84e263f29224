package atelier.testing;

import atelier.devnet.DevChain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** anvil on any free port, with nothing before it; it ends with this JVM, however that ends. */
public final class AnvilProcess implements AutoCloseable {

    private static final String LISTENING = "Listening on ";

    /** What the shell becomes ends when the pipe to us closes. */
    private static final String UNTIL_PIPE_CLOSES =
            "exec 3<&0; (cat <&3; kill -9 $$) >/dev/null 2>&1 & exec \"$@\" </dev/null 3<&-";

    private final Process process;
    private final String address;

    private AnvilProcess(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /** Starts one under Osaka's rules and waits until it listens. */
    public static AnvilProcess start(long chainId, String... options) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", UNTIL_PIPE_CLOSES, "sh"));
        command.add(program().toString());
        command.addAll(List.of("--host", "127.0.0.1", "--port", "0", "--hardfork", "osaka"));
        command.addAll(List.of("--chain-id", Long.toString(chainId)));
        command.addAll(List.of("--cache-path", Scratch.folder("anvil").toString()));
        command.addAll(List.of(options));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            return new AnvilProcess(process, listening(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String listening(Process process) throws IOException {
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(LISTENING)) {
                Thread.ofVirtual().start(() -> drain(lines));
                return line.substring(LISTENING.length()).strip();
            }
        }
        throw new IllegalStateException("anvil ended before it listened");
    }

    /** Whoever does not read what it says brings it to a halt. */
    private static void drain(BufferedReader lines) {
        try {
            lines.lines().forEach(_ -> {});
        } catch (UncheckedIOException e) {
            // It has ended, which is what was asked for.
        }
    }

    private static Path program() {
        try (InputStream home = DevChain.class.getResourceAsStream("home")) {
            if (home == null) {
                throw new IllegalStateException("chain-devnet was built without its resources");
            }
            return Path.of(new String(home.readAllBytes(), StandardCharsets.UTF_8).strip())
                    .resolve("node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://" + address;
    }

    public String webSocketUrl() {
        return "ws://" + address;
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process.onExit().join();
    }
}
