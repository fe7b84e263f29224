package atelier.devnet;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What a node says, line by line: facts begin with {@code @}, everything else is noise. */
final class NodeOutput {

    private static final System.Logger LOG = System.getLogger(DevChain.class.getName());
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(3);
    private static final int NOISE_KEPT = 20;

    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final Deque<String> noise = new ArrayDeque<>();
    private final Consumer<String> progress;
    private volatile long heardAt = System.nanoTime();

    NodeOutput(Consumer<String> progress) {
        this.progress = progress;
    }

    /** Takes every line until there are no more. */
    void takeAll(Stream<String> lines) {
        lines.forEach(this::take);
        ended();
    }

    void take(String line) {
        heardAt = System.nanoTime();
        int space = line.indexOf(' ') + 1;
        String rest = line.substring(space);
        switch (line.substring(0, space).strip()) {
            case "@progress" -> progress.accept(rest);
            case "@listening" -> port.complete(Integer.valueOf(rest));
            case "@failed" -> fail(failure(rest));
            default -> keepNoise(line);
        }
    }

    /** Says that nothing more will come. */
    void ended() {
        port.completeExceptionally(unexpected("ended before it listened"));
    }

    /** Waits until the node listens, however long it replays, as long as it says something. */
    int awaitPort() {
        while (true) {
            try {
                return port.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException notYet) {
                if (System.nanoTime() - heardAt > LONGEST_SILENCE.toNanos()) {
                    throw unexpected("has said nothing for three minutes");
                }
            } catch (ExecutionException failed) {
                throw (DevChainException) failed.getCause();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw unexpected("was not waited for: the start was interrupted");
            }
        }
    }

    private void fail(DevChainException why) {
        if (!port.completeExceptionally(why)) {
            LOG.log(Level.ERROR, why.getMessage());
        }
    }

    private static DevChainException failure(String tabbed) {
        String[] parts = tabbed.split("\t", 3);
        return new DevChainException(parts[0], parts[1], parts[2]);
    }

    private synchronized void keepNoise(String line) {
        LOG.log(Level.DEBUG, line);
        noise.addLast(line);
        if (noise.size() > NOISE_KEPT) {
            noise.removeFirst();
        }
    }

    private synchronized DevChainException unexpected(String what) {
        String said = noise.isEmpty() ? "" : " Its last words: " + String.join(" | ", noise);
        return new DevChainException(
                "NODE_ENDED",
                "The development chain's node " + what + "." + said,
                "Start again; if it comes back, delete chain-devnet/node_modules and build again.");
    }
}
