package atelier.chain;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes the one thread that waits on it; ringing twice before it wakes is ringing once. */
final class Bell {

    private final Semaphore rung = new Semaphore(0);

    void ring() {
        rung.release();
    }

    void await(Duration longest) throws InterruptedException {
        if (rung.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            rung.drainPermits();
        }
    }
}
