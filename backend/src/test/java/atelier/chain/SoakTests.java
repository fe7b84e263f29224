package atelier.chain;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.chain.SimulatedRun.Violation;
import atelier.testing.OwnDatabase;
import atelier.testing.Relay;
import atelier.testing.SoakResults;
import atelier.testing.TestDatabase;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * The faults of the simulation at higher fidelity: real PostgreSQL, anvil, processes that are
 * killed. After each the reference compares chain, mirror and a fresh index, and counts what every
 * intent did. {@code docs/evidence/soak.md} says why to believe it.
 */
class SoakTests {

    /** One fault, from traffic to rest; what fired is counted. */
    private interface Episode {
        void play(SplittableRandom random, Map<String, Long> fired) throws Exception;
    }

    /** What a row needs while it runs. */
    private interface Setting extends Episode, AutoCloseable {
        @Override
        default void close() {}
    }

    private interface Opening {
        Setting open() throws Exception;
    }

    /** A row of the table: how often with the tests, and how often in all in the long run. */
    private enum Row {
        CRASH_POINTS("crash-points", Integer.MAX_VALUE, 10_000),
        JVM_KILLS("jvm-kills", 20, 1_000),
        POSTGRES_KILLS("postgres-kills", 10, 200),
        REORGS("reorgs", 60, 10_000),
        CORRUPTED_ANSWERS("corrupted-answers", 200, 5_000),
        RESTORES("restores", 10, 200),
        LEASE_PAUSES("lease-pauses", 20, 500);

        private final String title;
        private final int few;
        private final int target;

        Row(String title, int few, int target) {
            this.title = title;
            this.few = few;
            this.target = target;
        }
    }

    /** Of the minutes of a long run, what one row gets; the simulation has the rest. */
    private static final int SHARE = 14;

    private static final int FRESH = 100;
    private static final List<Corruption> ANY = List.of(Corruption.values());
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("atelier.chain");
    private static @Nullable Level before;
    private static @Nullable SoakChain shared;

    @TempDir static Path folder;

    @BeforeAll
    static void begin() {
        before = LOG.getLevel();
        LOG.setLevel(Level.OFF);
        shared = SoakChain.start();
    }

    @AfterAll
    static void end() {
        chain().close();
        LOG.setLevel(before);
    }

    private static SoakChain chain() {
        return Objects.requireNonNull(shared);
    }

    @Test
    void survivesACrashAtEveryCommitAndEveryCall() throws Exception {
        few(Row.CRASH_POINTS, () -> new CrashPoints(true));
    }

    @Test
    void survivesKillsOfItsProcess() throws Exception {
        few(Row.JVM_KILLS, JvmKills::new);
    }

    @Test
    void survivesKillsOfPostgres() throws Exception {
        few(Row.POSTGRES_KILLS, PostgresKills::new);
    }

    @Test
    void followsReorgsOfAnyDepth() throws Exception {
        few(Row.REORGS, Reorgs::new);
    }

    @Test
    void isNotDeceivedByCorruptedAnswers() throws Exception {
        few(Row.CORRUPTED_ANSWERS, CorruptedAnswers::new);
    }

    @Test
    void doesNothingTwiceAfterARestore() throws Exception {
        few(Row.RESTORES, Restores::new);
    }

    @Test
    void writesNothingPastItsLease() throws Exception {
        few(Row.LEASE_PAUSES, LeasePauses::new);
    }

    @Test
    @Tag("soak")
    void survivesCrashesForLong() throws Exception {
        many(Row.CRASH_POINTS, () -> new CrashPoints(false));
    }

    @Test
    @Tag("soak")
    void survivesKillsOfItsProcessForLong() throws Exception {
        many(Row.JVM_KILLS, JvmKills::new);
    }

    @Test
    @Tag("soak")
    void survivesKillsOfPostgresForLong() throws Exception {
        many(Row.POSTGRES_KILLS, PostgresKills::new);
    }

    @Test
    @Tag("soak")
    void followsReorgsForLong() throws Exception {
        many(Row.REORGS, Reorgs::new);
    }

    @Test
    @Tag("soak")
    void isNotDeceivedForLong() throws Exception {
        many(Row.CORRUPTED_ANSWERS, CorruptedAnswers::new);
    }

    @Test
    @Tag("soak")
    void doesNothingTwiceAfterManyRestores() throws Exception {
        many(Row.RESTORES, Restores::new);
    }

    @Test
    @Tag("soak")
    void writesNothingPastItsLeaseForLong() throws Exception {
        many(Row.LEASE_PAUSES, LeasePauses::new);
    }

    private static void few(Row row, Opening opening) throws Exception {
        Run run = run(row, opening, 0, Long.getLong("atelier.soak.runs", row.few), Instant.MAX);
        SoakResults.write(row.title, run.runs, run.failures.size(), run.runs, run.fired);
        assertThat(run.failures).isEmpty();
    }

    private static void many(Row row, Opening opening) throws Exception {
        Duration share = Duration.ofMinutes(Long.getLong("soak.minutes", 60)).dividedBy(SHARE);
        long first = SoakResults.runs(row.title);
        long left = Math.max(0, row.target - first);
        Run run = run(row, opening, first, left, Instant.now().plus(share));
        SoakResults.add(row.title, run.runs, run.failures.size(), row.target, run.fired);
        assertThat(run.failures).isEmpty();
    }

    private static final class Run {
        long runs;
        final List<String> failures = new ArrayList<>();
        final Map<String, Long> fired = new TreeMap<>();
    }

    /** Said by an episode that has nothing left to do. */
    private static final class Over extends RuntimeException {}

    private static Run run(Row row, Opening opening, long first, long count, Instant end)
            throws Exception {
        Run run = new Run();
        try (Setting setting = opening.open()) {
            while (run.runs < count && Instant.now().isBefore(end) && run.failures.isEmpty()) {
                long seed = first + run.runs;
                try {
                    setting.play(
                            new SplittableRandom(Mix.of(row.title.hashCode() * 1_000_003L + seed)),
                            run.fired);
                    run.runs++;
                } catch (Over e) {
                    return run;
                } catch (Violation e) {
                    run.runs++;
                    run.failures.add(row.title + " " + seed + ": " + e.getMessage());
                }
            }
        }
        return run;
    }

    /** A community of its own on the shared chain, anew after a while, so that it stays small. */
    private abstract static class Staged implements Setting {

        private @Nullable SoakStage stage;
        private int played;
        private @Nullable SimulatedProcess process;

        final SoakStage stage() {
            if (stage == null || played++ % FRESH == FRESH - 1) {
                renew();
            }
            return Objects.requireNonNull(stage);
        }

        private void renew() {
            if (stage != null) {
                stage.close();
            }
            chain().renew();
            SoakStage fresh = new SoakStage(chain(), Templates.copy());
            stage = fresh;
            process = fresh.process(world -> world);
            for (int i = 0; i < LocalSigning.MEMBERS; i++) {
                fresh.fund(i, 1_000_000);
            }
            fresh.rest(process);
        }

        final void restart(SoakStage on) {
            process = on.process(world -> world);
        }

        final SimulatedProcess process() {
            return Objects.requireNonNull(process);
        }

        @Override
        public void close() {
            if (stage != null) {
                stage.close();
            }
        }
    }

    /** A migrated database to copy from. */
    private static final class Templates {

        private static @Nullable String migrated;

        static synchronized String copy() {
            if (migrated == null) {
                String url = TestDatabase.create();
                SoakStage.migrate(url);
                migrated = url;
            }
            return TestDatabase.copy(migrated);
        }
    }

    private static void traffic(SoakStage stage, SplittableRandom random) {
        int wishes = 1 + random.nextInt(3);
        for (int i = 0; i < wishes; i++) {
            if (random.nextInt(3) == 0) {
                stage.issue(1 + random.nextInt(50));
            } else {
                stage.transfer(random.nextInt(LocalSigning.MEMBERS), 1 + random.nextInt(50));
            }
        }
    }

    private static void count(Map<String, Long> fired, String what) {
        fired.merge(what, 1L, Long::sum);
    }

    // --- reorgs -----------------------------------------------------------------------------

    private static final class Reorgs extends Staged {
        @Override
        public void play(SplittableRandom random, Map<String, Long> fired) {
            SoakStage stage = stage();
            int depth = 1 + random.nextInt(64);
            while (chain().height() - depth <= chain().lowest()) {
                chain().mine(depth);
            }
            traffic(stage, random);
            int rounds = random.nextInt(6);
            for (int i = 0; i < rounds; i++) {
                stage.step(process());
                chain().mine(1 + random.nextInt(3));
            }
            long height = chain().height();
            chain().reorganise(depth);
            stage.compareAgainFrom(height - depth);
            count(fired, depth <= SimulatedProcess.CONFIRMATIONS ? "reorg" : "reorg past finality");
            stage.rest(process());
        }
    }

    // --- corrupted answers ------------------------------------------------------------------

    private static final class CorruptedAnswers extends Staged {

        private final Relay relay;
        private final JsonRpc rpc;

        CorruptedAnswers() throws IOException {
            relay = new Relay(chain().url());
            rpc = new JsonRpc(URI.create(relay.url()), Duration.ofSeconds(5));
        }

        @Override
        public void play(SplittableRandom random, Map<String, Long> fired) {
            SoakStage stage = stage();
            SimulatedProcess deceived = stage.process(world -> world.with(new RpcNode(rpc)));
            Corruption corruption = ANY.get(random.nextInt(ANY.size()));
            SplittableRandom chance = random.split();
            AtomicBoolean lied = new AtomicBoolean();
            stage.expireLeases();
            traffic(stage, random);
            relay.lie =
                    (request, answer) -> {
                        boolean now = !lied.get() || chance.nextInt(3) == 0;
                        String told = now ? corruption.told(request, answer, chance) : answer;
                        if (!told.equals(answer)) {
                            lied.set(true);
                        }
                        return told;
                    };
            for (int i = 0; i < 40 && (i < 6 || !lied.get()); i++) {
                stage.step(deceived);
                chain().mine();
                if (i % 8 == 7) {
                    traffic(stage, random);
                }
            }
            relay.lie = (_, answer) -> answer;
            if (lied.get()) {
                count(fired, corruption.name());
            }
            stage.rest(deceived);
            stage.expireLeases();
        }

        @Override
        public void close() {
            rpc.close();
            relay.close();
            super.close();
        }
    }

    // --- restores ---------------------------------------------------------------------------

    private static final class Restores extends Staged {
        @Override
        public void play(SplittableRandom random, Map<String, Long> fired) {
            SoakStage stage = stage();
            part(stage, random);
            stage.disconnect();
            String current = stage.url();
            String backup = TestDatabase.copy(current);
            stage.use(current);
            restart(stage);
            stage.expireLeases();
            part(stage, random);
            part(stage, random);
            stage.disconnect();
            List<SoakStage.Wish> forgotten = stage.use(backup);
            stage.expireLeases();
            restart(stage);
            count(fired, "backup restored");
            for (SoakStage.Wish wish : forgotten) {
                if (random.nextBoolean()) {
                    stage.again(wish);
                    count(fired, "forgotten wish repeated");
                }
            }
            traffic(stage, random);
            stage.rest(process());
        }

        private void part(SoakStage stage, SplittableRandom random) {
            int rounds = random.nextInt(8);
            for (int i = 0; i < rounds; i++) {
                if (i % 2 == 0) {
                    traffic(stage, random);
                }
                stage.step(process());
                if (random.nextInt(3) > 0) {
                    chain().mine();
                }
            }
        }
    }

    // --- crash points -----------------------------------------------------------------------

    private static final class CrashPoints extends Staged {

        private static final Map<CrashingWorld.Way, CrashingWorld.Way> AFTERWARDS =
                Map.of(
                        CrashingWorld.Way.BEFORE,
                        CrashingWorld.Way.AFTER,
                        CrashingWorld.Way.AFTER,
                        CrashingWorld.Way.REPLY_LOST);

        private final boolean once;
        private int point;
        private CrashingWorld.Way way = CrashingWorld.Way.BEFORE;

        CrashPoints(boolean once) {
            this.once = once;
        }

        @Override
        public void play(SplittableRandom random, Map<String, Long> fired) {
            SoakStage stage = stage();
            CrashingWorld crashing = new CrashingWorld(point, way);
            SimulatedProcess process = stage.process(crashing::around);
            stage.expireLeases();
            stage.transfer(random.nextInt(LocalSigning.MEMBERS), 3);
            stage.transfer(random.nextInt(LocalSigning.MEMBERS), 4);
            stage.issue(5);
            for (int i = 0; i < 8 && !crashing.fired(); i++) {
                try {
                    SoakStage.quietly(process::read);
                    SoakStage.quietly(process::send);
                } catch (CrashingWorld.Crash e) {
                    break;
                }
                chain().mine();
            }
            stage.expireLeases();
            stage.rest(stage.process(world -> world));
            if (crashing.fired()) {
                count(fired, way + " " + crashing.place());
                point++;
            } else if (way == CrashingWorld.Way.REPLY_LOST) {
                begin(CrashingWorld.Way.BEFORE);
                if (once) {
                    throw new Over();
                }
            } else {
                begin(Objects.requireNonNull(AFTERWARDS.get(way)));
            }
        }

        private void begin(CrashingWorld.Way next) {
            way = next;
            point = 0;
        }
    }

    // --- two instances ----------------------------------------------------------------------

    private static final class LeasePauses extends Staged {
        @Override
        public void play(SplittableRandom random, Map<String, Long> fired) throws Exception {
            SoakStage stage = stage();
            stage.expireLeases();
            CountDownLatch paused = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            CrashingWorld pausing =
                    new CrashingWorld(
                            random.nextInt(30),
                            CrashingWorld.Way.PAUSE,
                            () -> {
                                paused.countDown();
                                awaitQuietly(goOn);
                            });
            SimulatedProcess one = stage.process(pausing::around);
            SimulatedProcess two = stage.process(world -> world);
            traffic(stage, random);
            Thread first =
                    Thread.ofPlatform()
                            .start(() -> {
                                for (int i = 0; i < 12 && !pausing.fired(); i++) {
                                    stage.step(one);
                                }
                            });
            for (int i = 0; i < 40 && !paused.await(25, TimeUnit.MILLISECONDS); i++) {
                chain().mine();
            }
            stage.expireLeases();
            traffic(stage, random);
            for (int i = 0; i < 6; i++) {
                stage.step(two);
                chain().mine();
                stage.pass(Duration.ofMillis(1_100));
            }
            goOn.countDown();
            first.join();
            if (pausing.fired()) {
                count(fired, "paused past its lease at " + pausing.place());
            }
            stage.rest(two);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // --- kills ------------------------------------------------------------------------------

    private static final class JvmKills extends Staged {
        @Override
        public void play(SplittableRandom random, Map<String, Long> fired) throws Exception {
            SoakStage stage = stage();
            stage.expireLeases();
            Process worker = SoakWorker.start(stage.url(), chain());
            try {
                Instant end = Instant.now().plusMillis(150 + random.nextInt(600));
                while (Instant.now().isBefore(end)) {
                    traffic(stage, random);
                    TimeUnit.MILLISECONDS.sleep(20);
                    chain().mine();
                }
            } finally {
                worker.destroyForcibly().waitFor();
            }
            count(fired, "SIGKILL of the JVM");
            stage.expireLeases();
            stage.rest(stage.process(world -> world));
        }
    }

    private static final class PostgresKills implements Setting {

        private final OwnDatabase server = OwnDatabase.start(folder.resolve("postgres"));
        private final SoakStage stage;

        PostgresKills() {
            chain().renew();
            stage =
                    new SoakStage(
                            chain(),
                            server.jdbcUrl()
                                    + "?user="
                                    + OwnDatabase.USER
                                    + "&password="
                                    + OwnDatabase.PASSWORD.replace(" ", "%20"));
            SoakStage.migrate(stage.url());
            for (int i = 0; i < LocalSigning.MEMBERS; i++) {
                stage.fund(i, 1_000_000);
            }
            stage.rest(stage.process(world -> world));
        }

        @Override
        public void play(SplittableRandom random, Map<String, Long> fired) throws Exception {
            SimulatedProcess process = stage.process(world -> world);
            AtomicBoolean over = new AtomicBoolean();
            stage.expireLeases();
            traffic(stage, random);
            traffic(stage, random);
            Thread working =
                    Thread.ofPlatform()
                            .start(() -> {
                                while (!over.get()) {
                                    stage.step(process);
                                }
                            });
            Instant end = Instant.now().plusMillis(random.nextInt(300));
            while (Instant.now().isBefore(end)) {
                chain().mine();
                TimeUnit.MILLISECONDS.sleep(10);
            }
            server.kill();
            count(fired, "SIGKILL of PostgreSQL");
            server.startAgain();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(50))
                    .ignoreExceptions()
                    .until(() -> stage.database().sql("SELECT true").query(Boolean.class).single());
            over.set(true);
            working.join();
            stage.expireLeases();
            stage.rest(process);
        }

        @Override
        public void close() {
            stage.close();
            server.close();
        }
    }
}
