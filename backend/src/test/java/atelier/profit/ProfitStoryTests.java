package atelier.profit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import atelier.chain.Intent;
import atelier.identity.Member;
import atelier.kernel.Refused;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.ledger.Ledger;
import atelier.testing.AtelierTest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An epoch from its income to everybody's shares, on a real chain and a real database. */
@AtelierTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProfitStoryTests {

    private static final Duration PATIENCE = Collective.PATIENCE;
    private static final byte[] PDF = "%PDF-1.4\n%%EOF\n".getBytes(US_ASCII);

    @Autowired AutowireCapableBeanFactory application;
    @Autowired Profit profit;
    @Autowired Costs costs;
    @Autowired CostReceipts receipts;
    @Autowired Ledger ledger;
    @Autowired JdbcClient database;
    @LocalServerPort int port;

    private Collective collective;
    private Member founder;
    private Member kimura;
    private Member mei;

    @BeforeAll
    void live() {
        collective = Collective.in(application);
        founder = collective.founder(Collective.email());
        kimura = collective.supplier("Kimura", Collective.email());
        mei = collective.memberWithPoints("Mei");
        SupplyId clay = collective.clay(founder, kimura);
        collective.buy(mei, clay, 30);
        collective.settle(pay("Firewood", 500, pdf()));
        collective.passes(Duration.ofDays(8));
        await().atMost(PATIENCE).until(() -> !profit.epochs().isEmpty());
        await().atMost(PATIENCE).until(() -> publication(1) != null);
    }

    @Test
    void goesFromIncomeToShares() {
        Statement one = profit.epoch(1).statement().head();
        assertThat(one.incomeSum()).isEqualTo(TokenAmount.ofUnits(1_200));
        assertThat(one.costSum()).isEqualTo(TokenAmount.ofUnits(500));
        assertThat(one.fresh().signum()).isPositive();

        Line line = profit.line(1, kimura.account()).orElseThrow();
        assertThat(line.by(Role.SUPPLIER)).isEqualTo(one.fresh());
        assertThat(profit.deeds(1, kimura.account()).get(Role.SUPPLIER))
                .singleElement()
                .satisfies(deed -> assertThat(deed.measure()).isEqualTo(30));
        assertThat(profit.deeds(1, mei.account())).isEmpty();

        Publication published = Objects.requireNonNull(publication(1));
        assertThat(published.of(profit.epoch(1).statement())).isTrue();
        assertThat(CostReceipts.sha256(profit.text(1))).isEqualTo(published.digest());
        ShareProof proof = profit.proof(1, kimura.account()).orElseThrow();
        assertThat(ShareTree.rootOf(proof.leaf(), line.number(), proof.siblings()))
                .isEqualTo(published.root());

        TokenAmount before = ledger.pointsOf(kimura.account());
        collective.passes(Duration.ofDays(4));
        await().atMost(PATIENCE).until(() -> profit.epoch(1).counts());
        await().atMost(PATIENCE)
                .until(() -> profit.purse(kimura.account()).paid().equals(one.fresh()));
        assertThat(ledger.pointsOf(kimura.account())).isEqualTo(before.plus(one.fresh()));
        assertThat(profit.purse(kimura.account()).due().signum()).isZero();
        assertThat(errands("profit.push")).isEqualTo(1);
        assertThat(errands("profit.publish")).isEqualTo(1);
    }

    @Test
    void keepsEveryReceiptUnderTheHashTheChainHas() {
        Cost cost = costs.of(1).getFirst();
        assertThat(cost.text()).isEqualTo("Firewood");
        assertThat(cost.kind()).isEqualTo(CostKind.MATERIAL);
        assertThat(receipts.pdf(cost.receipt())).contains(PDF);
        assertThat(receipts.path(cost.receipt())).contains("/profit/receipts/" + cost.receipt());
    }

    @Test
    void refusesCostsThatCannotBe() {
        assertRefused("receipt.type", 100, bytes("GIF89a"));
        assertRefused("receipt.missing", 100, bytes(""));
        assertRefused("cost.amount", 0, pdf());
        assertRefused("cost.over-budget", 1_000_000_000_000L, pdf());
    }

    private void assertRefused(String code, long units, InputStream receipt) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> pay("Firewood", units, receipt))
                .matches(refused -> refused.code().equals(code), code);
    }

    private Intent pay(String text, long units, InputStream receipt) {
        return costs.pay(
                founder.id(),
                new Costs.Wish(CostKind.MATERIAL, mei.id(), TokenAmount.ofUnits(units), text),
                receipt,
                Collective.key());
    }

    private @Nullable Publication publication(long epoch) {
        return profit.epoch(epoch).publication();
    }

    private long errands(String kind) {
        return database.sql("SELECT count(*) FROM recorded.errand WHERE kind = :kind")
                .param("kind", kind)
                .query(Long.class)
                .single();
    }

    private static InputStream pdf() {
        return new ByteArrayInputStream(PDF);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(US_ASCII));
    }
}
