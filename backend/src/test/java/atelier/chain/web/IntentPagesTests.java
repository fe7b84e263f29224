package atelier.chain.web;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.testing.AtelierTest;
import atelier.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@AtelierTest
class IntentPagesTests {

    private static final String PASSWORD = "a password long enough";

    @Autowired JdbcClient database;
    @LocalServerPort int port;

    @Test
    void showsAMemberTheirIntentUntilItIsFinal() throws Exception {
        Someone member = join();
        String welcome = welcomeOf(member);

        HttpResponse<String> events = get("/intents/" + welcome + "/events", member.token());

        assertThat(events.body()).contains("\"state\":\"f\"").contains("\"block\":");
        JsonNode state =
                JsonMapper.shared()
                        .readTree(get("/api/v1/intents/" + welcome, member.token()).body());
        assertThat(state.path("state").asString()).isEqualTo("final");
        assertThat(get("/intents/" + welcome, member.token()).body())
                .contains("class=\"state f\"")
                .contains(state.path("tx").asString())
                .doesNotContain("data-watch=");
    }

    @Test
    void tellsNobodyElse() throws Exception {
        String welcome = welcomeOf(join());
        Someone other = join();

        assertThat(get("/api/v1/intents/" + welcome, other.token()).statusCode()).isEqualTo(404);
        assertThat(get("/intents/" + welcome, other.token()).statusCode()).isEqualTo(404);
        assertThat(get("/intents/" + welcome + "/events", other.token()).statusCode())
                .isEqualTo(404);
        assertThat(get("/api/v1/intents/" + welcome, "none").statusCode()).isEqualTo(401);
    }

    @BeforeEach
    void awaitReadiness() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .until(() -> new Visitor(port).get("/actuator/health/ready").statusCode() == 200);
    }

    private record Someone(String id, String token) {}

    private Someone join() {
        String email = UUID.randomUUID() + "@example.org";
        String credentials = "\"email\":\"%s\",\"password\":\"%s\"".formatted(email, PASSWORD);
        JsonNode member = post("/api/v1/members", "{\"name\":\"Mei\"," + credentials + "}");
        JsonNode session = post("/api/v1/sessions", "{" + credentials + "}");
        return new Someone(member.path("id").asString(), session.path("token").asString());
    }

    private String welcomeOf(Someone member) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                database.sql(
                                                "SELECT '0x' || encode(id, 'hex') FROM"
                                                        + " recorded.intent WHERE owner = :owner AND"
                                                        + " kind = 'points.welcome'")
                                        .param("owner", UUID.fromString(member.id()))
                                        .query(String.class)
                                        .optional()
                                        .orElse(""),
                        id -> !id.isEmpty());
    }

    private JsonNode post(String path, String body) {
        return Visitor.json(
                new Visitor(port)
                        .call("POST", path, body, "Idempotency-Key", UUID.randomUUID().toString()));
    }

    private HttpResponse<String> get(String path, String token) {
        return new Visitor(port).bearing(token).get(path);
    }
}
