package atelier.chain;

import java.time.Duration;

/** Waiting that ends when the thread is asked to. */
final class Pauses {

    /** The thread was asked to end. */
    static final class Ended extends RuntimeException {
        Ended() {
            super("Asked to end");
        }
    }

    private Pauses() {}

    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Ended();
        }
    }
}
