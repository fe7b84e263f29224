package atelier.profit;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.kernel.Address;
import atelier.kernel.TokenAmount;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds of every statement, whatever a community does. */
class RandomEpochTests {

    private static final int LIVES = 2_000;
    private static final int EPOCHS = 5;

    @Test
    void tenThousandEpochsSumExactly() {
        long checked = 0;
        for (long seed = 0; seed < LIVES; seed++) {
            List<Statement> statements = RandomLife.of(seed, EPOCHS).statements();
            statements.forEach(statement -> sumsExactly(statement));
            followEachOther(statements);
            checked += statements.size();
        }
        assertThat(checked).isEqualTo((long) LIVES * EPOCHS);
    }

    private static void sumsExactly(Statement one) {
        assertThat(sum(one.lines().stream().map(Line::fresh)).plus(one.commons()).plus(one.carry()))
                .isEqualTo(one.pool());
        for (RoleShare role : one.roles()) {
            assertThat(sum(one.lines().stream().map(line -> line.by(role.role()))))
                    .isEqualTo(role.paid());
            assertThat(role.paid()).isLessThanOrEqualTo(role.reached());
            assertThat(role.reached()).isLessThanOrEqualTo(role.part());
        }
        assertThat(one.incomeSum().plus(one.lossAfter()))
                .as("Income pays costs and old losses, or leaves a new one")
                .isGreaterThanOrEqualTo(one.costSum().plus(one.lossBefore()));
        assertThat(Stream.of(one.carry(), one.commons(), one.share(), one.lossAfter()))
                .allMatch(amount -> amount.signum() >= 0);
        assertThat(one.carry().units().longValueExact())
                .as("Less than a unit for each rounding")
                .isLessThan(Role.values().length + 12L * Role.OF_ACCOUNTS.size());
    }

    private static void followEachOther(List<Statement> statements) {
        for (int i = 1; i < statements.size(); i++) {
            Statement before = statements.get(i - 1);
            Statement after = statements.get(i);
            boolean counted = after.brought().equals(before.carry());
            assertThat(after.lossBefore()).isEqualTo(before.lossAfter());
            assertThat(after.brought()).isIn(before.carry(), before.carry().plus(before.fresh()));
            if (counted) {
                keepsNumbers(before, after);
            }
        }
    }

    private static void keepsNumbers(Statement before, Statement after) {
        for (Line line : before.lines()) {
            Line later = after.lines().get(line.number());
            assertThat(later.account()).isEqualTo(line.account());
            assertThat(later.total()).isEqualTo(line.total().plus(later.fresh()));
        }
        assertThat(after.lines().stream().skip(before.lines().size()).map(Line::account))
                .isSortedAccordingTo(Address::compareTo)
                .doesNotHaveDuplicates();
    }

    private static TokenAmount sum(Stream<TokenAmount> amounts) {
        return amounts.reduce(TokenAmount.ZERO, TokenAmount::plus);
    }
}
