package atelier.bench;

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

/**
 * anvil without anything before it: a block every second, as large as anyone fills it, transactions
 * capped as under Osaka.
 */
final class Anvil implements AutoCloseable {

    private static final String LISTENING = "Listening on ";

    private final Process process;
    private final String address;
    private final Rpc rpc;

    private Anvil(Process process, String address) {
        this.process = process;
        this.address = address;
        this.rpc = new Rpc("http://" + address);
    }

    static Anvil start() {
        try {
            return launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Anvil launch() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(program().toString());
        command.addAll(List.of("--host", "127.0.0.1", "--port", "0", "--block-time", "1"));
        command.addAll(List.of("--chain-id", "31337", "--hardfork", "osaka"));
        command.addAll(List.of("--gas-limit", "3000000000", "--enable-tx-gas-limit"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String address = address(lines);
        Thread.ofVirtual().start(() -> lines.lines().forEach(_ -> {}));
        return new Anvil(process, address);
    }

    /** Another anvil in the same state, to replay on. */
    Anvil twin() {
        String state = rpc.call("anvil_dumpState").asString();
        Anvil twin = start();
        twin.rpc.call("anvil_loadState", state);
        return twin;
    }

    private static String address(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(LISTENING)) {
                return line.substring(LISTENING.length()).strip();
            }
        }
        throw new IllegalStateException("anvil ended before it listened");
    }

    private static Path program() throws IOException {
        try (InputStream home = DevChain.class.getResourceAsStream("home")) {
            if (home == null) {
                throw new IllegalStateException("chain-devnet was built without its resources");
            }
            return Path.of(new String(home.readAllBytes(), StandardCharsets.UTF_8).strip())
                    .resolve("node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil");
        }
    }

    String url() {
        return "http://" + address;
    }

    String webSocketUrl() {
        return "ws://" + address;
    }

    Rpc rpc() {
        return rpc;
    }

    long height() {
        return rpc.number("eth_blockNumber");
    }

    double cpuSeconds() {
        return Cpu.of(process.pid());
    }

    /** Sends as an account without its key; it gets coin for the gas. */
    void become(String account) {
        rpc.call("anvil_impersonateAccount", account);
        fund(account);
    }

    void fund(String account) {
        rpc.call("anvil_setBalance", account, "0xd3c21bcecceda1000000");
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
