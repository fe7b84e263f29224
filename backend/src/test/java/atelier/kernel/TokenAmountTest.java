package atelier.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenAmountTest {

    @ParameterizedTest
    @CsvSource({"12,1200", "12.5,1250", "' 0.05 ',5", "-3,-300", "12.50,1250", "7.,700"})
    void readsPointsAsPeopleWriteThem(String text, long units) {
        assertThat(TokenAmount.parsePoints(text)).isEqualTo(TokenAmount.ofUnits(units));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.234", "1e999999999", "1e-9", "NaN", "0x1", "twelve", "1,000"})
    void refusesWhatIsNoAmountWithoutSpendingMemoryOnIt(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> TokenAmount.parsePoints(text));
    }
}
