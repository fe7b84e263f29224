package atelier.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON-RPC with nothing around it: how the bench itself and the bounds talk to the node. */
final class Rpc {

    /** The state of a chain is one long text. */
    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxStringLength(Integer.MAX_VALUE)
                                                    .build())
                                    .build())
                    .build();

    private final URI url;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Rpc(String url) {
        this.url = URI.create(url);
    }

    JsonNode call(String method, Object... params) {
        return result(JSON.readTree(post(JSON.writeValueAsString(request(0, method, params)))));
    }

    /** Several calls of one method in one request; their results come in any order. */
    void all(String method, List<?> firstParameters) {
        List<?> requests =
                firstParameters.stream().map(one -> request(one.hashCode(), method, one)).toList();
        for (JsonNode reply : JSON.readTree(post(JSON.writeValueAsString(requests)))) {
            result(reply);
        }
    }

    long number(String method, Object... params) {
        return Long.decode(call(method, params).asString());
    }

    byte[] post(String body) {
        try {
            return http.send(
                            HttpRequest.newBuilder(url)
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> request(int id, String method, Object... params) {
        return Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", params);
    }

    private static JsonNode result(JsonNode reply) {
        if (reply.has("error")) {
            throw new IllegalStateException("The node refuses: " + reply.get("error"));
        }
        return reply.get("result");
    }
}
