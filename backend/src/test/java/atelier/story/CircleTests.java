package atelier.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import atelier.chain.Contracts;
import atelier.identity.Members;
import atelier.rules.Rules;
import atelier.testing.AtelierTest;
import atelier.testing.ChainClock;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/**
 * The whole circle: a vote lowers a fee, the delay passes, the next sale pays it, the epoch's
 * profit goes back to those who made it, everybody can check that, and a falsified mirror deceives
 * nobody.
 */
@AtelierTest
@TestPropertySource(
        properties = {
            "atelier.chain.timelock-delay=10m",
            "atelier.profit.look-every=500ms",
            "atelier.governance.ballots-every=300ms",
            "atelier.governance.errands-every=300ms"
        })
@DirtiesContext
@Tag("browser")
class CircleTests {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration DELAY = Duration.ofMinutes(10);
    private static final Duration VOTE = Duration.ofHours(2);
    private static final Duration EPOCH = Duration.ofDays(8);
    private static final List<String> VOTERS = List.of("mina", "theo", "anan");

    private static final String SUMS =
            """
            const number = cell => Math.round(100 * Number(cell.textContent.replace(/[^0-9.-]/g, '')));
            const tables = [...document.querySelectorAll('figure:has(svg.flow) table')];
            const sum = cells => [...cells].map(number).reduce((a, b) => a + b, 0);
            return tables.length === 2 && tables.every(table =>
                sum(table.querySelectorAll('tbody td')) === number(table.querySelector('tfoot td')))
                && sum(document.querySelectorAll('svg.flow text.figure[text-anchor=start]'))
                === sum(document.querySelectorAll('svg.flow text.figure[text-anchor=end]'));
            """;

    @Autowired Members members;
    @Autowired Rules rules;
    @Autowired Contracts contracts;
    @Autowired JdbcClient database;

    @Value("${atelier.chain.rpc-url}")
    String node;

    @LocalServerPort int port;

    private URI home;
    private Program guest;
    private Browser browser;
    private ChainClock clock;

    @BeforeEach
    void open() {
        home = URI.create("http://localhost:" + port);
        guest = Program.guest(home);
        browser = Browser.open(home);
        clock = new ChainClock(node);
        await().atMost(PATIENCE).until(rules::known);
    }

    @AfterEach
    void close() {
        browser.close();
    }

    @Test
    void closesTheCircle() throws IOException, InterruptedException {
        Workbench workbench = new Workbench(home, members);
        Program admin = workbench.admin("founder");
        letTheCouncilPropose(admin);
        Program mina = workbench.join("mina");
        Program theo = workbench.join("theo");
        Program anan = workbench.join("anan");
        long paint = workbench.define(admin, admin.get("/api/v1/me").text("id"), "Paint");
        long recipe = workbench.propose(theo, admin, paint, "Seascape");
        assertThat(sell(workbench, mina, anan, recipe, "Morning")).isEqualTo(500);
        List.of(mina, theo, anan).forEach(CircleTests::awaitSeat);

        String proposal = proposeFee("4");
        VOTERS.forEach(voter -> vote(voter, proposal));
        browser.picture("circle-proposal");
        clock.pass(VOTE);
        awaitState(proposal, "queued");
        assertThat(Workbench.rule(guest, "trading-fee")).isEqualTo("500");
        clock.pass(DELAY);
        awaitState(proposal, "executed");
        assertThat(Workbench.rule(guest, "trading-fee")).isEqualTo("400");
        assertThat(sell(workbench, mina, anan, recipe, "Evening")).isEqualTo(400);

        clock.pass(EPOCH);
        await("a statement counts").atMost(PATIENCE).until(() -> !counting().isMissingNode());
        JsonNode statement = counting();
        long epoch = statement.path("epoch").asLong();
        browser.go("/profit/" + epoch);
        assertThat(browser.script(SUMS)).as("the flows sum").isEqualTo(true);
        browser.picture("circle-statement");

        signIn("mina");
        browser.go("/profit/me/" + epoch);
        browser.see("[data-verdict].f");
        browser.picture("circle-proof");
        await("the claim arrives")
                .atMost(PATIENCE)
                .until(() -> mina.get("/api/v1/profit/me").text("due").equals("0"));
        assertThat(amount(mina.get("/api/v1/profit/me").body(), "paid")).isPositive();
        assertThat(audit()).isZero();

        browser.go("/proof");
        assertThat(browser.all("#figures .alarm")).isEmpty();
        falsify();
        browser.go("/proof");
        browser.see("#figures .alarm");
        browser.picture("circle-falsified");
        assertThat(audit()).as("the chain was not falsified").isZero();
    }

    private void letTheCouncilPropose(Program admin) {
        admin.await(
                admin.put(
                        "/api/v1/rules",
                        Map.of(
                                "waiting-time", 0,
                                "voting-delay", 0,
                                "voting-period", VOTE.toSeconds(),
                                "vote-lock", 600,
                                "vote-extension", 0,
                                "challenge-window", 0)));
        clock.pass(DELAY);
        await("the delay is over")
                .atMost(PATIENCE)
                .until(() -> Workbench.rule(guest, "waiting-time").equals("0"));
        admin.await(admin.post("/api/v1/ratchet/stage", Map.of()));
    }

    /** What a sale of a new work brings the treasury. */
    private long sell(
            Workbench workbench, Program maker, Program buyer, long recipe, String title) {
        String order = workbench.list(maker, workbench.make(maker, recipe, title), "10000");
        buyer.await(buyer.post("/api/v1/listings/" + order + "/purchase", Map.of()));
        return amount(guest.get("/api/v1/sales/" + order).is(200).body(), "treasuryPaid");
    }

    private static void awaitSeat(Program member) {
        await("a seat")
                .atMost(PATIENCE)
                .until(() -> member.get("/api/v1/me/seat").body().path("seat").isNumber());
    }

    /** The first voter proposes another trading fee by the form; the proposal's number. */
    private String proposeFee(String percent) {
        signIn(VOTERS.getFirst());
        browser.go("/council/new");
        browser.script("document.querySelectorAll('details').forEach(one => one.open = true)");
        browser.type("#value-trading-fee", percent);
        browser.click("main form button.seal");
        browser.type("#reason", "Small sales should not pay so much.");
        browser.click("main form button.seal");
        browser.awaitPath("/intents/");
        await("the proposal")
                .atMost(PATIENCE)
                .until(() -> !guest.get("/api/v1/council/proposals").body().isEmpty());
        clock.pass(Duration.ofSeconds(2));
        return guest.get("/api/v1/council/proposals").body().path(0).path("id").asString();
    }

    private void awaitState(String proposal, String state) {
        await(state)
                .atMost(PATIENCE)
                .until(() ->
                        guest.get("/api/v1/council/proposals/" + proposal)
                                .text("state")
                                .equals(state));
    }

    private void vote(String voter, String proposal) {
        signIn(voter);
        await("the vote is open")
                .atMost(PATIENCE)
                .until(() -> {
                    browser.go("/council/" + proposal);
                    return !browser.all("form.ballot").isEmpty();
                });
        browser.click("form.ballot button[value=for]");
        browser.see("#vote .state.f");
    }

    private JsonNode counting() {
        for (JsonNode one : guest.get("/api/v1/profit/epochs").body()) {
            if (one.path("state").asString().equals("counts")) {
                return one;
            }
        }
        return guest.get("/api/v1/profit/epochs").body().path("none");
    }

    private static long amount(JsonNode body, String field) {
        return Long.parseLong(body.path(field).asString());
    }

    /** Half a point more for whoever has the most, where only we would look. */
    private void falsify() {
        database.sql(
                        """
                        update derived.holding set amount = amount + 50
                        where asset_class = 'points' and account =
                            (select account from derived.holding where asset_class = 'points'
                             order by amount desc limit 1)
                        """)
                .update();
    }

    /**
     * The audit, by a process that has the node's address and the Directory's, and nothing else.
     */
    private int audit() throws IOException, InterruptedException {
        Process audit =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                AtelierProcess.applicationClassPath(),
                                "atelier.Atelier",
                                "audit",
                                "--rpc",
                                node,
                                "--directory",
                                contracts.directory().getContractAddress())
                        .redirectErrorStream(true)
                        .start();
        String words = new String(audit.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = audit.waitFor();
        assertThat(words).endsWith("\nOK\n");
        return code;
    }

    private void signIn(String name) {
        browser.forgetMe();
        browser.go("/sign-in");
        browser.type("input[name=email]", Workbench.email(name));
        browser.type("input[name=password]", Workbench.PASSWORD);
        browser.click("main form button.seal");
        browser.see("form[action='/sign-out']");
    }
}
