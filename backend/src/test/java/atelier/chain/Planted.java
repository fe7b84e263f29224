package atelier.chain;

import java.util.function.BooleanSupplier;

/** What is wrong on purpose in a run. */
interface Planted {

    Planted NOTHING = new Planted() {};

    /** The world as a process with the bug sees it. */
    default SimulatedProcess.World plant(SimulatedProcess.World world, MemoryStore store) {
        return world;
    }

    /** The door's transaction for an intent, which answers whether it was accepted. */
    default boolean accept(MemoryStore store, atelier.kernel.IntentId id, BooleanSupplier door) {
        return door.getAsBoolean();
    }
}
