package atelier.chain;

import java.util.Locale;

/** A row of the table of faults: how often with the tests, and how often in all in the long run. */
enum SoakRow {
    CRASH_POINTS(Integer.MAX_VALUE, 10_000),
    JVM_KILLS(20, 1_000),
    POSTGRES_KILLS(10, 200),
    REORGS(200, 10_000),
    CORRUPTED_ANSWERS(200, 5_000),
    RESTORES(10, 200),
    LEASE_PAUSES(20, 500);

    private final int few;
    private final int many;

    SoakRow(int few, int many) {
        this.few = few;
        this.many = many;
    }

    /** As the results name it. */
    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** With the tests; of what is enumerated, all of it once. */
    int few() {
        return few;
    }

    int many() {
        return many;
    }

    /** Where so many were played before. */
    Ordeal open(long played) {
        return switch (this) {
            case CRASH_POINTS -> new CrashPoints(played);
            case JVM_KILLS -> new JvmKills();
            case POSTGRES_KILLS -> new PostgresKills();
            case REORGS -> new Reorgs();
            case CORRUPTED_ANSWERS -> new CorruptedAnswers();
            case RESTORES -> new Restores();
            case LEASE_PAUSES -> new LeasePauses();
        };
    }
}
