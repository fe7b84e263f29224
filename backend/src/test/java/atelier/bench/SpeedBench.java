package atelier.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Measures everything, one thing after another, and says how it compares. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SpeedBench {

    /** A part of the run that measures by itself. */
    private interface Part {
        void measure() throws Exception;
    }

    private static final double RSS_MIB = 700;

    /** Parts to measure, by name; all of them where none is named. */
    private static final Set<String> CHOSEN =
            Arrays.stream(System.getProperty("bench.parts", "").split(",", -1))
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.toSet());

    /** Transfers per second at the door, where they are not measured in the same run. */
    private static final int RATE = Integer.getInteger("bench.rate", 100);

    private final Sizes sizes = Sizes.asked();
    private final Results results = new Results();
    private final Map<String, Throwable> failures = new LinkedHashMap<>();

    @Test
    void measuresOursAndItsPeers() throws Exception {
        try (Arena arena = Arena.open();
                Peers peers = new Peers(arena.chain())) {
            Troupe troupe = Troupe.gather(arena);
            peers.accounts().forEach(account -> troupe.endow(account, 200_000));
            troupe.endow(peers.fastAccount(), 5_000_000);
            Operations operations = new Operations(arena, troupe);
            Submission submission = new Submission(arena, operations, peers, sizes, results);
            double[] full = {RATE};
            part(arena, "transfers", () -> full[0] = submission.transfers());
            part(arena, "crafts", submission::craftsAndFills);
            part(
                    arena,
                    "ceiling",
                    () -> new Ceiling(arena, troupe, operations, sizes, results).measure(full[0]));
            part(arena, "issuing", () -> new Issuing(arena, sizes, results).measure());
            part(arena, "backfill", () -> new Backfill(arena, troupe, sizes, results).measure());
            part(arena, "http", () -> overHttp(arena, troupe, full[0]));
            part(arena, "pages", () -> pages(arena));
            part(arena, "statement", () -> new Distribution(results).measure());
        }
        results.write(Path.of("target", "bench", "results.json"));
        System.out.println(results.table());
        assertThat(failures.keySet()).isEmpty();
    }

    /** In a JVM of its own, which first mirrors everything that is there. */
    private void overHttp(Arena arena, Troupe troupe, double full) throws Exception {
        arena.rest();
        arena.forget();
        long head = arena.chain().height();
        try (BenchedAtelier atelier = BenchedAtelier.start(arena)) {
            Arena.await(() -> arena.mirrored() >= head);
            atelier.awaitHealth();
            new HalfLoad(arena, troupe, atelier, sizes, results).measure(full);
            results.under("rss", atelier.peakMemory(), RSS_MIB, "MiB");
        }
    }

    private void pages(Arena arena) throws SQLException {
        arena.still();
        new Library(arena, sizes).fill();
        new Pages(arena, results).measure();
    }

    /** What fails must not cost what comes after it. */
    private void part(Arena arena, String name, Part part) {
        if (!CHOSEN.isEmpty() && !CHOSEN.contains(name)) {
            return;
        }
        System.out.println("# " + name);
        try {
            part.measure();
        } catch (Exception | AssertionError e) {
            failures.put(name, e);
            e.printStackTrace(System.out);
            arena.calm();
        }
    }
}
