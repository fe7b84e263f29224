package atelier.chain;

import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;

/** A JVM with the core and nothing else, killed under load. */
final class JvmKills extends StagedOrdeal {

    @Override
    void play(SoakStage on, SplittableRandom random, Map<String, Long> fired) throws Exception {
        on.expireLeases();
        try (SoakWorker _ = SoakWorker.start(on)) {
            on.traffic(random, Duration.ofMillis(150 + random.nextInt(600)));
        }
        count(fired, "SIGKILL of the JVM");
        on.expireLeases();
        on.rest(on.process(world -> world));
    }
}
