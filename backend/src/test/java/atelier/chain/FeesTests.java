package atelier.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FeesTests {

    private static final BigInteger GWEI = BigInteger.TEN.pow(9);
    private static final BigInteger HIGH = GWEI.multiply(BigInteger.valueOf(500));

    private final Node node =
            new FakeNode(
                    new FakeChain(1, Instant.parse("2026-01-01T00:00:00Z")),
                    MemoryStore.Hazards.NONE);

    @Test
    void offersTwiceTheBaseFeeAndTheTip() {
        BigInteger base = node.head().baseFee();

        assertThat(Fees.current(node, HIGH))
                .isEqualTo(new Fees(base.shiftLeft(1).add(node.priorityFee()), node.priorityFee()));
    }

    @Test
    void neverOffersMoreThanTheCap() {
        BigInteger cap = node.head().baseFee();

        Fees capped = Fees.current(node, cap);

        assertThat(capped.max()).isEqualTo(cap);
        assertThat(capped.priority()).isLessThanOrEqualTo(cap);
        assertThat(Fees.current(node, BigInteger.ONE))
                .isEqualTo(new Fees(BigInteger.ONE, BigInteger.ONE));
    }

    static Stream<Fees> offered() {
        return Stream.of(
                new Fees(BigInteger.ONE, BigInteger.ONE),
                new Fees(BigInteger.valueOf(9), BigInteger.ZERO),
                new Fees(BigInteger.valueOf(101), BigInteger.valueOf(11)),
                new Fees(GWEI.multiply(BigInteger.valueOf(30)), GWEI),
                new Fees(HIGH, HIGH.subtract(BigInteger.ONE)));
    }

    @ParameterizedTest
    @MethodSource("offered")
    void replacementOffersAtLeastATenthMoreOfBoth(Fees before) {
        Fees quiet = new Fees(BigInteger.ONE, BigInteger.ONE);

        Fees replacement = quiet.replacing(before);

        assertThat(replacement.max().multiply(BigInteger.TEN))
                .isGreaterThanOrEqualTo(before.max().multiply(BigInteger.valueOf(11)));
        assertThat(replacement.priority().multiply(BigInteger.TEN))
                .isGreaterThanOrEqualTo(before.priority().multiply(BigInteger.valueOf(11)));
        assertThat(replacement.priority()).isLessThanOrEqualTo(replacement.max());
    }

    @Test
    void replacementOffersWhatTheMarketAsksIfThatIsMore() {
        Fees now = new Fees(HIGH, GWEI);

        assertThat(now.replacing(new Fees(GWEI, BigInteger.ONE))).isEqualTo(now);
    }
}
