package atelier.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** A step of a simulated life, and the number from which its chances follow. */
record SimulatedStep(Kind kind, long salt) {

    /** What happens next, and how often compared with others. */
    enum Kind {
        TRANSFER(10),
        ISSUE(6),
        DIRECT(2),
        RETRY(2),
        SEND(20),
        READ(22),
        MINE(16),
        MINE_EMPTY(2),
        TICK(8),
        SLEEP(2),
        LIE(5),
        TRUTH(4),
        REORG(3),
        DEEP_REORG(1),
        DROP(2),
        FEES(2),
        WALLET(2),
        OVERTAKE(2),
        STEAL_NONCE(1),
        COPY(4),
        BACKUP(2),
        RESTORE(1),
        CRASH(2),
        RESTART_CHAIN(1);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }

        private static Kind any(SplittableRandom random) {
            int at = random.nextInt(TOTAL);
            for (Kind kind : values()) {
                at -= kind.weight;
                if (at < 0) {
                    return kind;
                }
            }
            throw new IllegalStateException();
        }
    }

    private static final int TOTAL = List.of(Kind.values()).stream().mapToInt(k -> k.weight).sum();

    /** The steps that follow from a seed. */
    static List<SimulatedStep> of(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        List<SimulatedStep> steps = new ArrayList<>();
        while (steps.size() < count) {
            SimulatedStep step = new SimulatedStep(Kind.any(random), random.nextLong());
            boolean leftOut =
                    (step.kind() == Kind.DEEP_REORG && seed % 4 != 0)
                            || (step.kind() == Kind.RESTORE
                                    && (seed % 4 != 1 || random.nextInt(4) > 0))
                            || (step.kind() == Kind.RESTART_CHAIN
                                    && (seed % 8 != 3 || random.nextInt(4) > 0));
            if (!leftOut) {
                steps.add(step);
            }
        }
        return steps;
    }

    /** Removes steps for as long as what is left still fails, halves first. */
    static List<SimulatedStep> shrink(
            List<SimulatedStep> failing, Predicate<List<SimulatedStep>> fails) {
        List<SimulatedStep> steps = failing;
        int size = Math.max(1, steps.size() / 2);
        while (true) {
            boolean removed = false;
            for (int at = 0; at < steps.size(); ) {
                List<SimulatedStep> fewer = new ArrayList<>(steps.subList(0, at));
                fewer.addAll(steps.subList(Math.min(steps.size(), at + size), steps.size()));
                if (fails.test(fewer)) {
                    steps = fewer;
                    removed = true;
                } else {
                    at += size;
                }
            }
            if (size == 1 && !removed) {
                return steps;
            }
            size = Math.max(1, size / 2);
        }
    }

    @Override
    public String toString() {
        return kind + ":" + Long.toHexString(salt);
    }
}
