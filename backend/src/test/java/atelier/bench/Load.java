package atelier.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** So many callers who take the next thing to do until all are done. */
final class Load {

    /** What one caller does with the n-th thing. */
    interface Work {
        void act(int caller, int number) throws Exception;
    }

    /** How long all of it took, and each of it. */
    @SuppressWarnings("ArrayRecordComponent")
    record Took(Duration time, long[] each) {

        double perSecond() {
            return each.length / seconds();
        }

        double seconds() {
            return time.toNanos() / 1e9;
        }

        /** In milliseconds. */
        double percentile(double share) {
            return Load.percentile(each, share);
        }
    }

    private Load() {}

    static Took run(int callers, int count, Work work) {
        return run(callers, count, 0, work);
    }

    /**
     * @param perSecond so many are begun in a second, however long they take: a late start counts
     *     as time it took; 0 for as fast as it goes
     */
    static Took run(int callers, int count, double perSecond, Work work) {
        long[] took = new long[count];
        AtomicInteger next = new AtomicInteger();
        long start = System.nanoTime();
        try (ExecutorService pool = Executors.newFixedThreadPool(callers)) {
            var all =
                    IntStream.range(0, callers)
                            .mapToObj(caller ->
                                    pool.submit(() -> {
                                        work(caller, next, took, start, perSecond, work);
                                        return 0;
                                    }))
                            .toList();
            all.forEach(Load::join);
        }
        return new Took(Duration.ofNanos(System.nanoTime() - start), took);
    }

    private static void work(
            int caller, AtomicInteger next, long[] took, long start, double perSecond, Work work)
            throws Exception {
        for (int i = next.getAndIncrement(); i < took.length; i = next.getAndIncrement()) {
            long due = perSecond == 0 ? System.nanoTime() : start + (long) (i * 1e9 / perSecond);
            long early = due - System.nanoTime();
            if (early > 0) {
                Thread.sleep(Duration.ofNanos(early));
            }
            work.act(caller, i);
            took[i] = System.nanoTime() - due;
        }
    }

    private static void join(Future<?> one) {
        try {
            one.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Of nanoseconds, in milliseconds. */
    static double percentile(long[] nanos, double share) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted.length == 0
                ? Double.NaN
                : sorted[(int) Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]
                        / 1e6;
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
