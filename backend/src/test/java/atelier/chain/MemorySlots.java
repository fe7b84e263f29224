package atelier.chain;

import atelier.chain.MemoryStore.ForgottenKey;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.dao.DuplicateKeyException;

/** Slots in memory. */
final class MemorySlots implements Slots {

    private final MemoryStore store;
    private final MemoryStore.Session session;

    MemorySlots(MemoryStore store, MemoryStore.Session session) {
        this.store = store;
        this.session = session;
    }

    @Override
    public long nextNonce(int era, Address key, long countOnChain) {
        long next = countOnChain;
        for (SlotRow row : store.slots.all()) {
            if (row.place().era() == era && row.place().key().equals(key)) {
                next = Math.max(next, row.place().nonce() + 1);
            }
        }
        return next;
    }

    @Override
    public void open(Signed signed, Payload payload, long epoch) {
        Attempt attempt = signed.attempt();
        session.statement();
        if (store.slots.find(attempt.place()).isPresent()) {
            throw new DuplicateKeyException("slot");
        }
        store.put(new SlotRow(attempt.place(), payload, epoch, "OPEN", null, 0, false, List.of()));
        add(signed);
    }

    @Override
    public void add(Signed signed) {
        Attempt attempt = signed.attempt();
        session.statement();
        SlotRow row = store.slots.get(attempt.place());
        if (row.attempts().stream().anyMatch(a -> a.hash().equals(attempt.hash()))) {
            throw new DuplicateKeyException("attempt");
        }
        List<Attempt> attempts = new ArrayList<>(row.attempts());
        attempts.add(attempt);
        store.raws.put(attempt, signed.raw());
        store.put(
                new SlotRow(
                        row.place(),
                        row.payload(),
                        row.epoch(),
                        row.state(),
                        row.tx(),
                        row.block(),
                        row.succeeded(),
                        attempts));
        session.written();
    }

    @Override
    public List<Attempt> open(int era) {
        session.statement();
        return attempts(row -> row.place().era() == era);
    }

    @Override
    public List<Attempt> open(int era, Address key) {
        session.statement();
        return attempts(row -> row.place().era() == era && row.place().key().equals(key));
    }

    private List<Attempt> attempts(Predicate<SlotRow> which) {
        return store.openSlots.all().stream()
                .filter(which)
                .flatMap(row -> row.attempts().stream())
                .toList();
    }

    @Override
    public byte[] raw(Attempt attempt) {
        session.statement();
        return store.raws.get(attempt);
    }

    @Override
    public Payload payload(Place place) {
        return store.slots.get(place).payload();
    }

    @Override
    public void mined(Place place, Hash32 tx, long block, boolean succeeded) {
        session.statement();
        SlotRow row = store.slots.get(place);
        if (row.state().equals("OPEN")) {
            store.put(
                    new SlotRow(
                            place,
                            row.payload(),
                            row.epoch(),
                            "MINED",
                            tx,
                            block,
                            succeeded,
                            row.attempts()));
        }
        session.written();
    }

    @Override
    public void gone(Place place) {
        session.statement();
        SlotRow row = store.slots.get(place);
        if (row.state().equals("OPEN")) {
            store.put(row.in("GONE"));
        }
    }

    @Override
    public void finish(int era, long height) {
        session.statement();
        for (SlotRow row : List.copyOf(store.slots.all())) {
            if (row.place().era() == era && row.state().equals("MINED") && row.block() <= height) {
                store.put(row.in("FINAL"));
            }
        }
    }

    @Override
    public void revert(int era, long from) {
        session.statement();
        for (SlotRow row : List.copyOf(store.slots.all())) {
            if (row.place().era() == era
                    && row.block() >= from
                    && (row.state().equals("MINED") || row.state().equals("FINAL"))) {
                store.put(
                        new SlotRow(
                                row.place(),
                                row.payload(),
                                row.epoch(),
                                "OPEN",
                                null,
                                0,
                                false,
                                row.attempts()));
            }
        }
    }

    @Override
    public void forgot(int era, HighWater.Mark mark) {
        session.statement();
        ForgottenKey key = new ForgottenKey(era, mark.key());
        store.forgotten.put(key, store.forgotten.find(key).map(mark::and).orElse(mark));
        session.written();
    }

    @Override
    public List<HighWater.Mark> forgotten(int era) {
        session.statement();
        return store.forgotten.copy().entrySet().stream()
                .filter(row -> row.getKey().era() == era)
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public void accounted(int era, HighWater.Mark mark) {
        session.statement();
        ForgottenKey key = new ForgottenKey(era, mark.key());
        if (store.forgotten.find(key).filter(mark::equals).isPresent()) {
            store.forgotten.remove(key);
        }
        session.written();
    }
}
