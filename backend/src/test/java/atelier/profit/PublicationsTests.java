package atelier.profit;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.kernel.Hash32;
import atelier.kernel.TokenAmount;
import atelier.testing.MirroredLogs;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublicationsTests {

    private static final Instant COUNTS_FROM = Instant.ofEpochSecond(2_000_000_000);
    private static final Hash32 ROOT = Hash32.of(Word.of(BigInteger.TEN));

    private final MirroredLogs chain = new MirroredLogs();
    private final Publications publications = new Publications(chain.jdbc());

    @Test
    void waitsUntilItsWindowIsOver() {
        publish(1);

        assertThat(at(COUNTS_FROM.minusSeconds(1)).state()).isEqualTo(Publication.State.WAITING);
        assertThat(at(COUNTS_FROM).state()).isEqualTo(Publication.State.COUNTS);
        assertThat(at(COUNTS_FROM).number()).isEqualTo(1);
        assertThat(at(COUNTS_FROM).root()).isEqualTo(ROOT);
        assertThat(at(COUNTS_FROM).total().units()).isEqualTo(500);
    }

    @Test
    void waitsForAVoteWhereEnoughObject() {
        publish(1);
        say("Objected(bytes32,uint256)", ROOT, 3);
        say("Objected(bytes32,uint256)", ROOT, 4);
        say("Held(bytes32)", ROOT);

        assertThat(at(COUNTS_FROM).state()).isEqualTo(Publication.State.HELD);
        assertThat(at(COUNTS_FROM).course().objections()).isEqualTo(2);
    }

    @Test
    void knowsWhoHoldsItAndSinceWhen() {
        publish(1);
        say("Objected(bytes32,uint256)", ROOT, 3);
        chain.log("ProfitShare", "Held(bytes32)", List.of(ROOT));
        Instant since = MirroredLogs.GENESIS.plusSeconds(chain.height());
        say("Held(bytes32)", ROOT);

        assertThat(at(COUNTS_FROM).course().hold()).isEqualTo(new Publication.Hold(false, since));

        publish(2);
        say("Objected(bytes32,uint256)", ROOT, 3);
        say("Held(bytes32)", ROOT);

        assertThat(at(COUNTS_FROM).course().hold())
                .isEqualTo(
                        new Publication.Hold(
                                true, MirroredLogs.GENESIS.plusSeconds(chain.height())));
    }

    @Test
    void remembersWhichSeatsSpokeAgainstIt() {
        publish(1);
        say("Objected(bytes32,uint256)", ROOT, 3);
        assertThat(publications.isOpposedBy(at(COUNTS_FROM), 3)).isTrue();
        assertThat(publications.isOpposedBy(at(COUNTS_FROM), 4)).isFalse();

        publish(2);
        assertThat(publications.isOpposedBy(at(COUNTS_FROM), 3)).isFalse();
    }

    @Test
    void endsWhereAVoteCancelsIt() {
        publish(1);
        say("Held(bytes32)", ROOT);
        say("Cancelled(uint32,bytes32,uint256)", 1, ROOT);

        assertThat(at(COUNTS_FROM).state()).isEqualTo(Publication.State.CANCELLED);
        assertThat(at(COUNTS_FROM).course().end())
                .isEqualTo(
                        new Publication.End(
                                MirroredLogs.GENESIS.plusSeconds(chain.height()),
                                TokenAmount.ofUnits(500)));
    }

    @Test
    void numbersThoseThatCount() {
        publish(1);
        say("Effective(uint32,bytes32,uint16)", 1, ROOT);
        publish(2);

        assertThat(publications.all(Instant.EPOCH).getFirst().counts()).isTrue();
        assertThat(at(COUNTS_FROM).number()).isEqualTo(2);
    }

    @Test
    void forgetsWhatAReorgTookAway() {
        publish(1);
        chain.orphan(chain.height());

        assertThat(publications.all(COUNTS_FROM)).isEmpty();
    }

    private Publication at(Instant now) {
        return publications.all(now).getLast();
    }

    private void publish(int epoch) {
        chain.block()
                .log(
                        "ProfitShare",
                        "Published(uint32,bytes32,uint64,uint48,bytes32)",
                        List.of(epoch, ROOT),
                        500,
                        COUNTS_FROM.getEpochSecond(),
                        Hash32.ZERO);
    }

    private void say(String event, Object... topics) {
        Object[] data =
                event.startsWith("Effective")
                        ? new Object[] {1}
                        : event.startsWith("Cancelled") ? new Object[] {500} : new Object[0];
        chain.block().log("ProfitShare", event, List.of(topics), data);
    }
}
