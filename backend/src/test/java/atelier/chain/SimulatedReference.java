package atelier.chain;

import atelier.chain.FakeChain.Block;
import atelier.chain.SimulatedMembers.Wish;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must be so after every step of a simulated life, by the chain itself and by what members
 * remember; and what it must come to in the end.
 */
final class SimulatedReference {

    private final MemoryStore store;
    private final FakeChain chain;
    private final SimulatedMembers members;
    private final Clock clock;
    private final Map<IntentId, Set<Slots.Place>> signed = new HashMap<>();
    private final Map<IntentStore.Request, IntentRow> requests = new HashMap<>();
    private final Set<Hash32> stored = new HashSet<>();
    private boolean deep;
    private long highest;
    private long longest;
    private int lostEras;
    private MirrorTables.@Nullable Cursor checked;

    SimulatedReference(MemoryStore store, FakeChain chain, SimulatedMembers members, Clock clock) {
        this.store = store;
        this.chain = chain;
        this.members = members;
        this.clock = clock;
    }

    /** A block was mined. */
    void mined() {
        highest = Math.max(highest, chain.head().number());
        longest = Math.max(longest, highest);
        for (IntentId id : chain.twice()) {
            if (!excused(store.intents.get(id))) {
                throw new Violation("Executed twice: " + id + " " + store.intents.find(id));
            }
        }
    }

    /** Whether a reorg of that depth, with those before it, takes back what counts as final. */
    boolean isPastFinality(int depth) {
        long head = chain.head().number();
        highest = Math.max(highest, head);
        return head - depth < highest - SimulatedProcess.CONFIRMATIONS;
    }

    /** Such a reorg has happened. */
    void tookBackWhatWasFinal() {
        deep = true;
    }

    /** The chain has started again. */
    void startedAgain() {
        lostEras = store.eras.size();
        highest = 0;
        signed.clear();
        requests.clear();
    }

    /** The store is about to be what it was when it was backed up. */
    void restoring() {
        store.slots.all().stream()
                .flatMap(row -> row.attempts().stream())
                .forEach(attempt -> stored.add(attempt.hash()));
        checked = null;
    }

    void check() {
        for (Wish wish : members.accepted()) {
            if (store.intents.find(wish.id()).isEmpty()) {
                throw new Violation("Lost: " + wish.id());
            }
        }
        for (SlotRow slot : store.openSlots.all()) {
            if (slot.attempts().isEmpty()) {
                throw new Violation("A nonce without signed bytes: " + slot.place());
            }
        }
        for (FakeChain.Tx tx : chain.pool()) {
            if (tx.ours() && !stored.contains(tx.hash()) && !store.stored(tx.hash())) {
                throw new Violation("Bytes left that are not stored: " + tx.hash());
            }
            stored.add(tx.hash());
        }
        for (IntentRow row : store.openIntents.all()) {
            Slots.Place place = row.place();
            if (row.state().equals("SENT") && place != null) {
                signed.computeIfAbsent(row.id(), _ -> new HashSet<>()).add(place);
                request(row);
            }
        }
        if (chain.outOfOrder() != null) {
            throw new Violation("Bytes left out of order: " + chain.outOfOrder());
        }
        long sum = store.holdings.all().stream().mapToLong(Long::longValue).sum();
        if (sum != 0) {
            throw new Violation("Postings sum to " + sum);
        }
        MirrorTables.Cursor cursor = store.cursor.find("").orElse(null);
        if (cursor != null && !cursor.equals(checked)) {
            mirror(cursor);
            checked = cursor;
        }
    }

    /**
     * One nonce at the forwarder, one intent, as long as both could still be brought: until a final
     * block is later, or the clock is by so much that no block to come is as old, on any branch.
     */
    private void request(IntentRow row) {
        IntentStore.Signature signature = row.signature();
        if (signature == null || !(row.call() instanceof Call.Forward call)) {
            return;
        }
        IntentStore.Request request =
                new IntentStore.Request(call.signer(), BigInteger.valueOf(signature.nonce()));
        IntentRow before = requests.getOrDefault(request, row);
        boolean later = !signature.until().isBefore(until(before));
        requests.put(request, later ? row : before);
        if (before.id().equals(row.id()) || deep || !sameEra(before, row) || !onThisChain(row)) {
            return;
        }
        long settled = Math.max(0, highest - SimulatedProcess.CONFIRMATIONS);
        Block block = chain.blocks().get((int) Math.min(settled, chain.head().number()));
        boolean used =
                block.after().forwardNonces.getOrDefault(call.signer(), 0L) > signature.nonce();
        Instant earlier = later ? until(before) : signature.until();
        boolean over =
                earlier.isBefore(block.header().time())
                        || clock.instant().isAfter(earlier.plus(SimulatedProcess.REQUEST_LIFE));
        if (!used && !over) {
            throw new Violation(
                    "Two requests for one nonce: "
                            + before
                            + " now "
                            + store.intents.find(before.id())
                            + " and "
                            + row);
        }
    }

    private static Instant until(IntentRow row) {
        return Objects.requireNonNull(row.signature()).until();
    }

    /** What was signed for a chain that is gone, this one cannot tell to be settled. */
    private boolean onThisChain(IntentRow row) {
        return Objects.requireNonNull(row.place()).era() > lostEras;
    }

    private static boolean sameEra(IntentRow one, IntentRow other) {
        return Objects.requireNonNull(one.place()).era()
                == Objects.requireNonNull(other.place()).era();
    }

    /** The mirror is what an index made anew of the same chain would be. */
    private void mirror(MirrorTables.Cursor cursor) {
        Block head = Objects.requireNonNull(chain.block(cursor.hash()));
        long height = head.number();
        Map<Long, MemoryStore.BlockRow> rows = store.blocks.copy();
        if (height != cursor.height() || rows.size() != height - cursor.start() + 2) {
            throw new Violation("The mirror has " + rows.size() + " blocks up to " + cursor);
        }
        for (Block block = head;
                block.number() >= cursor.start();
                block = Objects.requireNonNull(chain.block(block.header().parent()))) {
            MemoryStore.BlockRow row = rows.get(block.number());
            if (row == null || !row.header().hash().equals(block.hash())) {
                throw new Violation("The mirror has another block " + block.number());
            }
            if (!row.logs().equals(block.logs())) {
                throw new Violation(
                        "Block "
                                + block.number()
                                + " has "
                                + block.logs().size()
                                + " logs, mirrored are "
                                + row.logs().size());
            }
        }
        store.holdings
                .copy()
                .forEach((account, amount) -> {
                    long truth =
                            account.equals(Address.ZERO)
                                    ? -head.after().supply
                                    : head.after().points(account);
                    if (truth != amount) {
                        throw new Violation(account + " has " + truth + ", mirrored is " + amount);
                    }
                });
        for (IntentRow row : store.intents.all()) {
            if (!members.know(row.id())) {
                throw new Violation("An intent that nobody wished for: " + row);
            }
            if (row.state().equals("FINAL")
                    && row.block() > longest - SimulatedProcess.CONFIRMATIONS) {
                throw new Violation("Final before its depth: " + row);
            }
            if (row.tx() == null || row.era() != cursor.era()) {
                continue;
            }
            MemoryStore.BlockRow in = rows.get(row.block());
            Block truth = in == null ? null : chain.block(in.header().hash());
            boolean executed = truth != null && truth.executed().contains(row.id());
            boolean said = row.state().equals("IN_BLOCK") || row.state().equals("FINAL");
            boolean failed = row.state().equals("FAILED") && !excused(row);
            if ((said && !executed) || (failed && (executed || truth == null))) {
                throw new Violation("Said to be what it is not: " + row);
            }
        }
    }

    /**
     * What a final block did not execute is signed again. A reorg that takes that block as well may
     * let both happen: that is what the confirmations are chosen against.
     */
    private boolean excused(IntentRow row) {
        return deep && (row.tries() > 0 || signed.getOrDefault(row.id(), Set.of()).size() > 1);
    }

    boolean atRest() {
        MirrorTables.Cursor cursor = store.cursor.find("").orElse(null);
        return cursor != null
                && cursor.hash().equals(chain.head().hash())
                && store.openIntents.size() == 0
                && store.intents.all().stream().noneMatch(r -> r.state().equals("IN_BLOCK"));
    }

    String unfinished() {
        return store.intents.all().stream()
                        .filter(r -> r.open() || r.state().equals("IN_BLOCK"))
                        .limit(3)
                        .toList()
                + " slots "
                + store.openSlots.all()
                + " cursor "
                + store.cursor.all()
                + " head "
                + chain.head().number();
    }

    /** Whether everything came to an end, and to the right one; how each intent ended. */
    List<String> ends() {
        List<String> ends = new ArrayList<>();
        for (IntentRow row : store.intents.all()) {
            int times = chain.executions(row.id());
            boolean right =
                    switch (row.state()) {
                        case "FINAL" -> times == 1;
                        case "FAILED" -> times == 0;
                        default -> times <= 1;
                    };
            if (!right && !excused(row)) {
                throw new Violation("Executed " + times + " times: " + row);
            }
            ends.add("end " + row.state() + (row.code() == null ? "" : " " + row.code()));
        }
        return ends;
    }
}
