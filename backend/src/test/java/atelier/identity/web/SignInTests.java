package atelier.identity.web;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.identity.Members;
import atelier.identity.Role;
import atelier.kernel.MemberId;
import atelier.testing.ChainlessTest;
import atelier.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@ChainlessTest
class SignInTests {

    private static final String PASSWORD = "correct horse battery";

    private final String email = UUID.randomUUID() + "@example.org";

    @LocalServerPort int port;
    @Autowired Members members;
    @Autowired JdbcClient db;
    private Visitor visitor;
    private MemberId mina;

    @BeforeEach
    void join() {
        visitor = new Visitor(port);
        var joined = JoinTests.register(visitor, "Mina", email, PASSWORD);
        assertThat(joined.statusCode()).as(joined.body()).isEqualTo(201);
        mina = new MemberId(UUID.fromString(Visitor.json(joined).path("id").asString()));
    }

    @Test
    void opensASessionThatReplacesTheOneBefore() {
        visitor.get("/sign-in");
        String planted = visitor.cookie("session");
        HttpResponse<String> entered = signIn(PASSWORD);
        assertThat(entered.statusCode()).isEqualTo(302);
        assertThat(visitor.cookie("session")).isNotNull().isNotEqualTo(planted);
        assertThat(visitor.get("/api/v1/me").statusCode()).isEqualTo(200);
    }

    @Test
    void keepsTheSessionFromScriptsAndOtherSites() {
        visitor.get("/sign-in");
        assertThat(signIn(PASSWORD).headers().allValues("Set-Cookie"))
                .filteredOn(cookie -> cookie.startsWith("session="))
                .isNotEmpty()
                .allSatisfy(cookie -> assertThat(cookie).contains("HttpOnly", "SameSite=Lax"));
    }

    @Test
    void refusesAWrongPasswordAndAnUnknownAddressAlike() {
        HttpResponse<String> wrong = session(email, "another password");
        HttpResponse<String> unknown = session("nobody-" + email, "another password");
        assertThat(wrong.statusCode()).isEqualTo(403).isEqualTo(unknown.statusCode());
        assertThat(wrong.body().replaceAll("\"instance\".*?,", ""))
                .isEqualTo(unknown.body().replaceAll("\"instance\".*?,", ""));
        HttpResponse<String> page = signIn("another password");
        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body()).doesNotContain("another password");
    }

    @Test
    void makesWhoeverGuessesWaitEvenIfTheyGuessRightAtLast() {
        for (int guess = 0; guess < 5; guess++) {
            assertThat(session(email, "wrong guess " + guess).statusCode()).isEqualTo(403);
        }
        HttpResponse<String> right = session(email, PASSWORD);
        assertThat(right.statusCode()).isEqualTo(429);
        assertThat(Visitor.code(right)).isEqualTo("sign-in.throttled");
        HttpResponse<String> joining = JoinTests.register(visitor, "Mina", email, PASSWORD);
        assertThat(joining.statusCode()).isEqualTo(429);
    }

    @Test
    void forgetsWrongTriesAfterARightOne() {
        for (int round = 0; round < 2; round++) {
            for (int guess = 0; guess < 4; guess++) {
                session(email, "wrong guess");
            }
            assertThat(session(email, PASSWORD).statusCode()).isEqualTo(201);
        }
    }

    @Test
    void countsNoTryThatWasRight() {
        session(email, PASSWORD);
        long counted = tries();

        assertThat(session(email, PASSWORD).statusCode()).isEqualTo(201);
        assertThat(tries()).isEqualTo(counted);

        session(email, "wrong guess");
        assertThat(tries()).isGreaterThan(counted);
    }

    @Test
    void goesBackToThePageThatAskedForASignIn() {
        HttpResponse<String> asked = visitor.get("/language?to=en&back=/sign-in");
        assertThat(Visitor.leadsTo(asked)).isEqualTo("/sign-in");
        HttpResponse<String> entered =
                visitor.fill(
                        "/sign-in?then=/me/works?page=2",
                        "/sign-in",
                        Map.of("email", email, "password", PASSWORD, "then", "/me/works?page=2"));
        assertThat(Visitor.leadsTo(entered)).isEqualTo("/me/works?page=2");
    }

    @Test
    void sendsNobodyToAnotherHost() {
        for (String then : new String[] {"//evil.example", "https://evil.example", "/\\evil"}) {
            Visitor other = new Visitor(port);
            HttpResponse<String> entered =
                    other.fill(
                            "/sign-in",
                            "/sign-in",
                            Map.of("email", email, "password", PASSWORD, "then", then));
            assertThat(entered.headers().firstValue("Location"))
                    .as(then)
                    .hasValueSatisfying(to -> assertThat(to).endsWith(":" + port + "/"));
        }
    }

    @Test
    void signsOut() {
        visitor.get("/sign-in");
        signIn(PASSWORD);
        HttpResponse<String> left = visitor.fill("/nowhere", "/sign-out", Map.of());
        assertThat(left.statusCode()).isEqualTo(302);
        assertThat(visitor.get("/api/v1/me").statusCode()).isEqualTo(401);
    }

    @Test
    void speaksTheLanguageThatAMemberChoseElsewhere() {
        visitor.get("/sign-in");
        signIn(PASSWORD);
        visitor.get("/language?to=zh-CN");
        Visitor elsewhere = new Visitor(port);
        elsewhere.fill("/sign-in", "/sign-in", Map.of("email", email, "password", PASSWORD));
        assertThat(elsewhere.cookie("lang")).isEqualTo("zh-CN");
    }

    @Test
    void letsATokenInUntilItIsRevoked() {
        HttpResponse<String> opened = session(email, PASSWORD);
        assertThat(opened.statusCode()).isEqualTo(201);
        String token = Visitor.json(opened).path("token").asString();
        Visitor program = new Visitor(port).bearing(token);
        assertThat(program.get("/api/v1/me").statusCode()).isEqualTo(200);
        assertThat(program.call("DELETE", "/api/v1/sessions", null).statusCode()).isEqualTo(204);
        HttpResponse<String> after = program.get("/api/v1/me");
        assertThat(after.statusCode()).isEqualTo(401);
        assertThat(Visitor.code(after)).isEqualTo("sign-in.required");
    }

    @Test
    void keepsOnlyADigestOfAToken() {
        String token = Visitor.json(session(email, PASSWORD)).path("token").asString();
        assertThat(
                        db.sql("SELECT encode(digest, 'escape') FROM recorded.api_token")
                                .query(String.class)
                                .list())
                .isNotEmpty()
                .doesNotContain(token);
    }

    @Test
    void knowsEachOfManyProgramsThatComeAtOnce() throws Exception {
        String token = Visitor.json(session(email, PASSWORD)).path("token").asString();
        String theirs = UUID.randomUUID() + "@example.org";
        JoinTests.register(visitor, "Theo", theirs, PASSWORD);
        String other = Visitor.json(session(theirs, PASSWORD)).path("token").asString();
        List<Visitor> programs =
                Stream.of(token, other, "nobodys")
                        .map(one -> new Visitor(port).bearing(one))
                        .toList();
        List<Future<String>> answers = new ArrayList<>();
        try (ExecutorService atOnce = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 60; i++) {
                Visitor program = programs.get(i % 3);
                answers.add(atOnce.submit(() -> program.get("/api/v1/me").body()));
            }
        }
        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).get())
                    .contains(List.of("Mina", "Theo", "\"status\":401").get(i % 3));
        }
    }

    @Test
    void endsATokenAfterItsTime() {
        String token = Visitor.json(session(email, PASSWORD)).path("token").asString();
        db.sql("UPDATE recorded.api_token SET expires_at = made_at WHERE member = ?")
                .param(mina.id())
                .update();
        assertThat(new Visitor(port).bearing(token).get("/api/v1/me").statusCode()).isEqualTo(401);
    }

    @Test
    void takesARoleAwayFromARunningSession() {
        members.appoint(mina, Role.ADMIN);
        visitor.get("/sign-in");
        signIn(PASSWORD);
        assertThat(visitor.get("/actuator/metrics").statusCode()).isEqualTo(200);
        members.dismiss(mina, Role.ADMIN);
        assertThat(visitor.get("/actuator/metrics").statusCode()).isEqualTo(403);
    }

    private HttpResponse<String> signIn(String password) {
        return visitor.fill("/sign-in", "/sign-in", Map.of("email", email, "password", password));
    }

    private long tries() {
        return db.sql("SELECT coalesce(sum(tries), 0) FROM recorded.attempt_count")
                .query(Long.class)
                .single();
    }

    private HttpResponse<String> session(String email, String password) {
        return visitor.call(
                "POST", "/api/v1/sessions", Map.of("email", email, "password", password));
    }
}
