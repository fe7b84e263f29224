package atelier.demo;

import atelier.chain.Mirror;
import atelier.chain.MirrorStatus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The development chain's days: time there can be let go by, for everybody and for good. What
 * happened keeps the times of its blocks, so nothing that is proved by them becomes untrue.
 */
@Component
class Calendar {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final String node;
    private final Mirror mirror;
    private final Patience patience;

    Calendar(@Value("${atelier.chain.rpc-url}") String node, Mirror mirror, Patience patience) {
        this.node = node;
        this.mirror = mirror;
        this.patience = patience;
    }

    /** Lets time go by until then, if it is not that late already, and waits for the mirror. */
    void reach(Instant moment) throws InterruptedException {
        patience.until(() -> mirror.status().filter(MirrorStatus::caughtUp).isPresent());
        if (mirrored().isBefore(moment)) {
            ask("evm_mine");
            if (newest().isBefore(moment)) {
                Progress.say("Seeding: the chain's calendar is put on to " + moment);
                ask("evm_mine", moment.getEpochSecond());
            }
        }
        patience.until(() -> !mirrored().isBefore(moment));
    }

    private Instant mirrored() {
        return mirror.status().map(MirrorStatus::time).orElse(Instant.EPOCH);
    }

    private Instant newest() throws InterruptedException {
        JsonNode block = ask("eth_getBlockByNumber", "latest", false);
        return Instant.ofEpochSecond(Long.decode(block.path("timestamp").asString()));
    }

    private JsonNode ask(String method, Object... values) throws InterruptedException {
        Map<String, Object> question =
                Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", List.of(values));
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(node))
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        JSON.writeValueAsString(question)))
                        .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            JsonNode answer =
                    JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
            if (!answer.has("result")) {
                throw new SeedingStopped(method + " was refused: " + answer.path("error"));
            }
            return answer.path("result");
        } catch (IOException e) {
            throw new SeedingStopped("The chain does not answer: " + e.getMessage());
        }
    }
}
