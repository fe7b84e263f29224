package atelier.chain;

import atelier.testing.SoakResults;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The faults of the simulation at higher fidelity: real PostgreSQL, anvil, processes that are
 * killed. After each the reference compares chain, mirror and a fresh index, and counts what every
 * intent did. {@code docs/evidence/soak.md} says why to believe it.
 */
@ExtendWith(QuietPipeline.class)
class SoakTests {

    @ParameterizedTest
    @EnumSource
    void losesNothingAndDoesNothingTwice(SoakRow row) {
        long runs = Long.getLong("atelier.soak.runs", row.few());
        try (SoakRun run = new SoakRun(row, 0)) {
            while (run.played() < runs && !run.over() && run.failure().isEmpty()) {
                run.play();
            }
            SoakRun.Report report = run.report();
            SoakResults.write(
                    row.title(),
                    report.runs(),
                    report.failures(),
                    run.over() ? run.played() : runs,
                    report.fired());
            run.failure()
                    .ifPresent(failure -> {
                        throw failure;
                    });
        }
    }
}
