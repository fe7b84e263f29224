package atelier.chain;

import atelier.chain.CrashingWorld.Way;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A process that dies, or loses an answer, at one place after another. */
final class CrashPoints extends StagedOrdeal {

    private static final List<Way> WAYS = List.of(Way.BEFORE, Way.AFTER, Way.REPLY_LOST);
    private static final int MOST_ROUNDS = 8;

    /** About so many are met on one way, so that a later run begins elsewhere. */
    private static final int PLACES = 100;

    private int point;
    private int begun;
    private boolean enumerated;

    CrashPoints(long played) {
        point = (int) (played % PLACES);
        begun = (int) (played / PLACES % WAYS.size());
    }

    @Override
    void play(SoakStage on, SplittableRandom random, Map<String, Long> fired) {
        Way way = WAYS.get(begun % WAYS.size());
        CrashingWorld crashing = new CrashingWorld(point, way);
        SimulatedProcess process = on.process(crashing::around);
        on.expireLeases();
        on.transfer(random.nextInt(LocalSigning.MEMBERS), 3);
        on.transfer(random.nextInt(LocalSigning.MEMBERS), 4);
        on.issue(5);
        work(on, process, crashing);
        on.expireLeases();
        on.rest(on.process(world -> world));
        if (crashing.fired()) {
            count(fired, way + " " + crashing.place());
            point++;
        } else {
            enumerated = enumerated || way == Way.REPLY_LOST;
            begun++;
            point = 0;
        }
    }

    private static void work(SoakStage on, SimulatedProcess process, CrashingWorld crashing) {
        for (int i = 0; i < MOST_ROUNDS && !crashing.fired(); i++) {
            try {
                on.step(process);
            } catch (CrashingWorld.Crash e) {
                return;
            }
            on.chain().mine();
        }
    }

    /** Every place was met in every way; it may begin again. */
    @Override
    public boolean over() {
        return enumerated;
    }
}
