package atelier.chain;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.testing.SoakResults;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The same rows for long, from where the results end: the one that is furthest from its target is
 * next, so that all come to it together.
 */
@Tag("soak")
@ExtendWith(QuietPipeline.class)
class LongSoakTests {

    private static final Duration TURN = Duration.ofSeconds(10);

    private final List<SoakRun> runs = new ArrayList<>();

    @AfterEach
    void close() {
        runs.forEach(SoakRun::close);
    }

    @Test
    void losesNothingAndDoesNothingTwice() {
        for (SoakRow row : SoakRow.values()) {
            runs.add(new SoakRun(row, SoakResults.runs(row.title())));
        }
        Instant end = end();
        while (Instant.now().isBefore(end)) {
            Optional<SoakRun> next = furthestBehind();
            if (next.isEmpty()) {
                break;
            }
            turn(next.get(), end);
        }
        assertThat(runs.stream().map(SoakRun::failure).flatMap(Optional::stream)).isEmpty();
    }

    /** The simulation plays beside it, in a JVM of its own. */
    private static Instant end() {
        return Instant.now().plus(Duration.ofMinutes(Long.getLong("soak.minutes", 60)));
    }

    private Optional<SoakRun> furthestBehind() {
        return runs.stream()
                .filter(run -> run.failure().isEmpty() && run.played() < run.row().many())
                .min(Comparator.comparingDouble(run -> (double) run.played() / run.row().many()));
    }

    private static void turn(SoakRun run, Instant last) {
        Instant end = Instant.now().plus(TURN);
        do {
            run.play();
        } while (run.failure().isEmpty()
                && run.played() < run.row().many()
                && Instant.now().isBefore(end)
                && Instant.now().isBefore(last));
        SoakRun.Report report = run.report();
        SoakResults.add(
                run.row().title(),
                report.runs(),
                report.failures(),
                run.row().many(),
                report.fired());
    }
}
