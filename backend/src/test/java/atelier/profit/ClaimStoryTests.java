package atelier.profit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import atelier.chain.Call;
import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.chain.Intent;
import atelier.chain.IntentRequest;
import atelier.chain.Intents;
import atelier.identity.Member;
import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import atelier.kernel.Refused;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.ledger.Ledger;
import atelier.rules.Rule;
import atelier.rules.Rules;
import atelier.testing.AtelierTest;
import atelier.testing.ChainClock;
import atelier.testing.Visitor;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Shares that no push of neighbours pays, on a real chain: of whoever missed a statement, and of
 * more than 2^48 units. Nothing is sent here that the test does not ask for.
 */
@AtelierTest
@Tag("chain")
@TestPropertySource(
        properties = {"atelier.profit.look-every=1h", "atelier.profit.reckon-every=300ms"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClaimStoryTests {

    private static final Duration WINDOW = Duration.ofDays(4);
    private static final int OTHER_INCOME = 5;

    @Autowired AutowireCapableBeanFactory application;
    @Autowired Profit profit;
    @Autowired Steward steward;
    @Autowired Publishing publishing;
    @Autowired Payments payments;
    @Autowired Publications publications;
    @Autowired ProfitClock chainTime;
    @Autowired KeptStatements kept;
    @Autowired ProfitCalls calls;
    @Autowired Intents intents;
    @Autowired TransactionTemplate transaction;
    @Autowired Contracts contracts;
    @Autowired Ledger ledger;
    @Autowired Rules rules;

    @Value("${atelier.chain.rpc-url}")
    String node;

    @LocalServerPort int port;

    private final String kimurasEmail = Collective.email();
    private final String meisEmail = Collective.email();
    private Collective collective;
    private Member founder;
    private Member kimura;
    private Member mei;
    private Member buyer;
    private SupplyId clay;
    private SupplyId cloth;

    @BeforeAll
    void live() {
        collective = Collective.in(application);
        founder = collective.founder(Collective.email());
        kimura = collective.supplier("Kimura", kimurasEmail);
        mei = collective.supplier("Mei", meisEmail);
        buyer = collective.memberWithPoints("Buyer");
        clay = collective.clay(founder, kimura);
        cloth = collective.clay(founder, mei);
    }

    @Test
    @Order(1)
    void paysWhoeverMissedAStatementBySinceWhen() {
        publish(epoch());
        counts();
        payAll();
        TokenAmount first = profit.purse(kimura.account()).paid();
        assertThat(first.signum()).isPositive();
        assertThat(profit.open(kimura.account())).isEmpty();

        long missed = epoch();
        publish(missed);
        counts();
        long last = epoch();
        publishUnpaid(last);
        counts();

        OpenClaim open = profit.open(kimura.account()).orElseThrow();
        assertThat(open.missed()).isTrue();
        assertThat(open.since()).isEqualTo(missed);
        assertThat(open.due()).isEqualTo(profit.purse(kimura.account()).due());
        Line before = profit.line(missed, kimura.account()).orElseThrow();
        Line now = profit.line(last, kimura.account()).orElseThrow();
        assertThat(open.due()).isEqualTo(before.fresh().plus(now.fresh()));

        claimsWithOneTap(now);
        claimsWithAWalletOfOnesOwn(last);

        payments.pay();
        awaits(() -> {
            payments.pay();
            return !payments.underWay();
        });
        assertThat(profit.purse(founder.account()).due().signum()).isZero();
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> profit.claim(kimura.id(), kimura.account()))
                .matches(refused -> refused.code().equals("claim.nothing"));
    }

    private void claimsWithOneTap(Line now) {
        Visitor browser = Visitor.browsing(port);
        browser.signIn(kimurasEmail, Collective.PASSWORD);
        for (String language : new String[] {"zh-TW", "zh-CN", "en"}) {
            String page = browser.reading(language).get("/profit/me").body();
            assertThat(page).contains("/profit/me/claim").doesNotContain("??");
        }
        assertThat(browser.get("/profit/me").body())
                .contains("Not claimed yet", profit.open(kimura.account()).orElseThrow().hex());
        assertThat(browser.fill("/profit/me", "/profit/me/claim", Map.of()).uri().getPath())
                .startsWith("/intents/");
        awaits(() -> profit.purse(kimura.account()).paid().equals(now.total()));
        assertThat(browser.get("/profit/me").body()).doesNotContain("Not claimed yet");
    }

    /** Whatever sends it, and from wherever: the points reach the account that the leaf names. */
    private void claimsWithAWalletOfOnesOwn(long last) {
        String path = "/api/v1/profit/accounts/%s/claim".formatted(mei.account());
        String call = Visitor.found(new Visitor(port).get(path).body(), "\"claim\":\"(0x\\w+)\"");
        assertThat(call).isEqualTo(profit.open(mei.account()).orElseThrow().hex());
        ChainClock chain = new ChainClock(node);
        String stranger = Visitor.found(chain.ask("eth_accounts", ""), "(0x[0-9a-fA-F]{40})\"\\]");
        chain.ask(
                "eth_sendTransaction",
                "{\"from\":\"%s\",\"to\":\"%s\",\"data\":\"%s\"}"
                        .formatted(stranger, contracts.address(ContractKind.PROFIT_SHARE), call));
        Line now = profit.line(last, mei.account()).orElseThrow();
        awaits(() -> profit.purse(mei.account()).paid().equals(now.total()));
        assertThat(new Visitor(port).get(path).statusCode()).isEqualTo(404);
        String token = new Visitor(port).token(meisEmail, Collective.PASSWORD);
        assertThat(
                        new Visitor(port)
                                .bearing(token)
                                .call("POST", "/api/v1/profit/me/claim", null)
                                .body())
                .contains("claim.nothing");
    }

    @Test
    @Order(2)
    void paysMoreThanANeighboursWordHoldsAloneAndTheNeighboursTogether() {
        BigInteger most = rules.bounds(Rule.ISSUANCE_BUDGET).max();
        collective.done(
                rules.set(
                        founder.id(),
                        founder.account(),
                        Map.of(
                                Rule.ISSUANCE_BUDGET,
                                most,
                                Rule.SETTLE_CEILING,
                                most,
                                Rule.WEIGHT_SUPPLIER,
                                BigInteger.valueOf(10_000)),
                        Collective.key()));
        begins();
        TokenAmount fortune =
                new TokenAmount(most.multiply(BigInteger.valueOf(9)).divide(BigInteger.TEN));
        collective.done(
                ledger.grant(founder.id(), buyer.id(), fortune, "A gift", Collective.key()));
        awaits(() -> ledger.pointsOf(buyer.account()).compareTo(fortune) >= 0);
        collective.buy(buyer, clay, 5);
        send(
                buyer,
                new Call.Forward(
                        buyer.account(),
                        ContractKind.TREASURY,
                        Bytes.parse(
                                contracts
                                        .treasury()
                                        .collect(
                                                BigInteger.valueOf(OTHER_INCOME),
                                                fortune.units(),
                                                Hash32.ZERO.bytes())
                                        .encodeFunctionCall())));
        long epoch = ends();
        publish(epoch);
        counts();

        Line line = profit.line(epoch, kimura.account()).orElseThrow();
        assertThat(line.fresh().units().bitLength()).isGreaterThan(Pushable.BITS);
        assertThat(profit.accounts(epoch)).isGreaterThan(1);
        payAll();
        assertThat(profit.purse(kimura.account()).paid()).isEqualTo(line.total());
        assertThat(profit.purse(mei.account()).due().signum()).isZero();
    }

    /** An epoch with a sale of each supplier's, closed and reckoned. */
    private long epoch() {
        begins();
        collective.buy(buyer, clay, 5);
        collective.buy(buyer, cloth, 5);
        return ends();
    }

    private void begins() {
        passes(Duration.ofDays(8));
        closeAll();
    }

    private long ends() {
        long epoch = profit.newest().orElseThrow().number();
        passes(Duration.ofDays(8));
        closeAll();
        awaits(() -> profit.epochs().stream().anyMatch(one -> one.number() == epoch));
        return epoch;
    }

    /** Lets time go by, and waits until it is seen here. */
    private void passes(Duration time) {
        Instant then = chainTime.now().plus(time);
        collective.passes(time);
        awaits(() -> !chainTime.now().isBefore(then));
    }

    private void closeAll() {
        awaits(() -> {
            steward.close();
            return profit.newest().filter(now -> !profit.isOver(now)).isPresent();
        });
    }

    private void publish(long epoch) {
        await().atMost(Collective.PATIENCE)
                .untilAsserted(() ->
                        assertThat(publishing.next()).map(KeptStatement::epoch).contains(epoch));
        collective.done(publishing.publish(founder.id(), epoch));
        awaits(() -> profit.epoch(epoch).publication() != null);
    }

    /** As another publisher may, who does not wait until all are paid. */
    private void publishUnpaid(long epoch) {
        Hash32 expected = publications.counting(chainTime.now()).orElseThrow().root();
        send(founder, calls.publish(founder.account(), kept.find(epoch).orElseThrow(), expected));
        awaits(() -> profit.epoch(epoch).publication() != null);
    }

    private void counts() {
        Publication waiting = publications.all(chainTime.now()).getLast();
        passes(WINDOW);
        awaits(() -> Objects.requireNonNull(profit.epoch(waiting.epoch()).publication()).counts());
    }

    private void payAll() {
        awaits(() -> {
            payments.pay();
            return !payments.underWay();
        });
    }

    private void send(Member by, Call call) {
        Intent intent =
                transaction.execute(_ ->
                        intents.submit(
                                new IntentRequest(
                                        by.id(),
                                        "test.send",
                                        UUID.randomUUID().toString(),
                                        call,
                                        null,
                                        Hash32.ZERO,
                                        Instant.now().plusSeconds(600),
                                        null)));
        collective.done(Objects.requireNonNull(intent));
    }

    private static void awaits(Callable<Boolean> fact) {
        await().atMost(Collective.PATIENCE).until(fact);
    }
}
