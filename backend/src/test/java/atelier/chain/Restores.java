package atelier.chain;

import atelier.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A copy of the database, taken at a random moment, takes its place. */
final class Restores extends StagedOrdeal {

    @Override
    void play(SoakStage on, SplittableRandom random, Map<String, Long> fired) {
        live(on, random);
        on.disconnect();
        String current = on.url();
        String backup = TestDatabase.copy(current);
        on.use(current);
        restart(on);
        on.expireLeases();
        live(on, random);
        live(on, random);
        on.disconnect();
        List<SoakStage.Wish> forgotten = on.use(backup);
        TestDatabase.drop(current);
        on.expireLeases();
        restart(on);
        count(fired, "backup restored");
        for (SoakStage.Wish wish : forgotten) {
            if (random.nextBoolean()) {
                on.again(wish);
                count(fired, "forgotten wish repeated");
            }
        }
        on.traffic(random);
        on.rest(process());
    }

    private void live(SoakStage on, SplittableRandom random) {
        int rounds = random.nextInt(8);
        for (int i = 0; i < rounds; i++) {
            if (i % 2 == 0) {
                on.traffic(random);
            }
            on.step(process());
            if (random.nextInt(3) > 0) {
                on.chain().mine();
            }
        }
    }
}
