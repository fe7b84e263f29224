package atelier.profit;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.chain.Contracts;
import atelier.chain.Intent;
import atelier.chain.IntentState;
import atelier.chain.Intents;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.identity.Registration;
import atelier.identity.Role;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.ledger.Ledger;
import atelier.rules.Operators;
import atelier.rules.Rules;
import atelier.testing.ChainClock;
import atelier.workshop.Curator;
import atelier.workshop.NewSupply;
import atelier.workshop.Studio;
import atelier.workshop.SupplyKind;
import atelier.workshop.SupplyView;
import atelier.workshop.Workshop;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * A community on a real chain: somebody runs it, a supplier sells clay, members buy it, time
 * passes.
 */
public final class Collective {

    /** Time runs ahead here: an application for these tests alone. */
    public static final String OF_ITS_OWN = "atelier.profit.look-every=1s";

    public static final String PASSWORD = "long enough to keep";
    public static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration WEEK = Duration.ofDays(7);

    private final Members members;
    private final Operators operators;
    private final Rules rules;
    private final Studio studio;
    private final Curator curator;
    private final Workshop workshop;
    private final Ledger ledger;
    private final Intents intents;
    private final Contracts contracts;
    private final Environment environment;
    private final Profit profit;

    Collective(
            Members members,
            Operators operators,
            Rules rules,
            Studio studio,
            Curator curator,
            Workshop workshop,
            Ledger ledger,
            Intents intents,
            Contracts contracts,
            Environment environment,
            Profit profit) {
        this.members = members;
        this.operators = operators;
        this.rules = rules;
        this.studio = studio;
        this.curator = curator;
        this.workshop = workshop;
        this.ledger = ledger;
        this.intents = intents;
        this.contracts = contracts;
        this.environment = environment;
        this.profit = profit;
    }

    public static Collective in(AutowireCapableBeanFactory application) {
        Collective collective = application.createBean(Collective.class);
        Awaitility.await().atMost(PATIENCE).until(collective.contracts::deployed);
        Awaitility.await().atMost(PATIENCE).until(collective.rules::known);
        return collective;
    }

    public Member founder(String email) {
        Member founder = members.register(new Registration("Founder", email, PASSWORD));
        members.appoint(founder.id(), Role.ADMIN);
        settle(operators.appoint(founder.id(), founder.account()));
        return founder;
    }

    public Member supplier(String name, String email) {
        Member supplier = members.register(new Registration(name, email, PASSWORD));
        members.appoint(supplier.id(), Role.SUPPLIER);
        return supplier;
    }

    public Member memberWithPoints(String name) {
        Member member = members.register(new Registration(name, email(), PASSWORD));
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> ledger.pointsOf(member.account()).signum() > 0);
        return member;
    }

    public static String email() {
        return UUID.randomUUID() + "@example.org";
    }

    public SupplyId clay(Member founder, Member supplier) {
        settle(
                curator.define(
                        founder.id(),
                        new NewSupply(
                                SupplyKind.MATERIAL,
                                "Clay",
                                supplier.id(),
                                TokenAmount.ofUnits(400),
                                5_000),
                        key()));
        return workshop.supplies().stream()
                .filter(one -> one.name().equals("Clay"))
                .map(SupplyView::id)
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    public void buy(Member buyer, SupplyId supply, long pieces) {
        SequencedMap<SupplyId, Long> amounts = new LinkedHashMap<>(Map.of(supply, pieces));
        settle(studio.buy(buyer.id(), amounts, null, key()));
    }

    /** Lets the epoch at hand end; the number of the next, which has just begun. */
    public long begins() {
        long before = profit.newest().orElseThrow().number();
        passes(WEEK);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() ->
                        profit.newest()
                                .filter(now -> now.number() > before && !profit.isOver(now))
                                .isPresent());
        return profit.newest().orElseThrow().number();
    }

    /** Lets the chain's clock run ahead and mines a block. */
    public void passes(Duration time) {
        new ChainClock(environment.getRequiredProperty("atelier.chain.rpc-url")).pass(time);
    }

    /** Waits until the chain has executed it. */
    public void settle(Intent intent) {
        Awaitility.await().atMost(PATIENCE).until(() -> !isOnItsWay(intent));
        assertThat(state(intent))
                .isInstanceOfAny(IntentState.InBlock.class, IntentState.Final.class);
    }

    private boolean isOnItsWay(Intent intent) {
        return state(intent) instanceof IntentState.Waiting
                || state(intent) instanceof IntentState.Sent;
    }

    private IntentState state(Intent intent) {
        return intents.find(intent.id()).orElseThrow().state();
    }

    public static IdempotencyKey key() {
        return new IdempotencyKey(UUID.randomUUID().toString());
    }
}
