package atelier.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How often each kind of fault was run, how often it failed, and what fired meanwhile: {@code
 * target/soak/results.json}, one entry a name.
 */
public final class SoakResults {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path FILE = Path.of("target", "soak", "results.json");

    private SoakResults() {}

    /** Runs that an earlier session has recorded under this name; 0 if there is none. */
    public static synchronized long runs(String name) {
        return read().path(name).path("runs").asLong(0);
    }

    /** Writes an entry in place of the one that is there. */
    public static synchronized void write(
            String name, long runs, long failures, long target, Map<String, Long> fired) {
        ObjectNode all = read();
        ObjectNode entry = all.putObject(name);
        entry.put("runs", runs).put("failures", failures).put("target", target);
        ObjectNode counts = entry.putObject("fired");
        new TreeMap<>(fired).forEach(counts::put);
        save(all);
    }

    /** Adds to the entry that is there. */
    public static synchronized void add(
            String name, long runs, long failures, long target, Map<String, Long> fired) {
        JsonNode before = read().path(name);
        Map<String, Long> sum = new TreeMap<>(fired);
        before.path("fired")
                .properties()
                .forEach(one -> sum.merge(one.getKey(), one.getValue().asLong(), Long::sum));
        write(
                name,
                before.path("runs").asLong(0) + runs,
                before.path("failures").asLong(0) + failures,
                target,
                sum);
    }

    private static ObjectNode read() {
        try {
            return Files.exists(FILE)
                    ? (ObjectNode) JSON.readTree(Files.readAllBytes(FILE))
                    : JSON.createObjectNode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void save(ObjectNode all) {
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
