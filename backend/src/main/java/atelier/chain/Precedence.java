package atelier.chain;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The newest block goes before what is to be sent: people wait for the one, the other waits for the
 * next block anyway, and both want the same processors and the same node.
 */
final class Precedence {

    private final ReentrantLock first = new ReentrantLock();

    /** Does what goes first. */
    <T> T first(Supplier<T> work) {
        first.lock();
        try {
            return work.get();
        } finally {
            first.unlock();
        }
    }

    /** Waits while something goes first, but never for longer than this. */
    void giveWay(Duration longest) {
        try {
            if (first.tryLock(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                first.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Pauses.Ended();
        }
    }
}
