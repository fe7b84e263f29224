package atelier.devnet;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON-RPC as a test asks it. */
record RpcClient(String url) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static RpcClient of(DevChain chain) {
        return new RpcClient(chain.rpcUrl());
    }

    static Map<String, Object> request(int id, String method, Object... params) {
        return Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", params);
    }

    /** The result; an answered error fails the test. */
    JsonNode call(String method, Object... params) {
        JsonNode answer = post(request(1, method, params));
        if (answer.has("error")) {
            throw new AssertionError(method + " answered " + answer.get("error"));
        }
        return answer.get("result");
    }

    /** The error that the node answers. */
    JsonNode refusal(String method, Object... params) {
        return post(request(1, method, params)).get("error");
    }

    JsonNode post(Object payload) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(payload)))
                        .build();
        try {
            return JSON.readTree(HTTP.send(request, BodyHandlers.ofString()).body());
        } catch (IOException failed) {
            throw new AssertionError("No answer from " + url, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    long height() {
        return number(call("eth_blockNumber"));
    }

    JsonNode block(long number) {
        return call("eth_getBlockByNumber", "0x" + Long.toHexString(number), false);
    }

    JsonNode latest() {
        return call("eth_getBlockByNumber", "latest", false);
    }

    String headHash() {
        return latest().get("hash").stringValue();
    }

    /** Sends one wei from a funded account to another. */
    String pay(int from, int to) {
        return call(
                        "eth_sendTransaction",
                        Map.of("from", address(from), "to", address(to), "value", "0x1"))
                .stringValue();
    }

    static String address(int account) {
        return DevChain.accounts().get(account).address();
    }

    static long number(JsonNode quantity) {
        return Long.decode(quantity.stringValue());
    }
}
