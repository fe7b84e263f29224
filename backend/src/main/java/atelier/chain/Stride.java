package atelier.chain;

/**
 * How many blocks the next range has: as many as hold about so many logs, at most four times the
 * last and never more than {@value #LONGEST}. What was too much for node or database is tried again
 * as halves, and grows back slowly.
 */
final class Stride {

    private static final int LONGEST = 512;
    private static final int FIRST = 16;
    private static final int GROWTH = 4;
    private static final int MOST_LOGS = 16_000;
    private static final int LEAST_LOGS = 100;

    private int blocks = FIRST;
    private int logs = MOST_LOGS;

    int blocks() {
        return blocks;
    }

    /** A range came; the next one follows from it. */
    void came(Range range) {
        long had = range.headers().size();
        long fitting = had * logs / Math.max(1, range.logs().size());
        blocks = Math.toIntExact(Math.clamp(fitting, 1, Math.min(LONGEST, had * GROWTH)));
    }

    /** A range is in the mirror. */
    void worked() {
        logs = Math.min(MOST_LOGS, logs + logs / GROWTH);
    }

    /** A range was too much. */
    void tooMuch() {
        logs = Math.max(LEAST_LOGS, logs / 2);
        blocks = Math.max(1, blocks / 2);
    }
}
