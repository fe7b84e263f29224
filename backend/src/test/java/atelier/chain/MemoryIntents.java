package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import atelier.kernel.Refused;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Intents in memory. */
final class MemoryIntents implements IntentStore {

    private final MemoryStore store;
    private final MemoryStore.Session session;

    MemoryIntents(MemoryStore store, MemoryStore.Session session) {
        this.store = store;
        this.session = session;
    }

    @Override
    public List<Waiting> oldest(List<String> calls, Share share, int limit) {
        session.statement();
        List<IntentRow> waiting =
                store.openIntents.all().stream()
                        .filter(row -> row.state().equals("WAITING"))
                        .filter(row -> share.holds(row.call()))
                        .toList();
        Optional<String> kind =
                waiting.stream().map(r -> kind(r.call())).filter(calls::contains).findFirst();
        return waiting.stream()
                .filter(row -> kind.filter(kind(row.call())::equals).isPresent())
                .limit(limit)
                .map(row ->
                        new Waiting(
                                row.id(),
                                row.number(),
                                row.owner(),
                                row.call(),
                                row.deadline(),
                                row.signature()))
                .toList();
    }

    private static String kind(Call call) {
        return switch (call) {
            case Call.Forward _ -> "FORWARD";
            case Call.Issue _ -> "ISSUE";
            case Call.Direct _ -> "DIRECT";
        };
    }

    @Override
    public long firstOpen() {
        session.statement();
        return store.openIntents.all().stream()
                .findFirst()
                .map(IntentRow::number)
                .orElse(Long.MAX_VALUE);
    }

    @Override
    public Signatures signatures(int era, Collection<Address> signers) {
        session.statement();
        return new Signatures(nonces(era, signers), stranded(signers));
    }

    private Map<Address, Nonces> nonces(int era, Collection<Address> signers) {
        Map<Address, Nonces> nonces = new LinkedHashMap<>();
        for (Address signer : signers) {
            LongSummaryStatistics riding =
                    signed(store.openIntents.all(), signer)
                            .filter(row -> inOpenSlot(row))
                            .mapToLong(row -> nonce(row))
                            .summaryStatistics();
            long taken =
                    signed(store.intents.all(), signer)
                            .filter(row -> row.era() == era && row.tx() != null)
                            .mapToLong(row -> nonce(row))
                            .max()
                            .orElse(-1);
            boolean none = riding.getCount() == 0;
            nonces.put(
                    signer,
                    new Nonces(none ? -1 : riding.getMin(), none ? -1 : riding.getMax(), taken));
        }
        return nonces;
    }

    private List<Stranded> stranded(Collection<Address> signers) {
        return store.intents.all().stream()
                .filter(row -> row.of(signers) && row.signature() != null)
                .filter(row -> row.open() || row.state().equals("FAILED"))
                .filter(row -> row.tx() == null && !inOpenSlot(row))
                .map(row ->
                        new Stranded(
                                row.id(),
                                ((Call.Forward) row.call()).signer(),
                                Objects.requireNonNull(row.signature())))
                .toList();
    }

    private static Stream<IntentRow> signed(Collection<IntentRow> rows, Address signer) {
        return rows.stream().filter(row -> row.of(List.of(signer)) && row.signature() != null);
    }

    private static long nonce(IntentRow row) {
        return Objects.requireNonNull(row.signature()).nonce();
    }

    private boolean inOpenSlot(IntentRow row) {
        return row.state().equals("SENT")
                && store.openSlots.find(Objects.requireNonNull(row.place())).isPresent();
    }

    @Override
    public boolean anyOpen() {
        return store.intents.all().stream()
                .anyMatch(row -> row.open() || row.state().equals("IN_BLOCK"));
    }

    @Override
    public Call call(IntentId id) {
        session.statement();
        return store.intents.get(id).call();
    }

    @Override
    public List<Rider> riders(Slots.Place place) {
        session.statement();
        return store.in(place, "SENT").stream()
                .map(row ->
                        new Rider(
                                row.id(),
                                row.call() instanceof Call.Forward forward
                                                && row.signature() != null
                                        ? new Request(
                                                forward.signer(),
                                                BigInteger.valueOf(row.signature().nonce()))
                                        : null))
                .toList();
    }

    @Override
    public int expire(Instant now, Instant settled) {
        session.statement();
        List<IntentRow> over =
                store.openIntents.all().stream()
                        .filter(row -> row.state().equals("WAITING"))
                        .filter(row -> row.deadline().isBefore(now))
                        .filter(row ->
                                row.signature() == null
                                        || row.signature().until().isBefore(settled))
                        .toList();
        over.forEach(row -> store.put(row.moved("FAILED", "intent.expired")));
        session.written();
        return over.size();
    }

    @Override
    public void refuse(IntentId id, Refused why) {
        session.statement();
        IntentRow row = store.intents.get(id);
        if (row.state().equals("WAITING")) {
            store.put(row.moved("FAILED", why.code()));
        }
        session.written();
    }

    @Override
    public void pack(Slots.Place place, List<Packed> packed, @Nullable Instant until) {
        session.statement();
        for (Packed one : packed) {
            IntentRow row = store.intents.get(one.id());
            if (!row.state().equals("WAITING")) {
                throw new IllegalStateException("An intent is not waiting any more");
            }
            Long nonce = one.forwardNonce();
            store.put(
                    row.moved("SENT", null)
                            .placed(place, row.tries())
                            .signed(
                                    nonce == null || until == null
                                            ? null
                                            : new Signature(nonce, until)));
        }
    }

    @Override
    public void executed(List<IntentId> ids, Hash32 tx, long block) {
        session.statement();
        for (IntentId id : ids) {
            IntentRow row = store.intents.get(id);
            if (row.state().equals("SENT")) {
                store.put(row.moved("IN_BLOCK", null).inBlock(tx, block));
            }
        }
    }

    @Override
    public void failed(IntentId id, Hash32 tx, long block, Refused why) {
        session.statement();
        IntentRow row = store.intents.get(id);
        if (row.state().equals("SENT")) {
            store.put(row.moved("FAILED", why.code()).inBlock(tx, block));
        }
    }

    @Override
    public void release(Slots.Place place) {
        session.statement();
        store.in(place, "SENT")
                .forEach(row -> store.put(row.moved("WAITING", null).placed(null, row.tries())));
    }

    @Override
    public void finish(int era, long height, int tries) {
        session.statement();
        for (IntentRow row : List.copyOf(store.intents.all())) {
            Slots.Place place = row.place();
            if (row.era() != era) {
                continue;
            }
            if (row.state().equals("IN_BLOCK") && row.block() <= height) {
                store.put(row.moved("FINAL", null));
            } else if (row.state().equals("SENT") && place != null && mined(place, height)) {
                boolean again = row.tries() + 1 < tries;
                store.put(
                        row.moved(again ? "WAITING" : "FAILED", again ? null : "intent.unsendable")
                                .placed(null, row.tries() + 1));
            }
        }
    }

    private boolean mined(Slots.Place place, long height) {
        SlotRow slot = store.slots.get(place);
        return (slot.state().equals("MINED") || slot.state().equals("FINAL"))
                && slot.block() <= height;
    }

    @Override
    public void revert(int era, long from) {
        session.statement();
        for (IntentRow row : List.copyOf(store.intents.all())) {
            if (row.era() == era
                    && row.tx() != null
                    && row.block() >= from
                    && List.of("IN_BLOCK", "FINAL", "FAILED").contains(row.state())) {
                Slots.Place place = row.place();
                boolean ours = place != null && !store.slots.get(place).state().equals("GONE");
                store.put(
                        ours
                                ? row.moved("SENT", null).inBlock(null, 0)
                                : row.moved("WAITING", null)
                                        .inBlock(null, 0)
                                        .placed(null, row.tries()));
            }
        }
    }
}
