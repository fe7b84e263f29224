package atelier.chain;

import atelier.testing.OwnDatabase;
import atelier.testing.Scratch;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Every process of the database's server, killed under load; then it is started again. */
final class PostgresKills extends StagedOrdeal {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private @Nullable OwnDatabase server;

    @Override
    SoakStage open() {
        OwnDatabase own = OwnDatabase.start(Scratch.folder("postgres"));
        server = own;
        String url =
                "%s?user=%s&password=%s"
                        .formatted(
                                own.jdbcUrl(),
                                OwnDatabase.USER,
                                OwnDatabase.PASSWORD.replace(" ", "%20"));
        SoakStage.migrate(url);
        return new SoakStage(SoakChain.start(), url);
    }

    @Override
    void leave(SoakStage old) {
        old.close();
        server().close();
    }

    private OwnDatabase server() {
        return Objects.requireNonNull(server);
    }

    @Override
    void play(SoakStage on, SplittableRandom random, Map<String, Long> fired) throws Exception {
        SimulatedProcess process = on.process(world -> world);
        AtomicBoolean over = new AtomicBoolean();
        on.expireLeases();
        on.traffic(random);
        on.traffic(random);
        Thread working =
                Thread.ofPlatform()
                        .start(() -> {
                            while (!over.get()) {
                                on.step(process);
                            }
                        });
        Instant end = Instant.now().plusMillis(random.nextInt(300));
        while (Instant.now().isBefore(end)) {
            on.chain().mine();
            TimeUnit.MILLISECONDS.sleep(10);
        }
        server().kill();
        count(fired, "SIGKILL of PostgreSQL");
        server().startAgain();
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> on.database().sql("SELECT true").query(Boolean.class).single());
        over.set(true);
        working.join();
        on.expireLeases();
        on.rest(process);
    }
}
