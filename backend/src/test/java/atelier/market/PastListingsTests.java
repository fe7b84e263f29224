package atelier.market;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.chain.Mirror;
import atelier.kernel.Hash32;
import atelier.kernel.WorkId;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was on offer at each block is what the market said when it was there. */
class PastListingsTests {

    private static final WorkId ROSE = Stage.work("theo", 1);
    private static final WorkId LILY = Stage.work("theo", 2);
    private static final WorkId FERN = Stage.work("anna", 3);

    private final Stage stage = new Stage();
    private final PastListings past = new PastListings(stage.chain.jdbc());
    private final List<List<Hash32>> said = new ArrayList<>();

    @BeforeEach
    void mint() {
        stage.mint(ROSE);
        stage.mint(LILY);
        stage.mint(FERN);
    }

    @Test
    void saysOfEveryBlockWhatTheMarketSaidThen() {
        SignedOrder rose = listed(stage.list("theo", ROSE, 500));
        SignedOrder lily = listed(stage.list("theo", LILY, 700));
        SignedOrder fern = listed(stage.list("anna", FERN, 900));
        note(rose, lily, fern);
        stage.sell(rose, "ming");
        note(rose, lily, fern);
        stage.cancel(lily);
        note(rose, lily, fern);
        stage.cancelAll("anna", 1);
        note(rose, lily, fern);

        assertThat(said).extracting(List::size).containsExactly(3, 2, 1, 0);
        for (int i = 0; i < said.size(); i++) {
            assertThat(open(3 + i)).containsExactlyInAnyOrderElementsOf(said.get(i));
        }
    }

    @Test
    void knowsNoOrderBeforeItWasSignedNorOneThatWasWithdrawn() {
        SignedOrder rose = listed(stage.list("theo", ROSE, 500));
        stage.chain.block();
        stage.chain.block();
        assertThat(open(2)).isEmpty();
        assertThat(open(3)).containsExactly(rose.hash());
        stage.orders.withdraw(rose.hash(), "cancelled", null, time(4));

        assertThat(open(3)).containsExactly(rose.hash());
        assertThat(open(4)).isEmpty();
    }

    /** Signed at the time of the newest block. */
    private SignedOrder listed(SignedOrder order) {
        stage.chain
                .jdbc()
                .sql("update recorded.signed_order set created_at = :at where order_hash = :hash")
                .param("at", Timestamp.from(time(stage.chain.height())))
                .param("hash", order.hash().bytes())
                .update();
        return order;
    }

    private void note(SignedOrder... orders) {
        said.add(
                java.util.Arrays.stream(orders)
                        .filter(order -> stage.state(order) == ListingState.OPEN)
                        .map(SignedOrder::hash)
                        .toList());
    }

    private List<Hash32> open(long height) {
        return past
                .open(
                        new Mirror.Block(height, Hash32.ZERO, Hash32.ZERO, time(height), false),
                        stage.moment(),
                        stage.moment().rules(),
                        Long.MAX_VALUE,
                        100)
                .stream()
                .map(SignedOrder::hash)
                .toList();
    }

    private static java.time.Instant time(long height) {
        return atelier.testing.MirroredLogs.GENESIS.plus(Duration.ofSeconds(height));
    }
}
