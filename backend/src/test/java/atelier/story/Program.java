package atelier.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
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

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final URI home;
    private final @Nullable String token;

    private Program(URI home, @Nullable String token) {
        this.home = home;
        this.token = token;
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
        return new Program(home, null);
    }

    /** With a token for this member. */
    static Program signedIn(URI home, String email, String password) {
        Answer session =
                guest(home)
                        .post("/api/v1/sessions", Map.of("email", email, "password", password))
                        .is(201);
        return new Program(home, session.text("token"));
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer post(String path, Object body) {
        return post(path, body, UUID.randomUUID().toString());
    }

    Answer post(String path, Object body, String key) {
        return send(json(path, key).POST(text(body)));
    }

    Answer put(String path, Object body) {
        return send(json(path, UUID.randomUUID().toString()).PUT(text(body)));
    }

    Answer delete(String path) {
        return send(json(path, UUID.randomUUID().toString()).DELETE());
    }

    Answer upload(byte[] picture) {
        return send(
                request("/api/v1/pictures")
                        .header("Content-Type", "application/octet-stream")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(picture)));
    }

    byte[] download(String path) {
        try {
            return HTTP.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofByteArray())
                    .body();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
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

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(home.resolve(path));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private HttpRequest.Builder json(String path, String key) {
        return request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key);
    }

    private static HttpRequest.BodyPublisher text(Object body) {
        return HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer =
                    HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(),
                    JSON.readTree(answer.body().isEmpty() ? "{}" : answer.body()));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
