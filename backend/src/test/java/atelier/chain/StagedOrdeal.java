package atelier.chain;

import atelier.testing.TestDatabase;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Its community has a chain and a database of its own, both anew after a while: they stay small.
 */
abstract class StagedOrdeal implements Ordeal {

    private static final int FRESH = 50;
    private static @Nullable String migrated;

    private @Nullable SoakStage stage;
    private @Nullable SimulatedProcess process;
    private int played;

    @Override
    public final void play(SplittableRandom random, Map<String, Long> fired) throws Exception {
        if (played++ % FRESH == 0) {
            renew();
        }
        play(Objects.requireNonNull(stage), random, fired);
    }

    abstract void play(SoakStage on, SplittableRandom random, Map<String, Long> fired)
            throws Exception;

    private void renew() {
        close();
        SoakStage fresh = open();
        stage = fresh;
        restart(fresh);
        for (int i = 0; i < LocalSigning.MEMBERS; i++) {
            fresh.fund(i, 1_000_000);
        }
        fresh.rest(process());
    }

    /** A new community. */
    SoakStage open() {
        return new SoakStage(SoakChain.start(), TestDatabase.copy(template()));
    }

    /** Leaves nothing of it. */
    void leave(SoakStage old) {
        old.close();
        TestDatabase.drop(old.url());
    }

    private static synchronized String template() {
        String url = migrated;
        if (url == null) {
            url = TestDatabase.create();
            SoakStage.migrate(url);
            migrated = url;
        }
        return url;
    }

    /** The process that works where nothing happens to it. */
    final SimulatedProcess process() {
        return Objects.requireNonNull(process);
    }

    final void restart(SoakStage on) {
        process = on.process(world -> world);
    }

    static void count(Map<String, Long> fired, String what) {
        fired.merge(what, 1L, Long::sum);
    }

    @Override
    public void close() {
        if (stage != null) {
            leave(stage);
            stage = null;
        }
    }
}
