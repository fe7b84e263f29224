package atelier.chain.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AdmissionTests {

    private static final long DEVELOPMENT = 31337;
    private static final long ELSEWHERE = 1;

    @Test
    void refusesADevelopmentChainThatItDidNotStart() {
        assertThat(Admission.refusal(DEVELOPMENT, null, false))
                .hasValueSatisfying(
                        words -> assertThat(words).contains("31337", "atelier.chain.rpc-url"));
    }

    @Test
    void refusesAFaucetAnywhereElse() {
        assertThat(Admission.refusal(ELSEWHERE, null, true))
                .hasValueSatisfying(
                        words -> assertThat(words).contains("atelier.chain.faucet-key"));
        assertThat(Admission.refusal(ELSEWHERE, "process", true)).isPresent();
    }

    @Test
    void admitsTheEmbeddedChainAndAnyOtherWithoutAFaucet() {
        assertThat(Admission.refusal(DEVELOPMENT, "process", true)).isEmpty();
        assertThat(Admission.refusal(ELSEWHERE, null, false)).isEmpty();
    }

    @Test
    void namesEveryStepOnce() {
        assertThat(Plan.steps().stream().map(Step::name).collect(Collectors.toSet()))
                .hasSize(Plan.steps().size());
    }
}
