package atelier.profit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.chain.Intent;
import atelier.governance.Council;
import atelier.governance.Drafting;
import atelier.governance.ProposalState;
import atelier.governance.ProposedCall;
import atelier.governance.Ratchet;
import atelier.governance.Seats;
import atelier.governance.Vote;
import atelier.identity.Member;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.Refused;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.ledger.Ledger;
import atelier.rules.Rule;
import atelier.rules.Rules;
import atelier.testing.AtelierTest;
import atelier.testing.Visitor;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.LongPredicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** What becomes of a statement that somebody speaks against, on a real chain. */
@AtelierTest
@Tag("chain")
@TestPropertySource(
        properties = {
            Collective.OF_ITS_OWN,
            "atelier.governance.ballots-every=200ms",
            "atelier.governance.errands-every=200ms"
        })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChallengeStoryTests {

    private static final Duration VOTE = Duration.ofHours(2);
    private static final Duration WINDOW = Duration.ofDays(3);
    private static final Map<Rule, BigInteger> QUICK =
            Map.of(
                    Rule.WAITING_TIME, BigInteger.ZERO,
                    Rule.VOTING_DELAY, BigInteger.valueOf(60),
                    Rule.VOTING_PERIOD, BigInteger.valueOf(VOTE.toSeconds()),
                    Rule.VOTE_LOCK, BigInteger.valueOf(600),
                    Rule.VOTE_EXTENSION, BigInteger.ZERO,
                    Rule.QUORUM, BigInteger.valueOf(500),
                    Rule.CHALLENGE_WINDOW, BigInteger.valueOf(WINDOW.toSeconds()),
                    Rule.OBJECTIONS, BigInteger.TWO);

    @Autowired AutowireCapableBeanFactory application;
    @Autowired Challenge challenge;
    @Autowired Profit profit;
    @Autowired Council council;
    @Autowired Drafting drafting;
    @Autowired Ratchet ratchet;
    @Autowired Seats seats;
    @Autowired Rules rules;
    @Autowired Ledger ledger;
    @Autowired Contracts contracts;
    @LocalServerPort int port;

    private final String foundersEmail = Collective.email();
    private final String minasEmail = Collective.email();
    private Collective collective;
    private Member founder;
    private Member kimura;
    private Member mina;
    private Member theo;
    private Member buyer;
    private SupplyId clay;
    private long epoch;

    @BeforeAll
    void gather() {
        collective = Collective.in(application);
        founder = collective.founder(foundersEmail);
        collective.done(rules.set(founder.id(), founder.account(), QUICK, Collective.key()));
        awaits(() -> rules.current().value(Rule.OBJECTIONS).equals(BigInteger.TWO));
        collective.done(ratchet.raise(founder.id(), founder.account(), Collective.key()));
        kimura = collective.supplier("Kimura", Collective.email());
        mina = collective.supplier("Mina", minasEmail);
        theo = collective.supplier("Theo", Collective.email());
        buyer = collective.memberWithPoints("Buyer");
        clay = collective.clay(founder, kimura);
        for (Member one : List.of(founder, kimura, mina, theo, buyer)) {
            awaits(() -> seats.of(one.account()).isPresent());
        }
    }

    @BeforeEach
    void publishesAStatement() {
        epoch = collective.begins();
        collective.buy(buyer, clay, 5);
        collective.passes(Duration.ofDays(8));
        awaits(() -> {
            if (isInItsWindow(other -> other != epoch)) {
                collective.passes(WINDOW);
            }
            return isInItsWindow(one -> one == epoch);
        });
    }

    /** What a refused statement left is shared by the next, which has to count first. */
    private boolean isInItsWindow(LongPredicate which) {
        return profit.epochs().stream()
                .filter(one -> which.test(one.number()))
                .anyMatch(one -> one.state().equals("waiting"));
    }

    @Test
    void isCancelledByAVoteOnceEnoughSeatsObject() {
        collective.done(challenge.object(mina.id(), epoch, Collective.key()));
        awaits(() -> publication().course().objections() == 1);
        assertThat(publication().state()).isEqualTo(Publication.State.WAITING);
        assertRefused(
                "contract.ObjectedAlready",
                () -> challenge.object(mina.id(), epoch, Collective.key()));
        assertThat(challenge.voice(mina.id(), publication())).isEqualTo(Challenge.Voice.HEARD);
        assertThat(challenge.voice(theo.id(), publication())).isEqualTo(Challenge.Voice.OPEN);

        collective.done(challenge.object(theo.id(), epoch, Collective.key()));
        awaits(() -> publication().state() == Publication.State.HELD);
        assertThat(hold().byGuardian()).isFalse();
        assertRefused(
                "statement.held", () -> challenge.object(kimura.id(), epoch, Collective.key()));
        collective.passes(WINDOW);
        assertThat(profit.epoch(epoch).state()).isEqualTo("held");

        TokenAmount funding = challenge.funding(publication());
        assertThat(funding).isEqualTo(profit.epoch(epoch).statement().head().fresh());
        TokenAmount before = treasury();
        decide(drafting.cancelStatement());
        awaits(() -> publication().state() == Publication.State.CANCELLED);
        assertThat(Objects.requireNonNull(publication().course().end()).returned())
                .isEqualTo(funding);
        awaits(() -> treasury().equals(before.plus(funding)));
        assertThat(read("/profit/" + epoch)).contains("A vote ended it on");
    }

    @Test
    void paysOnceAVoteReleasesWhatTheGuardianHeld() {
        Visitor admin = Visitor.browsing(port);
        admin.signIn(foundersEmail, Collective.PASSWORD);
        HttpResponse<String> held =
                admin.fill("/admin/profit", "/profit/" + epoch + "/hold", Map.of());
        assertThat(held.uri().getPath()).startsWith("/intents/");
        awaits(() -> publication().state() == Publication.State.HELD);
        assertThat(hold().byGuardian()).isTrue();
        assertThat(publication().course().objections()).isZero();
        String page = read("/profit/" + epoch);
        assertThat(page).contains("Held by whoever guards since", "go back to the treasury");
        assertThat(profit.purse(kimura.account()).due().signum()).isZero();

        Visitor minas = Visitor.browsing(port);
        minas.signIn(minasEmail, Collective.PASSWORD);
        assertThat(
                        minas.fill(
                                        "/profit/" + epoch,
                                        "/council/new",
                                        Map.of("kind", "statement", "deed", "release"))
                                .body())
                .contains("The statement that is held counts at once", "Would pass");
        decide(drafting.releaseStatement());
        awaits(() -> publication().counts());
        Line line = profit.line(epoch, kimura.account()).orElseThrow();
        awaits(() -> profit.purse(kimura.account()).paid().equals(line.total()));
    }

    @Test
    void countsWithOneObjectionTooFewAndTakesNoLateOne() {
        collective.done(challenge.object(mina.id(), epoch, Collective.key()));
        awaits(() -> publication().course().objections() == 1);
        assertRefused(
                "statement.not-guardian", () -> challenge.hold(mina.id(), epoch, Collective.key()));
        collective.passes(WINDOW);
        awaits(() -> profit.epoch(epoch).counts());

        assertRefused(
                "statement.not-waiting",
                () -> challenge.object(theo.id(), epoch, Collective.key()));
        assertRefused(
                "statement.not-waiting",
                () -> challenge.hold(founder.id(), epoch, Collective.key()));
        Visitor minas = Visitor.browsing(port);
        minas.signIn(minasEmail, Collective.PASSWORD);
        HttpResponse<String> late =
                minas.fill(
                        "/profit/" + epoch,
                        "/profit/" + epoch + "/objection",
                        Map.of("_key", "late"));
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("This statement is not open to objections");
        awaits(() -> profit.purse(kimura.account()).due().signum() == 0);
    }

    @Test
    void answersTheSameKeyWithTheFirstObjection() {
        IdempotencyKey key = Collective.key();
        Intent first = challenge.object(mina.id(), epoch, key);
        collective.done(first);
        assertThat(challenge.object(mina.id(), epoch, key).id()).isEqualTo(first.id());
        collective.passes(WINDOW);
        awaits(() -> profit.epoch(epoch).counts());
    }

    private void decide(ProposedCall call) {
        Council.Proposing proposing =
                council.propose(mina.id(), List.of(call), "Because.", Collective.key());
        collective.done(proposing.intent());
        awaits(() -> council.proposal(proposing.id()).isPresent());
        assertThat(read("/profit/" + epoch)).contains("/council/" + proposing.id());
        collective.passes(Duration.ofSeconds(61));
        awaits(() -> state(proposing) == ProposalState.ACTIVE);
        for (Member one : List.of(mina, theo, kimura)) {
            council.vote(one.id(), proposing.id(), Vote.FOR, Collective.key());
        }
        awaits(() -> council.proposal(proposing.id()).orElseThrow().tally().inFavour() == 3);
        collective.passes(VOTE);
        awaits(() -> state(proposing) == ProposalState.EXECUTED);
    }

    private ProposalState state(Council.Proposing proposing) {
        return council.proposal(proposing.id()).orElseThrow().state();
    }

    private String read(String path) {
        HttpResponse<String> page = Visitor.browsing(port).get(path);
        assertThat(page.statusCode()).isEqualTo(200);
        return page.body();
    }

    private Publication publication() {
        return Objects.requireNonNull(profit.epoch(epoch).publication());
    }

    private Publication.Hold hold() {
        return Objects.requireNonNull(publication().course().hold());
    }

    private TokenAmount treasury() {
        return ledger.pointsOf(contracts.address(ContractKind.TREASURY));
    }

    private static void assertRefused(String code, ThrowingCallable what) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(what)
                .matches(refused -> refused.code().equals(code), code);
    }

    private static void awaits(Callable<Boolean> fact) {
        await().atMost(Collective.PATIENCE).until(fact);
    }
}
