package atelier.chain;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.testing.SoakResults;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * The pipeline in thousands of simulated lives: whatever fails and whenever, nothing is lost,
 * nothing happens twice, and the mirror is the chain. {@code docs/evidence/simulation.md} says why
 * to believe it.
 */
class SimulationTests {

    private static final int STEPS = 2_000;
    private static final int THREADS = 2;
    static final int TARGET = 50_000;
    private static final String SEEDS = "planted-bugs.properties";
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("atelier.chain");
    private static @Nullable Level before;

    @BeforeAll
    static void quiet() {
        before = LOG.getLevel();
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        LOG.setLevel(before);
    }

    @Test
    void losesNothingAndDoesNothingTwice() throws Exception {
        int seeds = Integer.getInteger("atelier.simulation.seeds", 2_000);

        Runs runs = runs(0, seed -> seed < seeds);

        SoakResults.write("simulated", runs.count.get(), runs.failures.size(), seeds, runs.fired);
        assertThat(runs.failures).isEmpty();
    }

    @Test
    @Tag("soak")
    void losesNothingInALongTime() throws Exception {
        Instant end = Instant.now().plus(Duration.ofMinutes(Long.getLong("soak.minutes", 60)));
        long first = SoakResults.runs("simulated");

        Runs runs = runs(first, seed -> seed < TARGET && Instant.now().isBefore(end));

        SoakResults.add("simulated", runs.count.get(), runs.failures.size(), TARGET, runs.fired);
        assertThat(runs.failures).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void seesThePlantedBug(PlantedBug bug) throws IOException {
        long seed = Long.parseLong(recorded().getProperty(bug.name(), "0"));

        assertThat(run(seed, bug, new TreeMap<>()))
                .as("%s with seed %d", bug, seed)
                .isInstanceOf(Violation.class);
    }

    @Test
    @EnabledIfSystemProperty(named = "atelier.simulation.record", matches = ".+")
    void recordsTheFirstSeedThatSeesEachPlantedBug() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("# The first seed whose run sees the bug; see PlantedBug.");
        for (PlantedBug bug : PlantedBug.values()) {
            long seed = 0;
            while (run(seed, bug, new TreeMap<>()) == null) {
                seed++;
                assertThat(seed).as("%s is not seen", bug).isLessThan(2_000);
            }
            lines.add(bug + "=" + seed);
        }
        Files.write(Path.of("src/test/resources/atelier/chain", SEEDS), lines);
    }

    /** What became of some seeds. */
    private static final class Runs {
        final AtomicInteger count = new AtomicInteger();
        final List<String> failures = new ArrayList<>();
        final Map<String, Long> fired = new TreeMap<>();

        synchronized void add(long seed, @Nullable Violation violation, Map<String, Long> more) {
            count.incrementAndGet();
            more.forEach((what, times) -> fired.merge(what, times, Long::sum));
            if (violation != null) {
                failures.add("Seed " + seed + ": " + violation.getMessage());
            }
        }

        synchronized boolean failed() {
            return !failures.isEmpty();
        }
    }

    private static Runs runs(long first, LongPredicate more) throws InterruptedException {
        Runs runs = new Runs();
        AtomicLong next = new AtomicLong(first);
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                done.add(
                        threads.submit(() -> {
                            long seed = next.getAndIncrement();
                            while (more.test(seed) && !runs.failed()) {
                                Map<String, Long> fired = new TreeMap<>();
                                runs.add(seed, shrunk(seed, fired), fired);
                                seed = next.getAndIncrement();
                            }
                        }));
            }
            for (Future<?> one : done) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return runs;
    }

    /** A failure in as few steps as still fail alike. */
    private static @Nullable Violation shrunk(long seed, Map<String, Long> fired) {
        Violation violation = run(seed, Planted.NOTHING, fired);
        if (violation == null) {
            return null;
        }
        List<SimulatedStep> few =
                SimulatedStep.shrink(
                        SimulatedStep.of(seed, STEPS),
                        steps -> {
                            Violation other =
                                    SimulatedRun.run(seed, steps, Planted.NOTHING, new TreeMap<>());
                            return other != null && other.kind().equals(violation.kind());
                        });
        return new Violation(
                violation.getMessage() + "\nwith " + few.size() + " steps: " + few, violation);
    }

    private static @Nullable Violation run(long seed, Planted planted, Map<String, Long> fired) {
        return SimulatedRun.run(seed, SimulatedStep.of(seed, STEPS), planted, fired);
    }

    private static Properties recorded() throws IOException {
        Properties seeds = new Properties();
        try (InputStream file =
                Objects.requireNonNull(SimulationTests.class.getResourceAsStream(SEEDS))) {
            seeds.load(file);
        }
        return seeds;
    }
}
