package atelier.profit;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.kernel.Address;
import atelier.kernel.TokenAmount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class PaidSharesTests {

    private static final Address PAYER = RandomLife.someone(99);

    private record Gift(long block, Address to, long units) {}

    private final DataSource database = WrittenMirror.database();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final WrittenMirror mirror = new WrittenMirror(database);
    private final List<Gift> gifts = new ArrayList<>();
    private final List<Gift> read = new ArrayList<>();
    private final PaidShares shares = new PaidShares(jdbc, (_, after, upTo) -> read(after, upTo));
    private long block;

    @Test
    void sumsWhatWasPaidWhateverReorgsTakeAway() {
        Random chance = new Random(5);
        for (int i = 0; i < 300; i++) {
            if (chance.nextInt(10) == 0) {
                reorg(1 + chance.nextLong(block + 1));
            } else {
                pay(chance.nextInt(3), RandomLife.someone(chance.nextInt(4)));
            }
            if (chance.nextInt(3) == 0) {
                assertThat(shares.by(PAYER)).isEqualTo(sum(gifts));
            }
        }
    }

    @Test
    void readsWhatWasReadNoSecondTime() {
        pay(5, RandomLife.someone(1));
        shares.by(PAYER);
        pay(7, RandomLife.someone(1));
        read.clear();

        assertThat(shares.by(PAYER)).containsEntry(RandomLife.someone(1), TokenAmount.ofUnits(12));
        assertThat(read).extracting(Gift::units).containsExactly(7L);
        read.clear();
        shares.by(PAYER);
        assertThat(read).isEmpty();
    }

    @Test
    void beginsAnewForAnotherPayer() {
        pay(5, RandomLife.someone(1));
        shares.by(PAYER);
        read.clear();
        shares.by(RandomLife.someone(98));
        assertThat(read).hasSize(1);
    }

    private void pay(long units, Address to) {
        block++;
        mirror.add(
                new Fact.Spent(
                        new Fact.Place(block, 1_000 + block, 0), to, TokenAmount.ofUnits(units)));
        if (units > 0) {
            gifts.add(new Gift(block, to, units));
        }
    }

    private void reorg(long from) {
        mirror.orphan(from);
        gifts.removeIf(gift -> gift.block() >= from);
        block = Math.min(block, from - 1);
        pay(0, PAYER);
    }

    private Map<Address, TokenAmount> read(long after, long upTo) {
        List<Gift> found =
                gifts.stream()
                        .filter(gift -> gift.block() > after && gift.block() <= upTo)
                        .toList();
        read.addAll(found);
        return sum(found);
    }

    private static Map<Address, TokenAmount> sum(List<Gift> some) {
        Map<Address, TokenAmount> sums = new HashMap<>();
        some.forEach(gift ->
                sums.merge(gift.to(), TokenAmount.ofUnits(gift.units()), TokenAmount::plus));
        return sums;
    }
}
