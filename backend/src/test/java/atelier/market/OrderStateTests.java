package atelier.market;

import static atelier.market.Stage.account;
import static atelier.market.Stage.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import atelier.kernel.Address;
import atelier.kernel.WorkId;
import atelier.rules.Rule;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;

class OrderStateTests {

    private final Stage stage = new Stage();
    private final WorkId fish = work("mina", 1);
    private SignedOrder order;

    @BeforeEach
    void mintAndList() {
        stage.mint(fish);
        order = stage.list("mina", fish, 32_000);
    }

    @Test
    void isOpenFromTheSignature() {
        assertThat(order.state()).isEqualTo(ListingState.OPEN);
        assertThat(order.order().transferNonce()).isZero();
    }

    @Test
    void isSoldOnceABlockSaysSo() {
        stage.sell(order, "theo");

        assertThat(stage.state(order)).isEqualTo(ListingState.SOLD);
        assertThat(stage.positions.of(fish).orElseThrow().owner()).isEqualTo(account("theo"));
    }

    @Test
    void isOpenAgainWhenAReorgTakesTheSaleBack() {
        stage.sell(order, "theo");
        stage.reorg(stage.chain.height());

        assertThat(stage.state(order)).isEqualTo(ListingState.OPEN);
        assertThat(stage.sales.find(order.hash())).isEmpty();
        assertThat(stage.positions.of(fish).orElseThrow().owner()).isEqualTo(account("mina"));

        stage.sell(order, "lele");
        assertThat(stage.sales.find(order.hash()).orElseThrow().buyer()).isEqualTo(account("lele"));
    }

    @Test
    void isStaleOnceTheWorkIsGivenAway() {
        stage.move(fish, account("mina"), account("theo"));

        assertThat(stage.state(order)).isEqualTo(ListingState.STALE);
    }

    @Test
    void staysStaleWhenTheWorkComesBack() {
        stage.move(fish, account("mina"), account("theo"));
        stage.move(fish, account("theo"), account("mina"));

        assertThat(stage.state(order)).isEqualTo(ListingState.STALE);
        assertThat(stage.positions.of(fish).orElseThrow().transferNonce()).isEqualTo(2);
    }

    @Test
    void isHiddenAtOnceAndCancelledInABlock() {
        stage.orders.withdraw(order.hash(), "cancelled", null, Stage.NOW);
        assertThat(stage.state(order)).isEqualTo(ListingState.CANCELLING);

        stage.cancel(order);
        assertThat(stage.state(order)).isEqualTo(ListingState.CANCELLED);

        stage.reorg(stage.chain.height());
        assertThat(stage.state(order)).isEqualTo(ListingState.CANCELLING);
    }

    @Test
    void isStaleOnceItsMakerCancelsAll() {
        stage.cancelAll("theo", 1);
        assertThat(stage.state(order)).isEqualTo(ListingState.OPEN);

        stage.cancelAll("mina", 1);
        assertThat(stage.state(order)).isEqualTo(ListingState.STALE);

        SignedOrder again = stage.list("mina", fish, 31_000);
        assertThat(again.order().counter()).isEqualTo(1);
        assertThat(again.state()).isEqualTo(ListingState.OPEN);
    }

    @Test
    void isGoodInItsLastSecondAndExpiredAfterIt() {
        stage.passes(Duration.ofDays(30));
        assertThat(stage.state(order)).isEqualTo(ListingState.OPEN);

        stage.passes(Duration.ofSeconds(1));
        assertThat(stage.state(order)).isEqualTo(ListingState.EXPIRED);
    }

    @Test
    void waitsWhileFeesTakeMoreThanItsMakerAccepted() {
        stage.rule(Rule.TRADING_FEE, 501);
        assertThat(stage.state(order)).isEqualTo(ListingState.FEES_ROSE);

        stage.rule(Rule.TRADING_FEE, 400);
        assertThat(stage.state(order)).isEqualTo(ListingState.OPEN);
    }

    @Test
    void staysOpenWhileFeesTakeNoMoreThanItsSlack() {
        stage.slack(500);
        WorkId bird = work("mina", 2);
        stage.mint(bird);
        SignedOrder slack = stage.list("mina", bird, 32_000);

        stage.rule(Rule.TRADING_FEE, 1_000);
        assertThat(stage.state(slack)).isEqualTo(ListingState.OPEN);
        assertThat(stage.state(order)).isEqualTo(ListingState.FEES_ROSE);

        stage.rule(Rule.TRADING_FEE, 1_001);
        assertThat(stage.state(slack)).isEqualTo(ListingState.FEES_ROSE);
    }

    @Test
    void waitsWhilePaymentsMustBeSmaller() {
        stage.rule(Rule.SETTLE_CEILING, 31_999);
        assertThat(stage.state(order)).isEqualTo(ListingState.ABOVE_CEILING);

        stage.rule(Rule.SETTLE_CEILING, 32_000);
        assertThat(stage.state(order)).isEqualTo(ListingState.OPEN);
    }

    @Test
    void waitsUntilItsMakerHasHadTheWorkForLongEnough() {
        stage.rule(Rule.HOLDING_PERIOD, Duration.ofDays(3).toSeconds());
        assertThat(stage.state(order)).isEqualTo(ListingState.HELD);

        stage.passes(Duration.ofDays(3));
        assertThat(stage.state(order)).isEqualTo(ListingState.OPEN);
    }

    @Test
    void owesNoRoyaltyToItsOwnMakerWhenFeesAreWeighed() {
        stage.rule(Rule.CREATOR_ROYALTY, 2_000);

        assertThat(stage.state(order)).isEqualTo(ListingState.OPEN);
    }

    @Test
    void waitsWhileTheCommunityAllowsNoSales() {
        stage.rule(Rule.TRADE_MODE, 1);

        assertThat(stage.state(order)).isEqualTo(ListingState.CLOSED);
    }

    @Test
    void belongsToOneMarketOnOneChain() {
        Moment here = stage.moment();
        Moment elsewhere = new Moment(1, here.contract(), here.now(), here.rules());
        Moment later = new Moment(31337, Address.ZERO, here.now(), here.rules());

        assertThat(stage.orders.find(order.hash(), elsewhere)).isEmpty();
        assertThat(stage.orders.find(order.hash(), later)).isEmpty();
    }

    @Test
    void standsAloneForItsWork() {
        assertThatExceptionOfType(DuplicateKeyException.class)
                .isThrownBy(() -> stage.list("mina", fish, 31_000));
    }

    @Test
    void keepsWhatTheChainSaidOfASale() {
        stage.sell(order, "theo");

        Sale sale = stage.sales.of(fish).getFirst();
        assertThat(sale.orderHash()).isEqualTo(order.hash());
        assertThat(sale.buyer()).isEqualTo(account("theo"));
        assertThat(sale.seller()).isEqualTo(account("mina"));
        assertThat(sale.price()).isEqualTo(order.order().price());
        assertThat(sale.split().author()).isEqualTo(account("author"));
        assertThat(sale.at()).isEqualTo(Stage.NOW.minus(Duration.ofDays(1)).plusSeconds(2));
        assertThat(stage.sales.in(List.of(sale.tx()))).containsExactly(sale);
        assertThat(stage.sales.after(-1, -1, 10)).containsExactly(sale);
        assertThat(stage.sales.after(sale.block(), sale.logIndex(), 10)).isEmpty();
    }
}
