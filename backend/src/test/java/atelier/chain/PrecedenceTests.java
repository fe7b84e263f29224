package atelier.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PrecedenceTests {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final Precedence precedence = new Precedence();
    private final ExecutorService others = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void end() {
        others.shutdownNow();
    }

    @Test
    void givesWayToNobodyAtOnce() {
        long start = System.nanoTime();

        precedence.giveWay(LONG);

        assertThat(System.nanoTime() - start).isLessThan(LONG.toNanos());
    }

    @Test
    void givesWayUntilWhatGoesFirstIsDone() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Future<Boolean> first = others.submit(() -> precedence.first(() -> done(begun, end)));
        begun.await();
        Future<?> second = others.submit(() -> precedence.giveWay(LONG));

        assertThat(second.isDone()).isFalse();
        end.countDown();
        second.get(20, TimeUnit.SECONDS);
        assertThat(first.get(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void givesWayForNoLongerThanAsked() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Future<Boolean> first = others.submit(() -> precedence.first(() -> done(begun, end)));
        begun.await();

        precedence.giveWay(Duration.ofMillis(20));

        assertThat(first.isDone()).isFalse();
        end.countDown();
    }

    private static boolean done(CountDownLatch begun, CountDownLatch end) {
        begun.countDown();
        try {
            return end.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
