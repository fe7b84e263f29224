package atelier.market;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.kernel.Address;
import atelier.kernel.TokenAmount;
import atelier.rules.Rule;
import atelier.rules.Rulebook;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SplitTests {

    private static final Address SELLER = account(1);
    private static final Address CREATOR = account(2);
    private static final Address AUTHOR = account(3);

    @Test
    void paysEveryoneTheirShareAndTheSellerTheRest() {
        Split split = split(32_000, CREATOR, 500, 800, 300);

        assertThat(split.treasuryPaid()).isEqualTo(TokenAmount.ofUnits(1_600));
        assertThat(split.creatorPaid()).isEqualTo(TokenAmount.ofUnits(2_560));
        assertThat(split.authorPaid()).isEqualTo(TokenAmount.ofUnits(960));
        assertThat(split.sellerPaid()).isEqualTo(TokenAmount.ofUnits(26_880));
    }

    @Test
    void takesNoRoyaltyFromACreatorWhoSellsTheirOwn() {
        Split split = split(32_000, SELLER, 500, 800, 300);

        assertThat(split.creatorPaid()).isEqualTo(TokenAmount.ZERO);
        assertThat(split.sellerPaid()).isEqualTo(TokenAmount.ofUnits(29_440));
    }

    @Test
    void leavesASingleUnitToTheSeller() {
        assertThat(split(1, CREATOR, 1_500, 2_000, 1_000).sellerPaid())
                .isEqualTo(TokenAmount.ofUnits(1));
    }

    @Test
    void sumsToThePriceWhateverTheRules() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            long price = 1 + random.nextLong(100_000_000);
            Split split =
                    split(
                            price,
                            random.nextBoolean() ? SELLER : CREATOR,
                            random.nextInt(1_501),
                            random.nextInt(2_001),
                            random.nextInt(1_001));
            assertThat(split.total()).isEqualTo(TokenAmount.ofUnits(price));
            assertThat(split.sellerPaid().signum()).isPositive();
        }
    }

    private static Split split(long price, Address creator, int fee, int royalty, int authors) {
        return Split.of(
                TokenAmount.ofUnits(price), SELLER, creator, AUTHOR, rules(fee, royalty, authors));
    }

    private static Rulebook rules(int fee, int royalty, int authors) {
        Map<Rule, BigInteger> values = new EnumMap<>(Rule.class);
        for (Rule rule : Rule.values()) {
            values.put(rule, BigInteger.ONE);
        }
        values.put(Rule.TRADING_FEE, BigInteger.valueOf(fee));
        values.put(Rule.CREATOR_ROYALTY, BigInteger.valueOf(royalty));
        values.put(Rule.AUTHOR_ROYALTY, BigInteger.valueOf(authors));
        return new Rulebook(1, 1, values);
    }

    private static Address account(int last) {
        byte[] bytes = new byte[Address.LENGTH];
        bytes[Address.LENGTH - 1] = (byte) last;
        return Address.of(bytes);
    }
}
