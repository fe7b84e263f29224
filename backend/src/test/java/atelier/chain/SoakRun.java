package atelier.chain;

import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A row played from one seed on, until it fails. */
final class SoakRun implements AutoCloseable {

    private static final long ROWS = 1_000_003;

    private final SoakRow row;
    private final Ordeal ordeal;
    private long seed;
    private long reported;
    private Map<String, Long> fired = new TreeMap<>();
    private @Nullable AssertionError failure;

    SoakRun(SoakRow row, long first) {
        this.row = row;
        this.ordeal = row.open(first);
        this.seed = first;
        this.reported = first;
    }

    /** The next seed; what it does not survive is a failure, whatever it is. */
    void play() {
        SplittableRandom random =
                new SplittableRandom(Mix.of(row.title().hashCode() * ROWS + seed));
        try {
            ordeal.play(random, fired);
        } catch (Exception | AssertionError e) {
            failure = new AssertionError(row.title() + " " + seed + ": " + e.getMessage(), e);
        }
        seed++;
    }

    SoakRow row() {
        return row;
    }

    /** How many were played, those before this run included. */
    long played() {
        return seed;
    }

    /** Whether nothing is left to play. */
    boolean over() {
        return ordeal.over();
    }

    Optional<AssertionError> failure() {
        return Optional.ofNullable(failure);
    }

    /** What happened since the last report. */
    record Report(long runs, long failures, Map<String, Long> fired) {}

    Report report() {
        Report report = new Report(seed - reported, failure == null ? 0 : 1, fired);
        reported = seed;
        fired = new TreeMap<>();
        return report;
    }

    @Override
    public void close() {
        ordeal.close();
    }
}
