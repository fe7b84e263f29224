package atelier.governance;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.chain.Call;
import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.chain.Intent;
import atelier.chain.IntentRequest;
import atelier.chain.Intents;
import atelier.chain.Mirror;
import atelier.chain.MirrorStatus;
import atelier.identity.Member;
import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import atelier.rules.Rule;
import atelier.rules.Rules;
import atelier.testing.ChainClock;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** A council that may propose, with short times, on a chain whose clock can be put on. */
public final class Assembly {

    public static final long PERIOD = 7_200;
    static final long LOCK = 1_200;

    private static final Map<Rule, BigInteger> QUICK =
            Map.of(
                    Rule.WAITING_TIME, BigInteger.ZERO,
                    Rule.VOTING_DELAY, BigInteger.valueOf(60),
                    Rule.VOTING_PERIOD, BigInteger.valueOf(PERIOD),
                    Rule.VOTE_LOCK, BigInteger.valueOf(LOCK),
                    Rule.VOTE_EXTENSION, BigInteger.ZERO,
                    Rule.IDEA_SUPPORT, BigInteger.TWO,
                    Rule.QUORUM, BigInteger.valueOf(500));

    private final Intents intents;
    private final Contracts contracts;
    private final Rules rules;
    private final Council council;
    private final Mirror mirror;
    private final TransactionTemplate transaction;
    private final ChainClock clock;
    private final Chamber chamber;

    Assembly(
            Intents intents,
            Contracts contracts,
            Rules rules,
            Council council,
            Mirror mirror,
            TransactionTemplate transaction,
            @Value("${atelier.chain.rpc-url}") String node,
            AutowireCapableBeanFactory application) {
        this.intents = intents;
        this.contracts = contracts;
        this.rules = rules;
        this.council = council;
        this.mirror = mirror;
        this.transaction = transaction;
        this.clock = new ChainClock(node);
        this.chamber = Chamber.in(application);
    }

    /** In an application that runs: votes are short, and the council may propose from now on. */
    public static Assembly in(AutowireCapableBeanFactory application) {
        Assembly assembly = application.createBean(Assembly.class);
        if (assembly.rules.current().value(Rule.WAITING_TIME).signum() > 0) {
            assembly.open();
        }
        return assembly;
    }

    private void open() {
        Member operator = chamber.operator();
        chamber.done(rules.set(operator.id(), operator.account(), QUICK, Chamber.key()));
        Awaitility.await()
                .atMost(Chamber.PATIENCE)
                .until(() -> rules.current().value(Rule.WAITING_TIME).signum() == 0);
        Intent raised =
                transaction.execute(_ ->
                        intents.submit(
                                new IntentRequest(
                                        operator.id(),
                                        "test.raise",
                                        "once",
                                        new Call.Forward(
                                                operator.account(),
                                                ContractKind.RATCHET,
                                                Bytes.parse(
                                                        contracts
                                                                .ratchet()
                                                                .raiseByOperator()
                                                                .encodeFunctionCall())),
                                        null,
                                        Hash32.ZERO,
                                        Instant.now().plusSeconds(600),
                                        null)));
        chamber.done(raised);
    }

    public Chamber chamber() {
        return chamber;
    }

    /** A proposal that is being voted on. */
    public Proposal opened(Member by, ProposedCall... calls) {
        return opened(by, "Because.", calls);
    }

    public Proposal opened(Member by, String reason, ProposedCall... calls) {
        Council.Proposing proposing =
                council.propose(by.id(), List.of(calls), reason, Chamber.key());
        chamber.done(proposing.intent());
        pass(Duration.ofSeconds(61));
        Proposal proposal = council.proposal(proposing.id()).orElseThrow();
        assertThat(proposal.state()).isEqualTo(ProposalState.ACTIVE);
        return proposal;
    }

    public OwnBallot vote(Member member, Proposal proposal, Vote choice) {
        return council.vote(member.id(), proposal.id(), choice, Chamber.key());
    }

    /** Waits until the chain has said what it makes of a member's ballot. */
    public OwnBallot decided(Member member, Proposal proposal) {
        Awaitility.await()
                .atMost(Chamber.PATIENCE)
                .until(() -> !ballot(member, proposal).underWay());
        return ballot(member, proposal);
    }

    OwnBallot ballot(Member member, Proposal proposal) {
        return council.ballotOf(member.id(), proposal.id()).orElseThrow();
    }

    /** Lets time go by on the chain, and waits until it is seen here. */
    public void pass(Duration time) {
        Instant before = mirror.status().map(MirrorStatus::time).orElseThrow();
        clock.pass(time);
        Awaitility.await()
                .atMost(Chamber.PATIENCE)
                .until(() ->
                        mirror.status()
                                .filter(now -> !now.time().isBefore(before.plus(time)))
                                .isPresent());
    }

    public void awaitState(Proposal proposal, ProposalState state) {
        Awaitility.await()
                .atMost(Chamber.PATIENCE)
                .untilAsserted(() ->
                        assertThat(council.proposal(proposal.id()))
                                .map(Proposal::state)
                                .contains(state));
    }

    ChainClock clock() {
        return clock;
    }
}
