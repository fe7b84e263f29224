package atelier.chain;

import atelier.kernel.Bytes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON-RPC over HTTP. Every wait has an end, and replies of a batch are matched by their ids. */
final class JsonRpc implements AutoCloseable {

    /** One request; parameters are whatever Jackson writes. */
    record Request(String method, List<Object> params) {

        static Request of(String method, Object... params) {
            return new Request(method, List.of(params));
        }
    }

    private static final JsonMapper JSON = JsonMapper.shared();

    private final @Nullable URI url;
    private final Duration timeout;
    private final HttpClient http;
    private final AtomicLong ids = new AtomicLong();

    JsonRpc(@Nullable URI url, Duration timeout) {
        this.url = url;
        this.timeout = timeout;
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(timeout)
                        .build();
    }

    /**
     * Sends one request.
     *
     * @throws NodeUnavailable if there is no usable answer in time
     * @throws NodeRefused if the answer is an error
     */
    JsonNode send(Request request) {
        return result(parse(post(body(ids.incrementAndGet(), request).toString())));
    }

    /**
     * Sends one request whose answer is a list, and reads that element by element: a tree of a
     * hundred thousand logs would be several times as large as what is made of it.
     */
    <T> List<T> sendForList(Request request, Function<JsonParser, T> element) {
        byte[] answer = post(body(ids.incrementAndGet(), request).toString());
        try (JsonParser parser = JSON.createParser(answer)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    boolean result = parser.currentName().equals("result");
                    if (parser.nextToken() == JsonToken.START_ARRAY && result) {
                        return elements(parser, element);
                    }
                    parser.skipChildren();
                }
            }
        } catch (JacksonException e) {
            throw new NodeUnavailable("The node's answer is not JSON", e);
        }
        result(parse(answer));
        throw new NodeUnavailable("The node's answer is not a list");
    }

    private static <T> List<T> elements(JsonParser parser, Function<JsonParser, T> element) {
        List<T> elements = new ArrayList<>();
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            elements.add(element.apply(parser));
        }
        if (parser.currentToken() != JsonToken.END_ARRAY) {
            throw new NodeUnavailable("The node's answer ends in the middle");
        }
        return elements;
    }

    /** What came of one request of several. */
    record Answer(@Nullable JsonNode result, @Nullable NodeRefused refusal) {

        /**
         * The result.
         *
         * @throws NodeRefused if it is an error
         */
        JsonNode get() {
            if (refusal != null) {
                throw refusal;
            }
            return Objects.requireNonNull(result);
        }
    }

    /** Sends several requests at once and answers in their order; fails as {@link #send} does. */
    List<JsonNode> sendAll(List<Request> requests) {
        if (requests.size() == 1) {
            return List.of(send(requests.getFirst()));
        }
        return askAll(requests).stream().map(Answer::get).toList();
    }

    /** The same, where one may fail without the others. */
    List<Answer> askAll(List<Request> requests) {
        long first = ids.getAndAdd(requests.size()) + 1;
        var batch = JSON.createArrayNode();
        for (int i = 0; i < requests.size(); i++) {
            batch.add(body(first + i, requests.get(i)));
        }
        Map<Long, JsonNode> replies = new HashMap<>();
        for (JsonNode reply : parse(post(batch.toString()))) {
            replies.put(reply.path("id").asLong(-1), reply);
        }
        List<Answer> results = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            JsonNode reply = replies.get(first + i);
            if (reply == null) {
                throw new NodeUnavailable("A batch came back without one of its replies");
            }
            results.add(answer(reply));
        }
        return results;
    }

    /**
     * Posts a body and returns the answer's, whatever it says.
     *
     * @throws NodeUnavailable if there is none in time
     */
    byte[] post(String body) {
        if (url == null) {
            throw new NodeUnavailable("No node is named: set atelier.chain.rpc-url");
        }
        HttpRequest request =
                HttpRequest.newBuilder(url)
                        .header("Content-Type", "application/json")
                        .timeout(timeout)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        // The request's own timeout ends with the headers; this one also bounds a body that stalls.
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
        try {
            HttpResponse<byte[]> response =
                    answer.get(timeout.toMillis() * 2, TimeUnit.MILLISECONDS);
            if (response.statusCode() == 429 || response.statusCode() >= 500) {
                throw new NodeUnavailable("The node answers HTTP " + response.statusCode());
            }
            return response.body();
        } catch (TimeoutException e) {
            throw new NodeUnavailable("The node did not answer in time", e);
        } catch (ExecutionException e) {
            throw new NodeUnavailable("The node cannot be reached", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeUnavailable("Interrupted while waiting for the node", e);
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private static ObjectNode body(long id, Request request) {
        ObjectNode body = JSON.createObjectNode();
        body.put("jsonrpc", "2.0");
        body.put("id", id);
        body.put("method", request.method());
        body.set("params", JSON.valueToTree(request.params()));
        return body;
    }

    private static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw new NodeUnavailable("The node's answer is not JSON", e);
        }
    }

    private static Answer answer(JsonNode reply) {
        try {
            return new Answer(result(reply), null);
        } catch (NodeRefused e) {
            return new Answer(null, e);
        }
    }

    private static JsonNode result(JsonNode reply) {
        JsonNode error = reply.path("error");
        if (!error.isMissingNode() && !error.isNull()) {
            throw new NodeRefused(
                    error.path("code").asInt(0),
                    error.path("message").asString(""),
                    revertData(error.path("data")));
        }
        if (!reply.has("result")) {
            throw new NodeUnavailable("The node's answer has neither result nor error");
        }
        return reply.get("result");
    }

    /** Nodes put it straight into {@code data}, or into an object in there. */
    private static byte @Nullable [] revertData(JsonNode data) {
        JsonNode text = data.isObject() ? data.path("data") : data;
        if (!text.isString() || !text.asString().matches("0x([0-9a-fA-F]{2})*")) {
            return null;
        }
        return Bytes.parse(text.asString());
    }
}
