package atelier.governance;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.identity.Member;
import atelier.testing.AtelierTest;
import atelier.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** What a vote does to a seat, from the form to the page of whom it was about. */
@AtelierTest
@Tag("chain")
@TestPropertySource(
        properties = {
            "atelier.governance.ballots-every=200ms",
            "atelier.governance.errands-every=200ms"
        })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeatVotesTest {

    private static final Duration MEANWHILE = Duration.ofMinutes(20);

    @Autowired private AutowireCapableBeanFactory application;
    @Autowired private Council council;
    @Autowired private Drafting drafting;
    @Autowired private Seats seats;
    @LocalServerPort private int port;

    private Assembly assembly;
    private Member mina;
    private Member theo;
    private Visitor minasBrowser;

    @BeforeAll
    void gather() {
        assembly = Assembly.in(application);
        String email = Chamber.email();
        mina = assembly.chamber().seated("Mina", email);
        theo = assembly.chamber().seated();
        minasBrowser = browser(email);
    }

    @Test
    void takesTheVoteFromASeatAndSaysWhyUntilAnotherVoteGivesItBack() {
        String email = Chamber.email();
        Member loud = assembly.chamber().seated("Loud", email);
        long seat = number(loud);
        Visitor browser = browser(email);
        Visitor program =
                new Visitor(port).bearing(new Visitor(port).token(email, Chamber.PASSWORD));

        Proposal taking =
                proposed(
                        "Enough is enough.",
                        Map.of(
                                "deed",
                                "revoke",
                                "who",
                                String.valueOf(seat),
                                "text",
                                "Advertises in every room"),
                        "Seat " + seat + " is taken from");
        bothVoteFor(taking);
        assembly.pass(Duration.ofSeconds(Assembly.PERIOD).minus(MEANWHILE));
        Proposal other = assembly.opened(theo, drafting.note("Longer evenings"));
        String ballot = page(browser, "/council/" + other.id());
        assertThat(ballot).contains("form action=\"/council/" + other.id() + "/ballot\"");
        assembly.pass(MEANWHILE);
        assembly.awaitState(taking, ProposalState.EXECUTED);
        assertThat(page(Visitor.browsing(port), "/council/" + taking.id()))
                .contains("Seat " + seat + " is taken from Loud")
                .doesNotContain("from nobody");

        HttpResponse<String> refused =
                browser.submit(
                        ballot, "/council/" + other.id() + "/ballot", Map.of("choice", "for"));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("Advertises in every room");
        assertThat(Visitor.code(vote(program, other))).isEqualTo("seat.taken-away");
        assertThat(council.proposal(other.id()).orElseThrow().tally().inFavour()).isZero();
        assertThat(page(browser, "/council/" + other.id())).contains("href=\"/me/seat\"");
        assertThat(page(browser, "/me/seat")).contains("Advertises in every room");
        assertThat(Visitor.code(program.call("POST", "/api/v1/me/seat", null)))
                .isEqualTo("seat.taken-away");

        carried(assembly.opened(mina, drafting.pardon(loud.account())));
        browser.fill("/me/seat", "/me/seat", Map.of());
        Awaitility.await()
                .atMost(Chamber.PATIENCE)
                .until(() -> seats.of(loud.account()).isPresent());
        assertThat(number(loud)).isGreaterThan(seat);
    }

    @Test
    void movesASeatToItsMembersNewAccountUnderItsNumber() {
        Member before = assembly.chamber().seated();
        Seat seat = seats.of(before.account()).orElseThrow();
        String email = Chamber.email();
        Member after = assembly.chamber().seated("After", email);
        assembly.chamber().done(seats.leave(after.id(), Chamber.key()));
        Awaitility.await()
                .atMost(Chamber.PATIENCE)
                .until(() -> seats.of(after.account()).isEmpty());

        Proposal moving =
                proposed(
                        "Lost a phone.",
                        Map.of(
                                "deed",
                                "recover",
                                "who",
                                before.account().toString(),
                                "to",
                                after.account().toString()),
                        "Seat " + seat.number() + " moves from");
        bothVoteFor(moving);
        assembly.pass(Duration.ofSeconds(Assembly.PERIOD));
        assembly.awaitState(moving, ProposalState.EXECUTED);

        assertThat(seats.of(before.account())).isEmpty();
        assertThat(seats.of(after.account()))
                .contains(new Seat(seat.number(), after.account(), seat.taken()));
        assertThat(page(browser(email), "/me/seat")).contains("Seat " + seat.number());
        Proposal next = assembly.opened(mina, drafting.note("Afterwards"));
        assembly.vote(after, next, Vote.FOR);
        assertThat(assembly.decided(after, next).counts()).isTrue();
    }

    @Test
    void refusesInTheFormASeatThatNobodyHas() {
        for (String who : List.of("999999", "", "Nobody at all")) {
            HttpResponse<String> answer =
                    minasBrowser.fill(
                            "/council/new?kind=seat",
                            "/council/new",
                            Map.of("kind", "seat", "deed", "revoke", "who", who, "text", "x"));
            assertThat(answer.statusCode()).as(who).isEqualTo(400);
        }
    }

    /** Proposes by the form; what it shows before is the sentence. */
    private Proposal proposed(String reason, Map<String, String> fields, String sentence) {
        String form = page(minasBrowser, "/council/new?kind=seat");
        HttpResponse<String> confirm = minasBrowser.submit(form, "/council/new", fields);
        assertThat(confirm.body()).contains(sentence).contains("Would pass");
        minasBrowser.submit(confirm.body(), "/council/propose", Map.of("reason", reason));
        Awaitility.await()
                .atMost(Chamber.PATIENCE)
                .until(() -> council.open(9).stream().anyMatch(one -> one.reason().equals(reason)));
        assembly.pass(Duration.ofSeconds(61));
        return council.open(9).stream()
                .filter(one -> one.reason().equals(reason))
                .findFirst()
                .orElseThrow();
    }

    private void carried(Proposal proposal) {
        bothVoteFor(proposal);
        assembly.pass(Duration.ofSeconds(Assembly.PERIOD));
        assembly.awaitState(proposal, ProposalState.EXECUTED);
    }

    private void bothVoteFor(Proposal proposal) {
        for (Member member : List.of(mina, theo)) {
            assembly.vote(member, proposal, Vote.FOR);
            assertThat(assembly.decided(member, proposal).counts()).isTrue();
        }
    }

    private HttpResponse<String> vote(Visitor program, Proposal proposal) {
        return program.call(
                "POST",
                "/api/v1/council/proposals/" + proposal.id() + "/ballots",
                Map.of("choice", "for"),
                "Idempotency-Key",
                Chamber.key().value());
    }

    private long number(Member member) {
        return seats.of(member.account()).orElseThrow().number();
    }

    private Visitor browser(String email) {
        Visitor browser = Visitor.browsing(port);
        browser.signIn(email, Chamber.PASSWORD);
        return browser;
    }

    private static String page(Visitor visitor, String path) {
        HttpResponse<String> page = visitor.get(path);
        assertThat(page.statusCode()).as(path).isEqualTo(200);
        return page.body();
    }
}
