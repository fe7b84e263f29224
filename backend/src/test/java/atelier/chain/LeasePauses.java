package atelier.chain;

import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Two instances, one of which stands still until its leases are the other's, then goes on: at a
 * call or commit that is chosen, or as a JVM that is stopped wherever it is.
 */
final class LeasePauses extends StagedOrdeal {

    private static final int PLACES = 30;
    private static final int TRIES = 40;

    /** A JVM that shares two cores with others takes some seconds before it takes anything else. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Override
    void play(SoakStage on, SplittableRandom random, Map<String, Long> fired) throws Exception {
        on.expireLeases();
        if (random.nextBoolean()) {
            pauseAtACall(on, random, fired);
        } else {
            stopAJvm(on, random, fired);
        }
    }

    private static void pauseAtACall(SoakStage on, SplittableRandom random, Map<String, Long> fired)
            throws InterruptedException {
        CountDownLatch paused = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CrashingWorld pausing =
                new CrashingWorld(
                        random.nextInt(PLACES),
                        CrashingWorld.Way.PAUSE,
                        () -> {
                            paused.countDown();
                            awaitQuietly(goOn);
                        });
        SimulatedProcess one = on.process(pausing::around);
        SimulatedProcess two = on.process(world -> world);
        on.traffic(random);
        Thread first =
                Thread.ofPlatform()
                        .start(() -> {
                            for (int i = 0; i < 12 && !pausing.fired(); i++) {
                                on.step(one);
                            }
                        });
        for (int i = 0; i < TRIES && !paused.await(25, TimeUnit.MILLISECONDS); i++) {
            on.chain().mine();
        }
        on.expireLeases();
        on.traffic(random);
        for (int i = 0; i < 6; i++) {
            on.step(two);
            on.chain().mine();
            on.pass(Duration.ofMillis(1_100));
        }
        goOn.countDown();
        first.join();
        if (pausing.fired()) {
            count(fired, "paused past its lease at " + pausing.place());
        }
        on.rest(two);
    }

    private static void stopAJvm(SoakStage on, SplittableRandom random, Map<String, Long> fired)
            throws Exception {
        try (SoakWorker one = SoakWorker.start(on)) {
            awaitLeases(on, random);
            try (SoakWorker _ = SoakWorker.start(on)) {
                on.traffic(random, Duration.ofMillis(random.nextInt(300)));
                one.freeze();
                for (int i = 0; i < TRIES && !on.couldExpireLeases(); i++) {
                    // Inside a transaction it keeps its lease: nobody overtakes it there.
                    one.thaw();
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(20));
                    one.freeze();
                }
                awaitLeases(on, random);
                count(fired, "JVM stopped past its leases");
                one.thaw();
                on.traffic(random, Duration.ofMillis(300));
            }
        }
        on.expireLeases();
        on.rest(on.process(world -> world));
    }

    private static void awaitLeases(SoakStage on, SplittableRandom random)
            throws InterruptedException {
        long start = System.nanoTime();
        while (!on.leased()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IllegalStateException("Nobody takes the leases");
            }
            on.traffic(random, Duration.ofMillis(100));
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
