package atelier.profit;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.kernel.TokenAmount;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PushableTests {

    private static final BigInteger MOST =
            BigInteger.TWO.pow(Pushable.BITS).subtract(BigInteger.ONE);

    @Test
    void takesWhatAPackedShareHolds() {
        assertThat(Pushable.fits(line(0, MOST))).isTrue();
        assertThat(Pushable.fits(line(0, MOST.add(BigInteger.ONE)))).isFalse();
    }

    @Test
    void leavesWhoHasMoreBetweenTheirNeighbours() {
        List<Line> all =
                IntStream.range(0, 6)
                        .mapToObj(i -> line(i, i == 2 || i == 5 ? MOST.add(MOST) : BigInteger.ONE))
                        .toList();

        assertThat(Pushable.runs(all)).containsExactly(all.subList(0, 2), all.subList(3, 5));
        assertThat(Pushable.runs(List.of())).isEmpty();
    }

    private static Line line(int number, BigInteger units) {
        TokenAmount amount = new TokenAmount(units);
        return new Line(
                number, RandomLife.someone(number + 1), amount, Map.of(Role.MEMBER, amount));
    }
}
