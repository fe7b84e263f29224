package atelier.market;

import static atelier.market.Stage.account;
import static atelier.market.Stage.work;
import static org.assertj.core.api.Assertions.assertThat;

import atelier.chain.MirrorStatus;
import atelier.kernel.Hash32;
import atelier.kernel.WorkId;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndingsTests {

    private final Stage stage = new Stage();
    private final WorkId fish = work("mina", 1);
    private final WorkId moon = work("theo", 2);
    private SignedOrder fishOrder;
    private SignedOrder moonOrder;

    @BeforeEach
    void listTwo() {
        stage.mint(fish);
        stage.mint(moon);
        fishOrder = stage.list("mina", fish, 300);
        moonOrder = stage.list("theo", moon, 200);
    }

    @Test
    void marksWhatAFinalBlockSoldCancelledOrOutdated() {
        WorkId cat = work("lele", 3);
        stage.mint(cat);
        SignedOrder catOrder = stage.list("lele", cat, 100);
        stage.sell(fishOrder, "theo");
        stage.cancel(moonOrder);
        stage.move(cat, account("lele"), account("mina"));

        sweep(stage.chain.height());

        assertThat(ended(fishOrder)).isTrue();
        assertThat(ended(moonOrder)).isTrue();
        assertThat(ended(catOrder)).isTrue();
        assertThat(stage.state(fishOrder)).isEqualTo(ListingState.SOLD);
    }

    @Test
    void marksEverythingThatAMakerCancelledAtOnce() {
        stage.cancelAll("mina", 1);

        sweep(stage.chain.height());

        assertThat(ended(fishOrder)).isTrue();
        assertThat(ended(moonOrder)).isFalse();
    }

    @Test
    void waitsUntilABlockIsFinal() {
        stage.sell(fishOrder, "theo");

        sweep(stage.chain.height() - 1);
        assertThat(ended(fishOrder)).isFalse();

        sweep(stage.chain.height());
        assertThat(ended(fishOrder)).isTrue();
    }

    @Test
    void leavesWhatIsForSaleAlone() {
        stage.move(fish, account("mina"), account("theo"));
        stage.move(fish, account("theo"), account("mina"));
        SignedOrder again = stage.list("mina", fish, 310);

        sweep(stage.chain.height());

        assertThat(ended(fishOrder)).isTrue();
        assertThat(ended(again)).isFalse();
        assertThat(stage.orders.open(fish, stage.moment())).contains(again);
    }

    @Test
    void takesMarksOffWhenAFinalBlockWasNot() {
        stage.sell(fishOrder, "theo");
        sweep(stage.chain.height());

        long gone = stage.chain.height();
        stage.reorg(gone);
        stage.mint(work("theo", 9));
        assertThat(stage.chain.height()).isEqualTo(gone);
        sweep(gone);

        assertThat(ended(fishOrder)).isFalse();
        assertThat(stage.orders.open(fish, stage.moment())).isPresent();
    }

    @Test
    void waitsForAMirrorThatIsReadAnew() {
        stage.sell(fishOrder, "theo");
        sweep(stage.chain.height());

        stage.chain.jdbc().sql("truncate derived.block, derived.sale").update();
        assertThat(stage.endings.mark(status(1, 1))).isFalse();

        assertThat(ended(fishOrder)).isTrue();
    }

    @Test
    void marksWhatRanOutAWhileAgo() {
        stage.passes(Duration.ofDays(30).plusMinutes(59));
        sweep(stage.chain.height());
        assertThat(ended(fishOrder)).isFalse();

        stage.passes(Duration.ofMinutes(2));
        sweep(stage.chain.height());
        assertThat(ended(fishOrder)).isTrue();
        assertThat(stage.state(fishOrder)).isEqualTo(ListingState.EXPIRED);
    }

    private void sweep(long finalHeight) {
        while (stage.endings.mark(status(stage.chain.height(), finalHeight))) {
            // goes on
        }
    }

    private MirrorStatus status(long height, long finalHeight) {
        return new MirrorStatus(
                31337, height, height, Hash32.ZERO, stage.moment().now(), finalHeight, true);
    }

    private boolean ended(SignedOrder order) {
        return stage.chain
                .jdbc()
                .sql("select ended from recorded.signed_order where order_hash = :hash")
                .param("hash", order.hash().bytes())
                .query(Boolean.class)
                .single();
    }
}
