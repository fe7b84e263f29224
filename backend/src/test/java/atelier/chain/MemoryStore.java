package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.SimpleTransactionStatus;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What PostgreSQL keeps for the pipeline, in memory: the same statements on the same rows, one
 * transaction at a time. It outlives the processes that use it.
 */
final class MemoryStore {

    /** Where a process may be stopped, interrupted or told lies about a commit. */
    interface Hazards {

        Hazards NONE = _ -> {};

        void at(String place);
    }

    /** A row of {@code recorded.lease}. */
    record LeaseRow(UUID holder, long epoch, Instant until) {}

    /** A mirrored block. */
    record BlockRow(Node.Header header, List<Node.Log> logs) {}

    /** The key of {@code recorded.forgotten}. */
    record ForgottenKey(int era, Address key) {}

    /** What an intent will spend while it is open. */
    record HoldRow(Address account, long amount) {}

    private static final Comparator<Slots.Place> BY_PLACE =
            Comparator.comparingInt(Slots.Place::era)
                    .thenComparing(Slots.Place::key)
                    .thenComparingLong(Slots.Place::nonce);

    private final Clock clock;
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private boolean inTransaction;
    private long numbers;

    final Table<Slots.Place, SlotRow> slots = new Table<>(new TreeMap<>(BY_PLACE));
    final Table<Slots.Place, SlotRow> openSlots = new Table<>(new TreeMap<>(BY_PLACE));
    final Table<Slots.Attempt, byte[]> raws = new Table<>(new HashMap<>());
    final Table<IntentId, IntentRow> intents = new Table<>(new LinkedHashMap<>());
    final Table<Long, IntentRow> openIntents = new Table<>(new TreeMap<>());
    final Table<Slots.Place, List<IntentId>> riders = new Table<>(new HashMap<>());
    final Table<List<Hash32>, ExecutionRow> executions = new Table<>(new LinkedHashMap<>());
    final Table<String, LeaseRow> leases = new Table<>(new TreeMap<>());
    final Table<Integer, Era> eras = new Table<>(new TreeMap<>());
    final Table<Long, BlockRow> blocks = new Table<>(new TreeMap<>());
    final Table<String, MirrorTables.Cursor> cursor = new Table<>(new TreeMap<>());
    final Table<Long, List<FakeContracts.Movement>> postings = new Table<>(new TreeMap<>());
    final Table<Address, Long> holdings = new Table<>(new TreeMap<>());
    final Table<IntentId, HoldRow> holds = new Table<>(new HashMap<>());
    final Table<ForgottenKey, HighWater.Mark> forgotten =
            new Table<>(
                    new TreeMap<>(
                            Comparator.comparingInt(ForgottenKey::era)
                                    .thenComparing(ForgottenKey::key)));

    MemoryStore(Clock clock) {
        this.clock = clock;
    }

    /** Rows by key; a change is taken back when its transaction is. */
    final class Table<K, V> {
        private final Map<K, V> rows;

        private Table(Map<K, V> rows) {
            this.rows = rows;
        }

        Optional<V> find(K key) {
            return Optional.ofNullable(rows.get(key));
        }

        V get(K key) {
            return Objects.requireNonNull(rows.get(key));
        }

        Collection<V> all() {
            return rows.values();
        }

        int size() {
            return rows.size();
        }

        Map<K, V> copy() {
            return new LinkedHashMap<>(rows);
        }

        void put(K key, V value) {
            V before = rows.put(key, value);
            if (inTransaction) {
                undo.push(() -> restore(key, before));
            }
        }

        void remove(K key) {
            V before = rows.remove(key);
            if (inTransaction && before != null) {
                undo.push(() -> rows.put(key, before));
            }
        }

        @SuppressWarnings("unchecked")
        private void fill(Map<?, ?> with) {
            rows.clear();
            rows.putAll((Map<K, V>) with);
        }

        void clear() {
            List.copyOf(rows.keySet()).forEach(this::remove);
        }

        private void restore(K key, @Nullable V before) {
            if (before == null) {
                rows.remove(key);
            } else {
                rows.put(key, before);
            }
        }
    }

    void put(SlotRow row) {
        slots.put(row.place(), row);
        if (row.state().equals("OPEN")) {
            openSlots.put(row.place(), row);
        } else {
            openSlots.remove(row.place());
        }
    }

    void put(IntentRow row) {
        IntentRow before = intents.find(row.id()).orElse(null);
        intents.put(row.id(), row);
        if (row.open()) {
            openIntents.put(row.number(), row);
        } else {
            openIntents.remove(row.number());
        }
        Slots.Place old = before == null ? null : before.place();
        if (!Objects.equals(old, row.place())) {
            if (old != null) {
                List<IntentId> left = new ArrayList<>(riders.get(old));
                left.remove(row.id());
                riders.put(old, left);
            }
            if (row.place() != null) {
                List<IntentId> more = new ArrayList<>(riders.find(row.place()).orElse(List.of()));
                more.add(row.id());
                riders.put(row.place(), more);
            }
        }
    }

    List<IntentRow> in(Slots.Place place, String state) {
        return riders.find(place).orElse(List.of()).stream()
                .map(intents::get)
                .filter(row -> row.state().equals(state))
                .toList();
    }

    List<BlockRow> newest(long from) {
        return blocks.all().stream().filter(row -> row.header().number() >= from).toList();
    }

    Instant now() {
        return clock.instant();
    }

    /** Whether these signed bytes are kept. */
    boolean stored(Hash32 attempt) {
        return slots.all().stream()
                .flatMap(row -> row.attempts().stream())
                .anyMatch(one -> one.hash().equals(attempt));
    }

    /** What an account may spend: mirrored, less what open intents hold. */
    long available(Address account) {
        long held =
                openIntents.all().stream()
                        .map(row -> holds.find(row.id()).orElse(null))
                        .filter(Objects::nonNull)
                        .filter(hold -> hold.account().equals(account))
                        .mapToLong(HoldRow::amount)
                        .sum();
        return holdings.find(account).orElse(0L) - held;
    }

    /** Records an intent; whether it was new. */
    boolean submit(IntentId id, @Nullable MemberId owner, Call call, Instant deadline) {
        if (intents.find(id).isPresent()) {
            return false;
        }
        IntentRow row =
                new IntentRow(
                        id, numbers++, owner, call, deadline, "WAITING", null, null, 0, 0, null, 0,
                        null);
        put(executed(eras.size(), row).map(row::adopted).orElse(row));
        return true;
    }

    Optional<ExecutionRow> executed(int era, IntentRow row) {
        return executions.all().stream().filter(e -> e.era() == era && e.of(row)).findFirst();
    }

    /** All rows as they are; to be put back with {@link #restore}. */
    Backup backup() {
        return new Backup(tables().stream().<Map<?, ?>>map(Table::copy).toList());
    }

    /** Forgets everything since. */
    void restore(Backup backup) {
        for (int i = 0; i < backup.rows().size(); i++) {
            tables().get(i).fill(backup.rows().get(i));
        }
    }

    /** The rows of all tables. */
    record Backup(List<Map<?, ?>> rows) {}

    private List<Table<?, ?>> tables() {
        return List.of(
                slots,
                openSlots,
                intents,
                openIntents,
                riders,
                executions,
                leases,
                eras,
                blocks,
                cursor,
                postings,
                holdings,
                holds,
                forgotten);
    }

    /** The ports of one process, with what may happen to it. */
    final class Session implements TransactionOperations {

        private final Hazards hazards;

        Session(Hazards hazards) {
            this.hazards = hazards;
        }

        @Override
        public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
            hazards.at("begin");
            if (inTransaction) {
                throw new IllegalStateException("A transaction inside another");
            }
            inTransaction = true;
            T result;
            try {
                result = action.doInTransaction(status());
                hazards.at("commit");
            } catch (Throwable e) {
                inTransaction = false;
                while (!undo.isEmpty()) {
                    undo.pop().run();
                }
                throw e;
            }
            inTransaction = false;
            undo.clear();
            hazards.at("committed");
            return result;
        }

        private static TransactionStatus status() {
            return new SimpleTransactionStatus();
        }

        /** A statement by itself, or in a transaction that is under way. */
        void statement() {
            hazards.at(inTransaction ? "inside" : "statement");
        }

        void written() {
            if (!inTransaction) {
                hazards.at("written");
            }
        }

        Slots slots() {
            return new MemorySlots(MemoryStore.this, this);
        }

        IntentStore intents() {
            return new MemoryIntents(MemoryStore.this, this);
        }

        Executions executions() {
            return new MemoryExecutions(MemoryStore.this, this);
        }

        MirrorTables mirror() {
            return new MemoryMirror(MemoryStore.this, this);
        }

        EraTable eras() {
            return new MemoryEras(MemoryStore.this, this);
        }

        LeaseTable leases() {
            return new MemoryLeases(MemoryStore.this, this);
        }

        Projection ledger() {
            return new MemoryLedger(MemoryStore.this, this).projection();
        }
    }
}
