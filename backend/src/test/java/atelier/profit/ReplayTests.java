package atelier.profit;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.kernel.Address;
import atelier.kernel.TokenAmount;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A replay says what statements would say if the rule had been another from the beginning. */
class ReplayTests {

    private static final int LIVES = 12;
    private static final int EPOCHS = 4;

    static List<Integer> rules() {
        return ProfitRules.USED;
    }

    @ParameterizedTest
    @MethodSource("rules")
    void saysWhatStatementsUnderTheChangedRuleSay(int rule) {
        for (long seed = 0; seed < LIVES; seed++) {
            History life = RandomLife.of(seed, EPOCHS);
            BigInteger value = BigInteger.valueOf(seed * 97 % 5_000);
            List<Fact> unrefused =
                    life.facts().stream()
                            .filter(fact -> !(fact instanceof Fact.Cancelled))
                            .toList();
            Replay replay = Replay.of(unrefused, Map.of(rule, value), EPOCHS);

            List<Statement> before = Statements.of(life.domain(), unrefused);
            List<Statement> after =
                    Statements.of(
                            life.domain(),
                            unrefused.stream().map(fact -> changed(fact, rule, value)).toList());
            agree(replay.before(), before);
            agree(replay.after(), after);
            Map<Address, TokenAmount> had = sums(before);
            Map<Address, TokenAmount> has = sums(after);
            replay.byAccount()
                    .forEach((who, change) -> {
                        assertThat(change.before())
                                .isEqualTo(had.getOrDefault(who, TokenAmount.ZERO));
                        assertThat(change.after())
                                .isEqualTo(has.getOrDefault(who, TokenAmount.ZERO));
                    });
            had.putAll(has);
            assertThat(replay.byAccount().keySet()).isEqualTo(had.keySet());
        }
    }

    private static Fact changed(Fact fact, int rule, BigInteger value) {
        return fact instanceof Fact.RuleChanged it && it.rule() == rule
                ? new Fact.RuleChanged(it.place(), it.version(), rule, value)
                : fact;
    }

    private static void agree(List<Statement> heads, List<Statement> statements) {
        assertThat(heads).hasSameSizeAs(statements);
        for (int i = 0; i < heads.size(); i++) {
            assertThat(heads.get(i).roles()).isEqualTo(statements.get(i).roles());
            assertThat(heads.get(i).commons()).isEqualTo(statements.get(i).commons());
            assertThat(heads.get(i).carry()).isEqualTo(statements.get(i).carry());
        }
    }

    private static Map<Address, TokenAmount> sums(List<Statement> statements) {
        Map<Address, TokenAmount> sums = new HashMap<>();
        statements.stream()
                .flatMap(one -> one.lines().stream())
                .filter(line -> line.fresh().signum() > 0)
                .forEach(line -> sums.merge(line.account(), line.fresh(), TokenAmount::plus));
        return sums;
    }
}
