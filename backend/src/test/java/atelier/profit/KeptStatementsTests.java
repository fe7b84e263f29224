package atelier.profit;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.chain.ContractKind;
import atelier.kernel.Address;
import atelier.testing.MirroredLogs;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class KeptStatementsTests {

    private final MirroredLogs chain = new MirroredLogs();
    private final JdbcTemplate copy = new JdbcTemplate(chain.database());
    private final KeptStatements kept = new KeptStatements(chain.jdbc(), copy);
    private final StatementsProjection projection = new StatementsProjection(chain.jdbc(), copy);
    private final List<Statement> made = made();

    private static List<Statement> made() {
        History life = RandomLife.of(7, 4);
        return Statements.of(life.domain(), life.facts());
    }

    @Test
    void keepsWhatWasMade() {
        made.forEach(one -> kept.keep(one, new Trail(), 5));

        assertThat(kept.epochs()).hasSameSizeAs(made);
        for (Statement one : made) {
            KeptStatement found = kept.find(one.epoch().number()).orElseThrow();
            assertThat(found.root()).isEqualTo(one.tree().root());
            assertThat(found.total()).isEqualTo(one.total());
            assertThat(found.head().fresh()).isEqualTo(one.fresh());
            assertThat(kept.text(found.epoch())).contains(one.text());
            assertThat(kept.lines(found.epoch(), 0, 1_000)).isEqualTo(one.lines());
            assertThat(kept.accounts(found.epoch())).isEqualTo(one.lines().size());
            assertThat(new Trees(kept).of(found).root()).isEqualTo(found.root());
        }
        Line line = made.getLast().lines().getFirst();
        Address account = line.account();
        assertThat(kept.line(made.getLast().epoch().number(), account)).contains(line);
        assertThat(kept.of(account).getFirst().line()).isEqualTo(line);
    }

    @Test
    void forgetsWhatAReorgTookTheFactsOf() {
        kept.keep(made.get(0), new Trail(), 5);
        kept.keep(made.get(1), new Trail(), 9);
        projection.revert(9);

        assertThat(kept.epochs()).containsExactly(1L);
    }

    @Test
    void forgetsWhatOpenedWithARefusedStatement() {
        made.forEach(one -> kept.keep(one, new Trail(), 0));
        chain.block();
        chain.log(
                ContractKind.PROFIT_SHARE.directoryName(),
                "Cancelled(uint32,bytes32,uint256)",
                List.of(2, 77),
                0);
        projection.apply(chain.logs(1, 1));

        assertThat(kept.epochs()).containsExactlyInAnyOrder(1L, 2L);
    }
}
