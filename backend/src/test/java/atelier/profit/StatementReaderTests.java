package atelier.profit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementReaderTests {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void readsBackAllButTheAccounts(long seed) {
        History life = RandomLife.of(seed, 5);
        for (Statement written : Statements.of(life.domain(), life.facts())) {
            Statement read = StatementReader.head(written.text());

            assertThat(read.epoch()).isEqualTo(written.epoch());
            assertThat(read.domain()).isEqualTo(written.domain());
            assertThat(read.rules()).isEqualTo(written.rules());
            assertThat(read.income()).isEqualTo(written.income());
            assertThat(read.costSum()).isEqualTo(written.costSum());
            assertThat(read.spentSum()).isEqualTo(written.spentSum());
            assertThat(read.lossBefore()).isEqualTo(written.lossBefore());
            assertThat(read.lossAfter()).isEqualTo(written.lossAfter());
            assertThat(read.pool()).isEqualTo(written.pool());
            assertThat(read.roles()).isEqualTo(written.roles());
            assertThat(read.commons()).isEqualTo(written.commons());
            assertThat(read.carry()).isEqualTo(written.carry());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void readsBackTheAccountsOfWhatIsWhole(long seed) {
        History life = RandomLife.of(seed, 5);
        for (Statement written : life.statements()) {
            assertThat(StatementReader.whole(written.text()).lines()).isEqualTo(written.lines());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"total", "carry", "root", "account 0"})
    void refusesWhatDoesNotFollowFromTheRest(String line) {
        History life = RandomLife.of(7, 3);
        String text = new String(life.statements().getLast().text(), US_ASCII);
        String altered = text.replaceFirst("\n" + line + " ([^\n]*)\n", "\n" + line + " $11\n");
        assertThat(altered).isNotEqualTo(text);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StatementReader.whole(altered.getBytes(US_ASCII)));
    }
}
