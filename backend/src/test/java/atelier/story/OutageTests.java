package atelier.story;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.testing.ForeignChain;
import atelier.testing.OwnDatabase;
import atelier.testing.Relay;
import atelier.testing.Visitor;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The whole application while its node or its database is away, in every way they can be. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutageTests {

    private static final long WELCOME = 20_000;
    private static final int CROWD = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration AT_ONCE = Duration.ofSeconds(2);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final List<String> PAGES =
            List.of("/", "/market", "/recipes", "/rules", "/proof", "/me/points", "/me/works");

    private ForeignChain chain;
    private Relay relay;
    private OwnDatabase database;
    private AtelierProcess atelier;
    private Visitor founder;
    private Program admin;
    private long members;

    @BeforeAll
    void found(@TempDir Path folder) throws IOException {
        chain = ForeignChain.start(ForeignChain.CHAIN_ID);
        relay = new Relay(chain.rpcUrl());
        database = OwnDatabase.start(folder.resolve("postgres"));
        List<String> arguments = new ArrayList<>(database.arguments());
        arguments.add("--atelier.chain.rpc-url=" + relay.url());
        arguments.add("--atelier.chain.confirmations=2");
        atelier = AtelierProcess.launch(folder.resolve("data"), arguments.toArray(String[]::new));
        Founding founding = new Founding(atelier);
        founding.pay(chain);
        atelier.awaitReady();
        founder = Visitor.browsing(atelier.address().getPort());
        founding.becomeAdmin(founder, founding.link());
        admin = Program.signedIn(atelier.address(), Founding.EMAIL, Founding.PASSWORD);
        members = 1;
        awaitWelcome(admin);
    }

    @AfterAll
    void end() throws IOException {
        atelier.close();
        database.close();
        relay.close();
        chain.close();
    }

    @AfterEach
    void everythingAddsUpAndNoTraceIsShown() throws IOException {
        relay.be(Relay.Mood.FAITHFUL);
        database.thaw();
        JsonNode proof =
                Awaitility.await("a proof with the chain's own count")
                        .atMost(PATIENCE)
                        .ignoreExceptions()
                        .until(() -> admin.get("/api/v1/proof").is(200).body(), this::counted);
        assertThat(proof.path("sound").asBoolean()).as(proof.toString()).isTrue();
        for (JsonNode asset : proof.path("assets")) {
            if (asset.path("asset").asString().equals("points")) {
                assertThat(asset.path("onChain").asLong()).isEqualTo(members * WELCOME);
                assertThat(asset.path("supply").asLong()).isEqualTo(members * WELCOME);
            }
        }
        assertThat(atelier.output()).doesNotContain("\tat ");
    }

    private boolean counted(JsonNode proof) {
        return proof.path("chainAnswers").asBoolean()
                && proof.path("assets").path(0).hasNonNull("onChain");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"FAITHFUL", "SLOW"})
    void readsOnAndWritesDownWhatIsAskedWhileTheNodeIs(Relay.Mood mood) throws Exception {
        relay.be(mood);
        assertPagesAnswer();
        String email = join();
        Awaitility.await("health says so")
                .atMost(PATIENCE)
                .until(() -> "DOWN".equals(health("chain")));
        assertThat(health("db")).isEqualTo("UP");
        assertThat(health("sender")).isEqualTo("DOWN");
        assertThat(admin.get("/actuator/health/ready").status()).isEqualTo(200);
        assertThat(admin.get("/actuator/health/alive").status()).isEqualTo(200);
        assertPagesAnswer();
        assertThat(founder.get("/proof").body()).contains("The chain does not answer just now");
        assertThat(admin.get("/api/v1/proof").body().path("chainAnswers").asBoolean()).isFalse();
        Program member = Program.signedIn(atelier.address(), email, Founding.PASSWORD);
        assertThat(member.get("/api/v1/me/points").is(200).body().path("open")).isNotEmpty();
        assertThat(member.get("/api/v1/me/points").text("balance")).isEqualTo("0");

        relay.be(Relay.Mood.FAITHFUL);

        awaitWelcome(member);
        assertThat(health("chain")).isEqualTo("UP");
        assertThat(founder.get("/proof").body()).doesNotContain("The chain does not answer");
    }

    @Test
    void keepsUpWithASlowNode() throws Exception {
        relay.be(Relay.Mood.SLOW);
        assertPagesAnswer();
        awaitWelcome(Program.signedIn(atelier.address(), join(), Founding.PASSWORD));
        assertPagesAnswer();
    }

    @Test
    void readsOnWhereItStartsWhileTheNodeIsAway() throws Exception {
        relay.be(Relay.Mood.REFUSING);
        atelier.kill();
        atelier = AtelierProcess.restart(atelier);
        for (String path : PAGES) {
            HttpResponse<String> page = founder.get(path);
            assertThat(page.statusCode()).as(path + page.body()).isEqualTo(200);
        }
        String email = join();
        relay.be(Relay.Mood.FAITHFUL);
        awaitWelcome(Program.signedIn(atelier.address(), email, Founding.PASSWORD));
    }

    @Test
    void saysCalmlyThatAFrozenDatabaseDoesNotAnswerAndGoesOnAfterwards() throws Exception {
        database.freeze();
        assertRefusesCalmly();
        database.thaw();
        assertRecovers();
    }

    @Test
    void goesOnWithADatabaseThatWasKilledAndStartedAgain() throws Exception {
        database.kill();
        assertRefusesCalmly();
        database.startAgain();
        assertRecovers();
    }

    private void assertRefusesCalmly() throws Exception {
        Visitor guest = Visitor.browsing(atelier.address().getPort());
        for (Visitor reader : List.of(founder, guest)) {
            for (String path : List.of("/market", "/me/points")) {
                long begin = System.nanoTime();
                HttpResponse<String> page = reader.get(path);
                assertThat(Duration.ofNanos(System.nanoTime() - begin))
                        .as(path)
                        .isLessThan(SOON.plus(SOON));
                if (page.statusCode() != 404 && !page.uri().getPath().equals("/sign-in")) {
                    assertThat(page.statusCode()).as(path).isEqualTo(503);
                    assertThat(page.body())
                            .as(path)
                            .contains("The books cannot be opened just now")
                            .contains("Try again in a moment")
                            .contains("database.unavailable")
                            .contains("atelier.css")
                            .doesNotContain("Exception", "org.postgresql", "SELECT");
                }
            }
        }
        assertThat(guest.get("/css/atelier.css").statusCode()).isEqualTo(200);
        assertRefused(
                Program.guest(atelier.address())
                        .post("/api/v1/members", joining("nobody@example.org"), "nobody"));
        assertRefused(admin.put("/api/v1/rules", Map.of("trading-fee", 700)));
        Awaitility.await("the pipeline has seen it")
                .atMost(PATIENCE)
                .until(() -> "DOWN".equals(health("mirror")));
        assertThat(health("db")).isEqualTo("DOWN");
        assertThat(Program.guest(atelier.address()).get("/actuator/health/alive").status())
                .isEqualTo(200);
    }

    private static void assertRefused(Program.Answer answer) {
        assertThat(answer.is(503).text("code")).isEqualTo("database.unavailable");
        assertThat(answer.text("detail")).isNotBlank();
    }

    private void assertRecovers() throws Exception {
        Awaitility.await("readiness").atMost(PATIENCE).until(() -> health("mirror").equals("UP"));
        Awaitility.await("sender").atMost(PATIENCE).until(() -> health("sender").equals("UP"));
        assertPagesAnswer();
        assertThat(admin.get("/api/v1/rules").body().toString()).doesNotContain("\"700\"");
        Program.guest(atelier.address())
                .post("/api/v1/sessions", session("nobody@example.org"))
                .is(403);
        awaitWelcome(Program.signedIn(atelier.address(), join(), Founding.PASSWORD));
    }

    private void assertPagesAnswer() throws InterruptedException, ExecutionException {
        List<Callable<String>> visits = new ArrayList<>();
        for (int visit = 0; visit < CROWD; visit++) {
            String path = PAGES.get(visit % PAGES.size());
            visits.add(() -> {
                assertThat(founder.get(path).statusCode()).as(path).isEqualTo(200);
                return path;
            });
        }
        try (ExecutorService crowd = Executors.newFixedThreadPool(CROWD)) {
            for (Future<String> visit : crowd.invokeAll(visits)) {
                visit.get();
            }
        }
        for (String path : PAGES) {
            long begin = System.nanoTime();
            assertThat(founder.get(path).statusCode()).as(path).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).as(path).isLessThan(AT_ONCE);
        }
    }

    private String join() {
        String email = UUID.randomUUID() + "@example.org";
        Program.guest(atelier.address()).post("/api/v1/members", joining(email)).is(201);
        members++;
        return email;
    }

    private static Map<String, String> joining(String email) {
        return Map.of("name", "Mei", "email", email, "password", Founding.PASSWORD);
    }

    private static Map<String, String> session(String email) {
        return Map.of("email", email, "password", Founding.PASSWORD);
    }

    private static void awaitWelcome(Program member) {
        Awaitility.await("the welcome, once")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> {
                    JsonNode points = member.get("/api/v1/me/points").is(200).body();
                    return points.path("open").isEmpty()
                            && points.path("balance").asLong() == WELCOME;
                });
    }

    private String health(String part) {
        return Program.guest(atelier.address())
                .get("/actuator/health")
                .body()
                .path("components")
                .path(part)
                .path("status")
                .asString();
    }
}
