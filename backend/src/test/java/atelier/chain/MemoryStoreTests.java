package atelier.chain;

import atelier.kernel.IntentId;
import java.time.Clock;
import java.util.Objects;

/** The store of the simulation. */
class MemoryStoreTests extends StoreFacts {

    @Override
    Ports fresh() {
        MemoryStore store = new MemoryStore(Clock.systemUTC());
        MemoryStore.Session session = store.new Session(MemoryStore.Hazards.NONE);
        return new Ports(
                session.slots(),
                session.intents(),
                session.executions(),
                session.mirror(),
                session.eras(),
                session.leases(),
                session,
                (key, owner, call, deadline) ->
                        Objects.requireNonNull(
                                session.execute(_ -> {
                                    IntentId id = IntentIds.of("test", key);
                                    store.submit(id, owner, call, deadline);
                                    return id;
                                })));
    }
}
