package atelier.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import atelier.governance.Assembly;
import atelier.governance.Chamber;
import atelier.governance.Drafting;
import atelier.governance.Ideas;
import atelier.governance.Proposal;
import atelier.governance.ProposalState;
import atelier.governance.ProposedCall;
import atelier.governance.Seats;
import atelier.governance.Vote;
import atelier.identity.Member;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.profit.Collective;
import atelier.profit.Profit;
import atelier.rules.Rule;
import atelier.testing.AtelierTest;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/**
 * The council as everybody sees it: with a vote, before it, without it any more, and from outside.
 */
@AtelierTest
@TestPropertySource(
        properties = {
            Collective.OF_ITS_OWN,
            "atelier.governance.ballots-every=200ms",
            "atelier.governance.errands-every=200ms"
        })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("browser")
class CouncilLookTests {

    private static final String VOTER = Chamber.email();
    private static final String NEWCOMER = Chamber.email();
    private static final String EXPELLED = Chamber.email();

    @Autowired AutowireCapableBeanFactory application;
    @Autowired Drafting drafting;
    @Autowired Ideas ideas;
    @Autowired Seats seats;
    @Autowired Profit profit;
    @LocalServerPort int port;

    private Browser browser;
    private Assembly assembly;
    private String open = "";
    private String done = "";

    @BeforeAll
    void live() {
        browser = Browser.open(URI.create("http://localhost:" + port));
        assembly = Assembly.in(application);
        Member mina = assembly.chamber().seated("小滿", VOTER);
        Member theo = assembly.chamber().seated("阿哲", Chamber.email());
        Member loud = assembly.chamber().seated("吵吵", EXPELLED);
        shareAnEpoch();
        done = expel(loud, mina, theo);
        Member operator = assembly.chamber().operator();
        assembly.chamber().done(assembly.chamber().set(operator, Rule.WAITING_TIME, 3_600));
        open = propose(mina, theo);
        assembly.chamber().seated("安安", NEWCOMER);
        thinkOf(mina, theo);
    }

    private void shareAnEpoch() {
        Collective collective = Collective.in(application);
        Member founder = collective.founder(Chamber.email());
        Member seller = collective.supplier("木村", Chamber.email());
        SupplyId clay = collective.clay(founder, seller);
        long epoch = collective.begins();
        collective.buy(collective.memberWithPoints("林老師"), clay, 30);
        collective.passes(Duration.ofDays(8));
        await().atMost(Chamber.PATIENCE)
                .until(() ->
                        profit.epochs().stream()
                                .anyMatch(
                                        one -> one.number() == epoch && one.publication() != null));
    }

    private String expel(Member expelled, Member... voters) {
        long seat = seats.of(expelled.account()).orElseThrow().number();
        Proposal proposal =
                assembly.opened(voters[0], "大家都勸過了。", drafting.revoke(seat, "在每個作品下面貼廣告"));
        for (Member voter : voters) {
            assembly.vote(voter, proposal, Vote.FOR);
            assembly.decided(voter, proposal);
        }
        assembly.pass(Duration.ofSeconds(Assembly.PERIOD));
        assembly.awaitState(proposal, ProposalState.EXECUTED);
        return "/council/" + proposal.id();
    }

    private String propose(Member by, Member inFavour) {
        Proposal proposal =
                assembly.opened(
                        by,
                        "供應材料的人撐起了這裡,應該多分一點。\n其他照舊。",
                        rules(
                                Map.of(
                                        Rule.WEIGHT_SUPPLIER, 5_000L,
                                        Rule.WEIGHT_MEMBER, 500L,
                                        Rule.TRADING_FEE, 400L)),
                        drafting.spend(by.account(), TokenAmount.ofUnits(500), "新的畫架"));
        assembly.vote(inFavour, proposal, Vote.FOR);
        assembly.decided(inFavour, proposal);
        return "/council/" + proposal.id();
    }

    private void thinkOf(Member author, Member friend) {
        var idea = ideas.write(author.id(), "週日也開放", "孩子們週日才有空。", Chamber.key());
        ideas.support(friend.id(), idea.id());
        ideas.write(friend.id(), "多買一點陶土", "", Chamber.key());
    }

    private ProposedCall rules(Map<Rule, Long> numbers) {
        SortedMap<Rule, BigInteger> wished = new TreeMap<>();
        numbers.forEach((rule, number) -> wished.put(rule, BigInteger.valueOf(number)));
        return drafting.rules(wished);
    }

    @AfterAll
    void close() {
        browser.close();
    }

    @BeforeEach
    void asNobody() {
        browser.forgetMe();
        browser.go("/language?to=zh-TW");
    }

    @Test
    void readsWellFromOutside() {
        assertThat(
                        flaws(
                                "guest",
                                List.of(
                                        "/council",
                                        "/council?show=past",
                                        done,
                                        "/council/ideas",
                                        "/council/ratchet",
                                        "/rules",
                                        "/rules/weight-supplier",
                                        "/profit/replay?change=weight-supplier:5000")))
                .isEmpty();
    }

    @Test
    void readsWellWithAVote() {
        signIn(VOTER);
        assertThat(
                        flaws(
                                "voter",
                                List.of(
                                        "/council",
                                        "/council?show=mine",
                                        open,
                                        "/council/new",
                                        "/council/new?kind=seat",
                                        "/council/new?kind=spend",
                                        "/council/new?kind=recipe",
                                        "/council/ideas",
                                        "/me/seat",
                                        "/me/seat/leave")))
                .isEmpty();
    }

    @Test
    void readsWellBeforeTheFirstVote() {
        signIn(NEWCOMER);
        assertThat(flaws("newcomer", List.of(open, "/me/seat"))).isEmpty();
    }

    @Test
    void readsWellForWhoLostTheVote() {
        signIn(EXPELLED);
        assertThat(flaws("expelled", List.of(open, "/me/seat"))).isEmpty();
    }

    @Test
    void bringsTheReplayToTheProposalAndToItsPreview() {
        signIn(VOTER);
        browser.go(open);
        browser.see("#replay figure svg.swings");
        assertThat(browser.see("#replay").getText()).contains("對我的影響");

        browser.go("/council/new");
        browser.script("document.querySelectorAll('details').forEach(one => one.open = true)");
        browser.type("#value-weight-supplier", "6000");
        browser.click("main form button.seal");
        browser.see("#replay figure svg.swings");
        assertThat(look("voter-preview")).isEmpty();
    }

    /** On a phone by day and at a desk by night. */
    private List<String> flaws(String reader, List<String> pages) {
        List<String> flaws = new ArrayList<>();
        for (String page : pages) {
            browser.go(page);
            if (page.equals(open)) {
                browser.see("#replay figure svg.swings");
            }
            flaws.addAll(look(reader + named(page)));
        }
        return flaws;
    }

    private List<String> look(String name) {
        List<String> flaws = new ArrayList<>(Inspection.of(browser));
        browser.onAPhone(() -> {
            browser.picture("council-" + name + "-phone");
            return name;
        });
        browser.theme("dark");
        flaws.addAll(browser.violations());
        browser.picture("council-" + name + "-dark");
        browser.theme("light");
        browser.picture("council-" + name);
        return flaws;
    }

    private String named(String page) {
        return page.equals(open)
                ? "-open"
                : page.equals(done) ? "-done" : page.replaceAll("[^a-z]+", "-");
    }

    private void signIn(String email) {
        browser.go("/sign-in");
        browser.type("input[name=email]", email);
        browser.type("input[name=password]", Chamber.PASSWORD);
        browser.click("main form button.seal");
        browser.see("form[action='/sign-out']");
    }
}
