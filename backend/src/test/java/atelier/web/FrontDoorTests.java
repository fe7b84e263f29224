package atelier.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import atelier.testing.ChainlessTest;
import atelier.testing.Visitor;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@ChainlessTest
@Import(FrontDoorTests.Rooms.class)
class FrontDoorTests {

    private static final String PASSWORD = "correct horse battery";

    private final String email = UUID.randomUUID() + "@example.org";

    @LocalServerPort int port;

    @Value("${spring.datasource.url}")
    String database;

    private Visitor visitor;

    @BeforeEach
    void arrive() {
        visitor = new Visitor(port);
    }

    @Test
    void sendsAGuestToTheSignInAndBack() {
        HttpResponse<String> asked = visitor.get("/rooms/members?a=b&c=d");
        assertThat(asked.statusCode()).isEqualTo(302);
        assertThat(Visitor.leadsTo(asked))
                .isEqualTo("/sign-in?then=%2Frooms%2Fmembers%3Fa%3Db%26c%3Dd");
    }

    @Test
    void tellsAProgramToSignIn() {
        HttpResponse<String> asked = visitor.get("/api/rooms/members");
        assertThat(asked.statusCode()).isEqualTo(401);
        assertThat(asked.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(Visitor.code(asked)).isEqualTo("sign-in.required");
    }

    @Test
    void closesAHandlerThatNamesNoRole() {
        signIn();
        assertThat(visitor.get("/rooms/forgotten").statusCode()).isEqualTo(403);
    }

    @Test
    void refusesAMissingRoleBeforeReadingTheRequest() {
        signIn();
        HttpResponse<String> answer =
                visitor.call("POST", "/api/rooms/admins", "no number", csrf());
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(Visitor.code(answer)).isEqualTo("role.missing");
    }

    @Test
    void refusesAFormWithoutItsTokenInWords() {
        visitor.get("/language?to=en");
        HttpResponse<String> sent =
                visitor.post("/sign-in", Map.of("email", email, "password", PASSWORD));
        assertThat(sent.statusCode()).isEqualTo(403);
        assertThat(sent.body()).contains("This form could not be taken", "go back");
    }

    @Test
    void asksASessionForATokenOnTheApiToo() {
        signIn();
        HttpResponse<String> bare = visitor.call("POST", "/api/rooms/members", 1);
        assertThat(bare.statusCode()).isEqualTo(403);
        assertThat(Visitor.code(bare)).isEqualTo("csrf.missing");
        assertThat(visitor.call("POST", "/api/rooms/members", 1, csrf()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void asksATokenForNoToken() {
        String token = token();
        Visitor program = new Visitor(port).bearing(token);
        assertThat(program.call("POST", "/api/rooms/members", 1).statusCode()).isEqualTo(200);
    }

    @Test
    void letsASessionLendNothingToAWrongToken() {
        signIn();
        visitor.bearing("guessed");
        assertThat(visitor.get("/api/rooms/members").statusCode()).isEqualTo(401);
        assertThat(visitor.get("/api/rooms/everyone").statusCode()).isEqualTo(401);
    }

    @Test
    void tellsTheUnforeseenByANumberOnly() {
        HttpResponse<String> broken = visitor.get("/api/rooms/broken");
        assertThat(broken.statusCode()).isEqualTo(500);
        assertThat(Visitor.code(broken)).isEqualTo("incident");
        assertThat(broken.body())
                .doesNotContain("secret", "Exception", "atelier.web")
                .containsPattern("[0-9a-f]{8}-[0-9a-f]{4}");
        HttpResponse<String> page = visitor.get("/rooms/broken");
        assertThat(page.statusCode()).isEqualTo(500);
        assertThat(page.body()).doesNotContain("secret").contains("<main");
    }

    @Test
    void tellsAProgramAndAReaderWhatIsNotThere() {
        visitor.get("/language?to=en");
        HttpResponse<String> page = visitor.get("/nowhere");
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("There is nothing here");
        HttpResponse<String> call = visitor.get("/api/v1/nowhere");
        assertThat(call.statusCode()).isEqualTo(404);
        assertThat(call.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/problem+json");
        assertThat(Visitor.code(call)).isEqualTo("resource.unknown");
    }

    @Test
    void tellsInAFewWordsWhatCannotBeRead() {
        assertThat(Visitor.code(visitor.call("POST", "/api/v1/sessions", null)))
                .isEqualTo("request.unreadable");
        assertThat(Visitor.code(visitor.call("PUT", "/api/v1/sessions", null)))
                .isEqualTo("method.unsupported");
        assertThat(Visitor.code(visitor.get("/api/v1/members/1"))).isEqualTo("request.field");
    }

    @Test
    void hangsTheSameStrictHeadersOnEverything() {
        for (String path :
                new String[] {"/sign-in", "/api/v1/me", "/nowhere", "/css/atelier.css"}) {
            var headers = visitor.get(path).headers();
            assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                    .as(path)
                    .contains("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'")
                    .doesNotContain("unsafe");
            assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(headers.firstValue("X-Frame-Options")).hasValue("DENY");
            assertThat(headers.firstValue("Referrer-Policy")).hasValue("same-origin");
        }
    }

    @Test
    void answersInTheReadersLanguage() {
        assertThat(visitor.get("/sign-in").body()).contains("lang=\"zh-TW\"");
        assertThat(visitor.get("/sign-in", "Accept-Language", "fr, zh-HK;q=.5").body())
                .contains("lang=\"zh-TW\"");
        assertThat(visitor.get("/sign-in", "Accept-Language", "zh-Hans-SG").body())
                .contains("lang=\"zh-CN\"");
        assertThat(visitor.get("/sign-in", "Accept-Language", "en-GB").body())
                .contains("lang=\"en\"");
        visitor.get("/language?to=zh-CN");
        assertThat(visitor.get("/sign-in", "Accept-Language", "en").body())
                .contains("lang=\"zh-CN\"");
        assertThat(visitor.get("/sign-in", "Cookie", "lang=../../x").statusCode()).isEqualTo(200);
    }

    @Test
    void showsHealthToEveryoneAndTheRestToAdmins() {
        assertThat(visitor.get("/actuator/health/alive").statusCode()).isEqualTo(200);
        assertThat(visitor.get("/actuator/health/ready").statusCode()).isIn(200, 503);
        assertThat(visitor.get("/actuator/health/signing").body()).contains("\"vault\"");
        assertThat(visitor.get("/actuator/info").statusCode()).isEqualTo(200);
        assertThat(visitor.get("/actuator/metrics").statusCode()).isEqualTo(302);
        signIn();
        assertThat(visitor.get("/actuator/metrics").statusCode()).isEqualTo(403);
    }

    @Test
    void describesTheApiToEveryone() {
        HttpResponse<String> description = visitor.get("/v3/api-docs");
        assertThat(description.statusCode()).isEqualTo(200);
        var api = Visitor.json(description);
        assertThat(api.at("/components/securitySchemes/token/scheme").asString())
                .isEqualTo("bearer");
        assertThat(api.at("/paths/~1api~1v1~1me/get/description").asString())
                .contains("Role: MEMBER");
        assertThat(api.at("/paths/~1api~1v1~1members/post/parameters").toString())
                .contains("Idempotency-Key");
        assertThat(visitor.get("/swagger-ui/index.html").statusCode()).isEqualTo(200);
    }

    @Test
    void leadsAPartOfAPageToTheSignInAsAWhole() {
        HttpResponse<String> part = visitor.get("/rooms/members", "HX-Request", "true");
        assertThat(part.statusCode()).isEqualTo(401);
        assertThat(part.headers().firstValue("HX-Redirect")).hasValue("/sign-in");
    }

    @Test
    void leadsBackToThePageWhosePartWasAskedFor() {
        HttpResponse<String> part =
                visitor.get(
                        "/rooms/members",
                        "HX-Request",
                        "true",
                        "HX-Current-URL",
                        "https://atelier.example.org/rooms?q=%E8%B2%93");
        assertThat(part.headers().firstValue("HX-Redirect"))
                .hasValue("/sign-in?then=%2Frooms%3Fq%3D%25E8%25B2%2593");
    }

    @Test
    void saysThatTheBooksAreClosedWhileTheDatabaseIsAway() throws SQLException {
        signIn();
        visitor.get("/language?to=en");
        try (Connection server =
                        DriverManager.getConnection(
                                database.replaceAll("/test_\\w+", "/postgres"));
                Statement lock = server.createStatement()) {
            String name = database.replaceAll(".*/(test_\\w+).*", "$1");
            lock.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
            lock.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                            + name
                            + "'");
            try {
                HttpResponse<String> page = visitor.get("/rooms/members");
                assertThat(page.statusCode()).isEqualTo(503);
                assertThat(page.body()).contains("The books cannot be opened just now");
                assertThat(new Visitor(port).get("/actuator/health/alive").statusCode())
                        .isEqualTo(200);
            } finally {
                lock.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
            }
        }
        await().untilAsserted(() ->
                assertThat(visitor.get("/rooms/members").statusCode()).isEqualTo(200));
    }

    private void signIn() {
        join();
        visitor.fill("/sign-in", "/sign-in", Map.of("email", email, "password", PASSWORD));
    }

    private String token() {
        join();
        return Visitor.json(
                        visitor.call(
                                "POST",
                                "/api/v1/sessions",
                                Map.of("email", email, "password", PASSWORD)))
                .path("token")
                .asString();
    }

    private void join() {
        visitor.call(
                "POST",
                "/api/v1/members",
                Map.of("name", "Mina", "email", email, "password", PASSWORD));
    }

    /** The form key that a page of the session's hides, as a header. */
    private String[] csrf() {
        String key = Visitor.hidden(visitor.get("/nowhere").body()).get("_csrf");
        assertThat(key).isNotNull();
        return new String[] {"X-CSRF-TOKEN", key};
    }

    /** Handlers with every kind of statement, and one with none. */
    @TestConfiguration(proxyBeanMethods = false)
    @RestController
    static class Rooms {

        @PermitAll
        @GetMapping("/api/rooms/everyone")
        String everyone() {
            return "hello";
        }

        @RolesAllowed("MEMBER")
        @GetMapping({"/rooms/members", "/api/rooms/members"})
        String members() {
            return "hello, member";
        }

        @RolesAllowed("MEMBER")
        @PostMapping("/api/rooms/members")
        String change(@RequestBody int value) {
            return "now " + value;
        }

        @RolesAllowed("ADMIN")
        @PostMapping("/api/rooms/admins")
        String administer(@RequestBody int value) {
            return "now " + value;
        }

        @GetMapping("/rooms/forgotten")
        String forgotten() {
            return "nobody said who may read this";
        }

        @PermitAll
        @GetMapping({"/rooms/broken", "/api/rooms/broken"})
        String broken() {
            throw new IllegalStateException("secret");
        }
    }
}
