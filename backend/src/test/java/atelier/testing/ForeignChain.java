package atelier.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A chain that is none of ours: another id, a block a second, and somebody rich who gives to whom
 * we name. It ends with this JVM.
 */
public final class ForeignChain implements AutoCloseable {

    /** The id that chains have that are somebody's. */
    public static final long CHAIN_ID = 4242;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String LISTENING = "Listening on ";
    private static final String UNTIL_PIPE_CLOSES =
            "\"$@\" </dev/null & anvil=$!; exec >&-; cat >/dev/null; kill $anvil";
    private static final Path ANVIL =
            Path.of(
                    "..",
                    "chain-devnet",
                    "node_modules",
                    "@foundry-rs",
                    "anvil-linux-amd64",
                    "bin",
                    "anvil");

    private final Process shell;
    private final String url;
    private final HttpClient http = HttpClient.newHttpClient();

    private ForeignChain(Process shell, String url) {
        this.shell = shell;
        this.url = url;
    }

    /** Starts it with this id. */
    public static ForeignChain start(long chainId) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", UNTIL_PIPE_CLOSES, "sh"));
        command.add(ANVIL.toAbsolutePath().normalize().toString());
        command.addAll(List.of("--host", "127.0.0.1", "--port", "0", "--block-time", "1"));
        command.addAll(List.of("--chain-id", Long.toString(chainId), "--hardfork", "osaka"));
        try {
            Process shell = new ProcessBuilder(command).redirectErrorStream(true).start();
            return new ForeignChain(shell, "http://" + listening(shell));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String listening(Process shell) throws IOException {
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8));
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

    public String rpcUrl() {
        return url;
    }

    /** Gives an account this many whole coins. */
    public void give(String account, long coins) {
        String rich = call("eth_accounts", List.of()).get(0).asString();
        BigInteger wei = BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(coins));
        call(
                "eth_sendTransaction",
                List.of(Map.of("from", rich, "to", account, "value", "0x" + wei.toString(16))));
    }

    /** Whether there is a contract at this address. */
    public boolean hasCode(String address) {
        return call("eth_getCode", List.of(address, "latest")).asString().length() > 2;
    }

    private JsonNode call(String method, List<Object> params) {
        String body =
                JSON.writeValueAsString(
                        Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", params));
        try {
            JsonNode answer =
                    JSON.readTree(
                            http.send(
                                            HttpRequest.newBuilder(URI.create(url))
                                                    .header("Content-Type", "application/json")
                                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                                    .build(),
                                            HttpResponse.BodyHandlers.ofString())
                                    .body());
            if (!answer.has("result")) {
                throw new IllegalStateException(method + ": " + answer);
            }
            return answer.get("result");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            shell.getOutputStream().close(); // to kill the shell would leave anvil behind
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        shell.onExit().join();
        http.shutdownNow();
    }
}
