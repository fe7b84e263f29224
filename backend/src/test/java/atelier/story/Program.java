package atelier.story;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.testing.Visitor;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A member's program: calls the API with a token, as anyone's script would. */
final class Program {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Visitor http;

    private Program(Visitor http) {
        this.http = http;
    }

    /** What an answer is: its status, and its body as JSON. */
    record Answer(int status, JsonNode body) {

        Answer is(int expected) {
            assertThat(status).as(body.toString()).isEqualTo(expected);
            return this;
        }

        String text(String field) {
            return body.path(field).asString();
        }
    }

    /** Without a token. */
    static Program guest(URI home) {
        return new Program(new Visitor(home));
    }

    /** With a token for this member. */
    static Program signedIn(URI home, String email, String password) {
        Answer session =
                guest(home)
                        .post("/api/v1/sessions", Map.of("email", email, "password", password))
                        .is(201);
        return new Program(new Visitor(home).bearing(session.text("token")));
    }

    Answer get(String path) {
        return answer(http.get(path));
    }

    Answer post(String path, Object body) {
        return post(path, body, UUID.randomUUID().toString());
    }

    Answer post(String path, Object body, String key) {
        return call("POST", path, body, key);
    }

    Answer put(String path, Object body) {
        return call("PUT", path, body, UUID.randomUUID().toString());
    }

    Answer delete(String path) {
        return call("DELETE", path, null, UUID.randomUUID().toString());
    }

    Answer upload(byte[] picture) {
        return answer(http.upload(picture));
    }

    byte[] download(String path) {
        return http.bytes(path).body();
    }

    /** Waits until what an accepted request started is final. */
    void await(Answer accepted) {
        accepted.is(202);
        String intent = "/api/v1/intents/" + accepted.text("intent");
        Awaitility.await(intent)
                .atMost(PATIENCE)
                .until(() -> {
                    Answer now = get(intent);
                    assertThat(now.text("state")).as(now.body().toString()).isNotEqualTo("failed");
                    return now.text("state").equals("final");
                });
    }

    private Answer call(String method, String path, @Nullable Object body, String key) {
        return answer(http.call(method, path, body, "Idempotency-Key", key));
    }

    private static Answer answer(HttpResponse<String> response) {
        return new Answer(
                response.statusCode(),
                JsonMapper.shared().readTree(response.body().isEmpty() ? "{}" : response.body()));
    }
}
