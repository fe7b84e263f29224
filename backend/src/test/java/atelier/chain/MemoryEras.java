package atelier.chain;

import atelier.kernel.Hash32;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Eras in memory. */
final class MemoryEras implements EraTable {

    private final MemoryStore store;
    private final MemoryStore.Session session;

    MemoryEras(MemoryStore store, MemoryStore.Session session) {
        this.store = store;
        this.session = session;
    }

    @Override
    public Optional<Era> latest() {
        session.statement();
        return store.eras.find(store.eras.size());
    }

    @Override
    public Optional<Hash32> anyMined(int era) {
        session.statement();
        return store.slots.all().stream()
                .filter(row -> row.place().era() == era)
                .map(SlotRow::tx)
                .filter(Objects::nonNull)
                .findFirst();
    }

    @Override
    public void begin(Era era, Instant now) {
        session.statement();
        if (store.eras.find(era.number()).isPresent()) {
            return;
        }
        store.eras.put(era.number(), era);
        for (IntentRow row : List.copyOf(store.intents.all())) {
            if (row.era() < era.number()
                    && List.of("SENT", "IN_BLOCK", "FINAL").contains(row.state())) {
                store.put(row.moved("LOST", null));
            } else if (row.tx() == null && row.signature() != null) {
                store.put(row.signed(null));
            }
        }
    }

    @Override
    public void complete(int era, Hash32 firstBlock) {
        session.statement();
        Era now = store.eras.get(era);
        if (now.firstBlock() == null) {
            store.eras.put(era, new Era(era, now.chainId(), now.genesis(), firstBlock));
        }
        session.written();
    }
}
