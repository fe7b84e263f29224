package atelier.devnet;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON-RPC as a test asks it. */
record RpcClient(String url) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** A machine that builds other things as well may give a node little time. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    static RpcClient of(DevChain chain) {
        return new RpcClient(chain.rpcUrl());
    }

    static String address(int account) {
        return DevChain.accounts().get(account).address();
    }

    static long number(JsonNode quantity) {
        return Long.decode(quantity.stringValue());
    }

    static Map<String, Object> request(int id, String method, Object... params) {
        return Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", params);
    }

    /** One wei from one funded account to another. */
    static Map<String, Object> payment(int from, int to) {
        return payment(from, to, Map.of());
    }

    static Map<String, Object> payment(int from, int to, Map<String, Object> more) {
        Map<String, Object> payment = new HashMap<>(more);
        payment.putAll(Map.of("from", address(from), "to", address(to), "value", "0x1"));
        return payment;
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
        return postText(JSON.writeValueAsString(payload));
    }

    JsonNode postText(String body) {
        return JSON.readTree(send(body).body());
    }

    /** How the node answers what a page of this site asks. */
    int statusFor(String origin) {
        return send("{}", "Origin", origin).statusCode();
    }

    private HttpResponse<String> send(String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new NoAnswer(failed);
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

    long timeOf(long number) {
        return number(block(number).get("timestamp"));
    }

    JsonNode latest() {
        return call("eth_getBlockByNumber", "latest", false);
    }

    String headHash() {
        return latest().get("hash").stringValue();
    }

    String pay(int from, int to) {
        return call("eth_sendTransaction", payment(from, to)).stringValue();
    }

    /** The block that a transaction is in, or 0. */
    long minedIn(String hash) {
        JsonNode receipt = call("eth_getTransactionReceipt", hash);
        return receipt.isNull() ? 0 : number(receipt.get("blockNumber"));
    }

    void awaitHeight(long height) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> height() >= height);
    }

    /** Waits until a transaction has so many blocks after its own. */
    RpcClient settled(String hash, int confirmations) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> minedIn(hash) > 0);
        awaitHeight(minedIn(hash) + confirmations);
        return this;
    }

    /** The node is not there any more. */
    static final class NoAnswer extends RuntimeException {
        NoAnswer(IOException cause) {
            super(cause);
        }
    }
}
