package atelier.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
    private final AnvilProcess anvil;
    private final HttpClient http = HttpClient.newHttpClient();

    private ForeignChain(AnvilProcess anvil) {
        this.anvil = anvil;
    }

    /** Starts it with this id. */
    public static ForeignChain start(long chainId) {
        return new ForeignChain(AnvilProcess.start(chainId, "--block-time", "1"));
    }

    public String rpcUrl() {
        return anvil.url();
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
                                            HttpRequest.newBuilder(URI.create(anvil.url()))
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
        anvil.close();
        http.shutdownNow();
    }
}
