package atelier.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What processes have used of the processors, and of memory at their peak, as Linux counts it. */
final class Cpu {

    private static final double TICKS_PER_SECOND = 100;
    private static final int UTIME = 11;

    private Cpu() {}

    /** Seconds of this process alone. */
    static double own() {
        return of(ProcessHandle.current().pid());
    }

    static double of(long pid) {
        return seconds(pid, 2);
    }

    /** Seconds of a process and of its children, ended ones included. */
    static double withChildren(long pid) {
        return seconds(pid, 4)
                + ProcessHandle.of(pid).stream()
                        .flatMap(ProcessHandle::children)
                        .mapToDouble(child -> seconds(child.pid(), 2))
                        .sum();
    }

    /** Seconds of this process that went into compiling, which a warm one does no more. */
    static double compiling() {
        return compiling(ProcessHandle.current().pid());
    }

    /** The same of another JVM. */
    static double compiling(long pid) {
        try (Stream<Path> threads = Files.list(process(pid).resolve("task"))) {
            return threads.filter(thread -> lines(thread, "comm").toString().contains("Compiler"))
                    .mapToDouble(thread -> seconds(thread, 2))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Peak resident memory in MiB. */
    static double peakMemory(long pid) {
        return lines(process(pid), "status").stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    private static double seconds(long pid, int fields) {
        return seconds(process(pid), fields);
    }

    /** The first fields are user and system time, the next two those of ended children. */
    private static double seconds(Path task, int fields) {
        List<String> stat = lines(task, "stat");
        if (stat.isEmpty()) {
            return 0;
        }
        String line = stat.getFirst();
        String[] values = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        double ticks = 0;
        for (int i = 0; i < fields; i++) {
            ticks += Double.parseDouble(values[UTIME + i]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    private static Path process(long pid) {
        return Path.of("/proc", Long.toString(pid));
    }

    private static List<String> lines(Path task, String file) {
        Path path = task.resolve(file);
        try {
            return Files.exists(path) ? Files.readAllLines(path) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
