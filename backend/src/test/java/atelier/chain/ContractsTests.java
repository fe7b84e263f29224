package atelier.chain;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.kernel.Address;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ContractsTests {

    private static final Address THERE =
            Address.parse("0x5fbdb2315678afecb367f032d93f642f64180aa3");
    private static final Address ELSEWHERE =
            Address.parse("0x70997970c51812dc3a010c7d01b50e0d17dc79c8");

    private final Contracts contracts = new Contracts(SimulatedProcess.NO_VIEWS);

    @Test
    void bindsAContractOnce() {
        contracts.open(deployed(1, THERE));

        assertThat(contracts.points()).isSameAs(contracts.points());
    }

    @Test
    void bindsWhatIsDeployedAnew() {
        contracts.open(deployed(1, THERE));
        assertThat(contracts.points().getContractAddress()).isEqualTo(THERE.toString());

        contracts.open(deployed(2, ELSEWHERE));
        assertThat(contracts.points().getContractAddress()).isEqualTo(ELSEWHERE.toString());
    }

    @Test
    void givesWhoLooksAtAPastBlockABindingOfTheirOwn() {
        contracts.open(deployed(1, THERE));

        assertThat(contracts.pointsAt(7))
                .isNotSameAs(contracts.points())
                .isNotSameAs(contracts.pointsAt(7));
    }

    private static Contracts.Deployed deployed(int era, Address points) {
        return new Contracts.Deployed(
                era, 31337, Map.of(ContractKind.POINTS, points), THERE, THERE, 1);
    }
}
