package atelier.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/** What was measured, by name: a table for people, JSON for programs. */
final class Results {

    /**
     * One measurement.
     *
     * @param peer what ours is compared with; the bar itself where there is no peer
     */
    record Result(double ours, double peer, double ratio, String unit) {}

    private record Bar(String words, boolean met) {}

    private final Map<String, Result> results = new LinkedHashMap<>();
    private final Map<String, Bar> bars = new LinkedHashMap<>();

    /** Ours against a peer, at least so many times as much. */
    void atLeast(String name, double ours, double peer, double bar, String unit) {
        double ratio = ours / peer;
        add(name, ours, peer, unit, new Bar("≥ %.2f×".formatted(bar), ratio >= bar));
    }

    /** Ours under a limit. */
    void under(String name, double ours, double limit, String unit) {
        add(name, ours, limit, unit, new Bar("≤ %.1f %s".formatted(limit, unit), ours <= limit));
    }

    /** For information. */
    void note(String name, double ours, double peer, String unit) {
        add(name, ours, peer, unit, new Bar("", true));
    }

    private void add(String name, double ours, double peer, String unit, Bar bar) {
        results.put(name, new Result(round(ours), round(peer), round(ours / peer), unit));
        bars.put(name, bar);
        System.out.println(line(name));
    }

    private static double round(double value) {
        return Double.isFinite(value) ? Math.round(value * 1000) / 1000.0 : -1;
    }

    String table() {
        StringBuilder table = new StringBuilder();
        table.append(
                "%-22s %12s %12s %8s  %-12s %-10s %s%n"
                        .formatted("", "ours", "peer", "ratio", "unit", "bar", "met"));
        results.keySet().forEach(name -> table.append(line(name)).append('\n'));
        return table.toString();
    }

    private String line(String name) {
        Result result = Objects.requireNonNull(results.get(name));
        Bar bar = Objects.requireNonNull(bars.get(name));
        String met = bar.words().isEmpty() ? "" : bar.met() ? "yes" : "NO";
        return "%-22s %12.1f %12.1f %8.2f  %-12s %-10s %s"
                .formatted(
                        name,
                        result.ours(),
                        result.peer(),
                        result.ratio(),
                        result.unit(),
                        bar.words(),
                        met)
                .stripTrailing();
    }

    void write(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file,
                    JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(results)
                            + "\n");
            Files.writeString(file.resolveSibling("table.txt"), table());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
