package atelier.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Makes processes stand still and go on. */
public final class Signals {

    private Signals() {}

    /** Until {@link #thaw}, as a machine that swaps to death. */
    public static void freeze(Stream<ProcessHandle> processes) {
        send("-STOP", processes);
    }

    public static void thaw(Stream<ProcessHandle> processes) {
        send("-CONT", processes);
    }

    private static void send(String signal, Stream<ProcessHandle> processes) {
        List<String> kill = new ArrayList<>(List.of("kill", signal));
        processes.forEach(process -> kill.add(Long.toString(process.pid())));
        try {
            new ProcessBuilder(kill).start().waitFor(10, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
