package atelier.chain;

import java.util.Map;
import java.util.SplittableRandom;

/** Blocks replaced by empty ones, most of them past finality. */
final class Reorgs extends StagedOrdeal {

    private static final int DEEPEST = 64;

    @Override
    void play(SoakStage on, SplittableRandom random, Map<String, Long> fired) {
        int depth = 1 + random.nextInt(DEEPEST);
        while (on.chain().height() - depth <= on.chain().lowest()) {
            on.chain().mine(depth);
        }
        on.traffic(random);
        int rounds = random.nextInt(6);
        for (int i = 0; i < rounds; i++) {
            on.step(process());
            on.chain().mine(1 + random.nextInt(3));
        }
        on.reorganise(depth);
        count(fired, depth <= SimulatedProcess.CONFIRMATIONS ? "reorg" : "reorg past finality");
        on.rest(process());
    }
}
