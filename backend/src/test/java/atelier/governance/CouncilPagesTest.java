package atelier.governance;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.identity.Member;
import atelier.rules.Rule;
import atelier.testing.AtelierTest;
import atelier.testing.Visitor;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** The same over HTTP: what people see and what programs get. */
@AtelierTest
@Tag("chain")
@TestPropertySource(
        properties = {
            "atelier.governance.ballots-every=200ms",
            "atelier.governance.errands-every=200ms"
        })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CouncilPagesTest {

    @Autowired private AutowireCapableBeanFactory application;
    @Autowired private Council council;
    @Autowired private Drafting drafting;
    @Autowired private Seats seats;
    @Autowired private Contracts contracts;
    @LocalServerPort private int port;

    private Assembly assembly;
    private Member mina;
    private Visitor minasBrowser;
    private Visitor guest;
    private String token;

    @BeforeAll
    void gather() {
        assembly = Assembly.in(application);
        String email = Chamber.email();
        mina = assembly.chamber().join(email);
        Awaitility.await()
                .atMost(Chamber.PATIENCE)
                .until(() -> seats.of(mina.account()).isPresent());
        minasBrowser = Visitor.browsing(port);
        minasBrowser.signIn(email, Chamber.PASSWORD);
        guest = Visitor.browsing(port);
        token = Visitor.browsing(port).token(email, Chamber.PASSWORD);
    }

    @Test
    void leadsFromAFormToAProposalAndAVote() {
        String form = page(minasBrowser, "/council/new");
        assertThat(form).contains("Trading fee").contains("See what it does");
        HttpResponse<String> confirm =
                minasBrowser.submit(
                        form,
                        "/council/new",
                        Map.of("kind", "rules", "value-material-margin", "9"));
        assertThat(confirm.body()).contains("This would happen").contains("to 9%");
        assertThat(confirm.body()).contains("Would pass").doesNotContain("/profit/replay");
        HttpResponse<String> sent =
                minasBrowser.submit(
                        confirm.body(), "/council/propose", Map.of("reason", "Fewer fees."));
        assertThat(sent.statusCode()).isEqualTo(200);
        Awaitility.await()
                .atMost(Chamber.PATIENCE)
                .until(() ->
                        council.open(9).stream()
                                .anyMatch(one -> one.reason().equals("Fewer fees.")));
        Proposal proposal =
                council.open(9).stream()
                        .filter(one -> one.reason().equals("Fewer fees."))
                        .findFirst()
                        .orElseThrow();
        assertThat(page(guest, "/council")).contains("/council/" + proposal.id());
        assembly.pass(Duration.ofSeconds(61));

        String shown = page(minasBrowser, "/council/" + proposal.id());
        assertThat(shown).contains("to 9%").contains("Fewer fees.").contains("RuleBook.set");
        assertThat(shown).doesNotContain("/profit/replay");
        HttpResponse<String> voted =
                minasBrowser.submit(
                        shown, "/council/" + proposal.id() + "/ballot", Map.of("choice", "for"));
        assertThat(voted.body()).contains("You voted for it");
        assertThat(assembly.decided(mina, proposal).counts()).isTrue();
        assertThat(page(minasBrowser, "/council/" + proposal.id())).contains("Counted");
        assertThat(page(minasBrowser, "/council?show=mine")).contains("/council/" + proposal.id());
        assertThat(page(guest, "/council/" + proposal.id())).contains("Sign in to vote");
        for (String language : List.of("zh-TW", "zh-CN")) {
            String other =
                    page(Visitor.browsing(port).reading(language), "/council/" + proposal.id());
            assertThat(other).contains("9%").doesNotContain("??");
        }
    }

    @Test
    void showsWhatTheLastPeriodsWouldHaveBeenWhileSomethingCanStillBecomeOfIt() {
        String replay = "/profit/replay?change=weight-creator:41&amp;change=weight-author:7";
        String confirm =
                minasBrowser
                        .fill(
                                "/council/new",
                                "/council/new",
                                Map.of(
                                        "kind", "rules",
                                        "value-weight-author", "7",
                                        "value-weight-creator", "41"))
                        .body();
        assertThat(confirm)
                .contains("Had it been so before")
                .contains("hx-get=\"" + replay + "\"")
                .contains("href=\"" + replay + "\"");

        Proposal proposal =
                assembly.opened(
                        mina,
                        rules(Map.of(Rule.WEIGHT_CREATOR, 40L)),
                        drafting.note("And this"),
                        rules(Map.of(Rule.WEIGHT_CREATOR, 41L, Rule.WEIGHT_AUTHOR, 7L)));
        assertThat(page(guest, "/council/" + proposal.id())).contains("hx-get=\"" + replay + "\"");
        assertThat(page(guest, replay.replace("&amp;", "&"))).contains("id=\"replay\"");

        assembly.pass(Duration.ofSeconds(Assembly.PERIOD));
        assembly.awaitState(proposal, ProposalState.DEFEATED);
        assertThat(page(guest, "/council/" + proposal.id())).doesNotContain("/profit/replay");
    }

    @Test
    void saysWhatTheCallsDoWhateverTheProposerWrites() {
        String lie = "“Material margin” changes from 10% to 1%";
        Proposal proposal = assembly.opened(mina, lie, rules(Map.of(Rule.MATERIAL_MARGIN, 4_900L)));
        String shown = page(guest, "/council/" + proposal.id());
        assertThat(Visitor.found(shown, "<h1 class=\"deed\">([^<]*)</h1>")).contains("to 49%");
        assertThat(Visitor.found(shown, "<p class=\"deed\">([^<]*)</p>")).contains("to 49%");
        assertThat(Visitor.found(shown, "(?s)<blockquote class=\"words\">([^<]*)<"))
                .contains("to 1%");
        assertThat(page(guest, "/council")).contains("to 49%").doesNotContain("to 1%");
    }

    @Test
    void refusesInTheFormACallToWhatTheDirectoryDoesNotList() {
        HttpResponse<String> stray =
                minasBrowser.submit(
                        page(minasBrowser, "/council/ideas"),
                        "/council/propose",
                        Map.of(
                                "target", "0x00000000000000000000000000000000000000aa",
                                "data", "0x",
                                "reason", "Trust me."));
        assertThat(stray.statusCode()).isEqualTo(400);
        assertThat(stray.body()).contains("This cannot be proposed");
    }

    @Test
    void refusesInTheFormWhatTheContractsWouldRefuse() {
        String form = page(minasBrowser, "/council/new");
        HttpResponse<String> beyond =
                minasBrowser.submit(
                        form, "/council/new", Map.of("kind", "rules", "value-trading-fee", "16"));
        assertThat(beyond.statusCode()).isEqualTo(400);
        assertThat(beyond.body())
                .contains("See what it does")
                .contains("id=\"value-trading-fee-wrong\"")
                .contains("aria-describedby=\"value-trading-fee-help value-trading-fee-wrong\"")
                .contains("value=\"16\"");
        HttpResponse<String> nothing =
                minasBrowser.submit(form, "/council/new", Map.of("kind", "rules"));
        assertThat(nothing.statusCode()).isEqualTo(400);
        for (String kind : List.of("recipe", "spend", "note", "seat", "statement", "raise")) {
            assertThat(page(minasBrowser, "/council/new?kind=" + kind)).doesNotContain("??");
        }
        HttpResponse<String> nobody =
                minasBrowser.submit(
                        page(minasBrowser, "/council/new?kind=spend"),
                        "/council/new",
                        Map.of("kind", "spend", "to", "Nobody at all", "amount", "5"));
        assertThat(nobody.statusCode()).isEqualTo(400);
        assertThat(guest.get("/council/" + "9".repeat(78)).statusCode()).isEqualTo(404);
    }

    @Test
    void servesProgramsTheSame() {
        Visitor program = new Visitor(port).bearing(token);
        ProposedCall note = drafting.note("By program");
        Map<String, Object> call = Map.of("target", note.target().toString(), "data", note.hex());
        HttpResponse<String> stray =
                program.call(
                        "POST",
                        "/api/v1/council/proposals",
                        Map.of(
                                "calls",
                                List.of(
                                        Map.of(
                                                "target",
                                                "0x00000000000000000000000000000000000000aa",
                                                "data",
                                                "0x"))),
                        "Idempotency-Key",
                        "stray");
        assertThat(stray.statusCode()).isEqualTo(400);
        assertThat(stray.body()).contains("proposal.target");
        HttpResponse<String> proposing =
                program.call(
                        "POST",
                        "/api/v1/council/proposals",
                        Map.of("calls", List.of(call), "reason", "Why not."),
                        "Idempotency-Key",
                        "note");
        assertThat(proposing.statusCode()).isEqualTo(202);
        String id = Visitor.found(proposing.body(), "\"proposal\":\"(\\d+)\"");
        Awaitility.await()
                .atMost(Chamber.PATIENCE)
                .until(() -> guest.get("/api/v1/council/proposals/" + id).statusCode() == 200);
        assertThat(guest.get("/api/v1/council/proposals/" + id).body())
                .contains("By program")
                .contains("\"read\":true")
                .contains(contracts.address(ContractKind.DIRECTORY).toString());
        assertThat(guest.get("/api/v1/council/proposals/" + id + "/trial").body())
                .contains("passes");
        assertThat(
                        program.call(
                                        "POST",
                                        "/api/v1/council/proposals/" + id + "/ballots",
                                        Map.of("choice", "for"),
                                        "Idempotency-Key",
                                        "early")
                                .body())
                .contains("ballot.early");
        assertThat(
                        guest.get(
                                        "/api/v1/council/proposals/"
                                                + id
                                                + "/ballots/to-sign?choice=for&voter="
                                                + mina.account())
                                .body())
                .contains("ballot.early");
        HttpResponse<String> unsigned =
                new Visitor(port)
                        .call(
                                "POST",
                                "/api/v1/council/proposals/" + id + "/ballots",
                                Map.of("choice", "for"));
        assertThat(unsigned.statusCode()).isIn(401, 403);
    }

    @Test
    void keepsIdeasAndWhoWantsThem() {
        HttpResponse<String> written =
                minasBrowser.fill(
                        "/council/ideas",
                        "/council/ideas",
                        Map.of("title", "More clay", "words", "<b>Please</b>"));
        assertThat(written.statusCode()).isEqualTo(200);
        assertThat(Visitor.found(written.body(), "<input id=\"title\"[^>]* value=\"([^\"]*)\""))
                .isEmpty();
        assertThat(page(guest, "/council/ideas"))
                .contains("More clay")
                .contains("&lt;b&gt;Please")
                .contains("1 want it, of 2 needed");
        assertThat(minasBrowser.fill("/council/ideas", "/council/ideas", Map.of()).statusCode())
                .isEqualTo(400);
        assertThat(guest.get("/api/v1/council/ideas").body()).contains("More clay");
    }

    private ProposedCall rules(Map<Rule, Long> numbers) {
        SortedMap<Rule, BigInteger> wished = new TreeMap<>();
        numbers.forEach((rule, number) -> wished.put(rule, BigInteger.valueOf(number)));
        return drafting.rules(wished);
    }

    private static String page(Visitor visitor, String path) {
        HttpResponse<String> page = visitor.get(path);
        assertThat(page.statusCode()).as(path).isEqualTo(200);
        return page.body();
    }
}
