package atelier.chain;

import atelier.chain.MemoryStore.LeaseRow;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Leases in memory. */
final class MemoryLeases implements LeaseTable {

    private final MemoryStore store;
    private final MemoryStore.Session session;

    MemoryLeases(MemoryStore store, MemoryStore.Session session) {
        this.store = store;
        this.session = session;
    }

    @Override
    public Optional<Long> take(String name, UUID holder, Duration length) {
        session.statement();
        LeaseRow now = store.leases.find(name).orElse(null);
        boolean own = now != null && now.holder().equals(holder);
        if (now != null && !own && !now.until().isBefore(store.now())) {
            return Optional.empty();
        }
        long epoch = now == null ? 1 : own ? now.epoch() : now.epoch() + 1;
        store.leases.put(name, new LeaseRow(holder, epoch, store.now().plus(length)));
        session.written();
        return Optional.of(epoch);
    }

    @Override
    public boolean lock(String name, UUID holder, long epoch) {
        session.statement();
        return store.leases
                .find(name)
                .filter(row -> row.holder().equals(holder) && row.epoch() == epoch)
                .isPresent();
    }

    @Override
    public void release(String name, UUID holder) {
        session.statement();
        store.leases
                .find(name)
                .filter(row -> row.holder().equals(holder))
                .ifPresent(row ->
                        store.leases.put(name, new LeaseRow(holder, row.epoch(), store.now())));
    }
}
