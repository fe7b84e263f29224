package atelier.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import atelier.kernel.Refused;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.StaticMessageSource;

class RuleWordsTest {

    @SuppressWarnings("NullAway") // what is read and written into fields needs no words
    private final RuleWords words = new RuleWords(new StaticMessageSource(), null);

    @ParameterizedTest
    @CsvSource({
        "TRADING_FEE,500,5,''",
        "TRADING_FEE,650,6.5,''",
        "TOOL_WEAR,50,0.5,''",
        "WELCOME_POINTS,20000,200,''",
        "EPOCH_LENGTH,604800,7,days",
        "EPOCH_LENGTH,5400,90,minutes",
        "HOLDING_PERIOD,0,0,days",
        "WEIGHT_CREATOR,4000,4000,''",
        "TRADE_MODE,3,3,''"
    })
    void readsBackWhatItWroteIntoTheField(Rule rule, BigInteger value, String text, String unit) {
        assertThat(words.input(rule, value)).isEqualTo(text);
        assertThat(words.inputUnit(rule, value)).isEqualTo(unit);
        assertThat(words.read(rule, text, unit)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "five",
                "1e999999999",
                "0x10",
                "1.234",
                "٥",
                "9999999999999999999"
            })
    void refusesWhatIsNoNumberOfTheRule(String text) {
        Refused refused =
                catchThrowableOfType(Refused.class, () -> words.read(Rule.TRADING_FEE, text, ""));

        assertThat(refused).isNotNull();
        assertThat(refused.code()).isEqualTo("rules.not-a-number");
    }

    @Test
    void readsThousandsAsPeopleWriteThem() {
        assertThat(words.read(Rule.ISSUANCE_BUDGET, " 1,000,000 ", ""))
                .isEqualTo(BigInteger.valueOf(100_000_000));
    }

    @Test
    void refusesAnUnknownUnitOfTime() {
        assertThat(
                        catchThrowableOfType(
                                Refused.class,
                                () -> words.read(Rule.EPOCH_LENGTH, "1", "fortnights")))
                .isNotNull();
    }
}
