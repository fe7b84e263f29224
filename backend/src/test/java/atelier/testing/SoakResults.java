package atelier.testing;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How often each kind of fault was run, how often it failed, and what fired meanwhile: {@code
 * target/soak/results.json}, one entry a name. The sums of long runs are also kept where neither a
 * clean build nor the next {@code mvn verify} reaches them.
 */
public final class SoakResults {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path LATEST = Path.of("target", "soak", "results.json");
    private static final Path KEPT = Path.of("..", ".soak", "results.json");

    private SoakResults() {}

    /** Runs that an earlier session has recorded under this name; 0 if there is none. */
    public static synchronized long runs(String name) {
        return before(name).path("runs").asLong(0);
    }

    /** Writes an entry in place of the latest one. */
    public static synchronized void write(
            String name, long runs, long failures, long target, Map<String, Long> fired) {
        save(LATEST, name, entry(runs, failures, target, fired));
    }

    /** Adds to what earlier sessions have recorded under this name. */
    public static synchronized void add(
            String name, long runs, long failures, long target, Map<String, Long> fired) {
        JsonNode before = before(name);
        Map<String, Long> sum = new TreeMap<>(fired);
        before.path("fired")
                .properties()
                .forEach(one -> sum.merge(one.getKey(), one.getValue().asLong(), Long::sum));
        ObjectNode entry =
                entry(
                        before.path("runs").asLong(0) + runs,
                        before.path("failures").asLong(0) + failures,
                        target,
                        sum);
        List.of(KEPT, LATEST).forEach(file -> save(file, name, entry));
    }

    /** Long runs go on from each other, the first one from those of {@code mvn verify}. */
    private static JsonNode before(String name) {
        JsonNode kept = read(KEPT).path(name);
        return kept.isMissingNode() ? read(LATEST).path(name) : kept;
    }

    private static ObjectNode entry(
            long runs, long failures, long target, Map<String, Long> fired) {
        ObjectNode entry = JSON.createObjectNode();
        entry.put("runs", runs).put("failures", failures).put("target", target);
        ObjectNode counts = entry.putObject("fired");
        new TreeMap<>(fired).forEach(counts::put);
        return entry;
    }

    private static ObjectNode read(Path file) {
        try {
            return Files.exists(file)
                    ? (ObjectNode) JSON.readTree(Files.readAllBytes(file))
                    : JSON.createObjectNode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void save(Path file, String name, ObjectNode entry) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (FileChannel turn = FileChannel.open(beside(file), CREATE, WRITE);
                    FileLock _ = turn.lock()) { // another JVM's tests may have a result too
                ObjectNode all = read(file);
                all.set(name, entry);
                Files.writeString(
                        file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + ".lock");
    }
}
