package atelier.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import java.math.BigInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriceTests {

    @Test
    void readsPointsWithTwoDecimals() {
        assertThat(Price.ofPoints(" 12.50 ")).isEqualTo(TokenAmount.ofUnits(1_250));
        assertThat(Price.ofPoints("0.01")).isEqualTo(TokenAmount.ofUnits(1));
        assertThat(Price.ofPoints("320")).isEqualTo(TokenAmount.ofUnits(32_000));
        assertThat(Price.ofPoints("1.500")).isEqualTo(TokenAmount.ofUnits(150));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.00", "-1", "-0.01"})
    void refusesNothingAndLess(String price) {
        refuses("price.zero", () -> Price.ofPoints(price));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "1.001", "1,5", "1e9", "1e999999999", "0x10", "１２", "Infinity"})
    void refusesWhatIsNoPrice(String price) {
        refuses("price.malformed", () -> Price.ofPoints(price));
    }

    @Test
    void takesTheLargestThatFitsAndNotOneUnitMore() {
        BigInteger largest = BigInteger.TWO.pow(96).subtract(BigInteger.ONE);
        assertThat(Price.ofUnits(largest.toString())).isEqualTo(new TokenAmount(largest));
        refuses("price.too-large", () -> Price.ofUnits(largest.add(BigInteger.ONE).toString()));
        refuses("price.too-large", () -> Price.ofUnits(BigInteger.TWO.pow(128).toString()));
        refuses("price.too-large", () -> Price.ofPoints(BigInteger.TWO.pow(128).toString()));
    }

    @Test
    void readsNoFractionOfAUnit() {
        refuses("price.malformed", () -> Price.ofUnits("1.5"));
    }

    private static void refuses(String code, ThrowingCallable call) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(call)
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(code));
    }
}
