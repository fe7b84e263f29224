package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
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

    /** A row of {@code recorded.slot} with its attempts. */
    record SlotRow(
            Slots.Place place,
            Slots.Payload payload,
            long epoch,
            String state,
            @Nullable Hash32 tx,
            long block,
            boolean succeeded,
            List<Slots.Attempt> attempts) {

        SlotRow in(String newState) {
            return new SlotRow(place, payload, epoch, newState, tx, block, succeeded, attempts);
        }
    }

    /** A row of {@code recorded.intent}. */
    record IntentRow(
            IntentId id,
            long number,
            @Nullable MemberId owner,
            Call call,
            Instant deadline,
            String state,
            Slots.@Nullable Place place,
            IntentStore.@Nullable Signature signature,
            int tries,
            int era,
            @Nullable Hash32 tx,
            long block,
            @Nullable String code) {

        IntentRow moved(String newState, @Nullable String why) {
            return new IntentRow(
                    id, number, owner, call, deadline, newState, place, signature, tries, era, tx,
                    block, why);
        }

        IntentRow inBlock(@Nullable Hash32 newTx, long newBlock) {
            return new IntentRow(
                    id, number, owner, call, deadline, state, place, signature, tries, era, newTx,
                    newBlock, code);
        }

        IntentRow placed(Slots.@Nullable Place newPlace, int newTries) {
            return new IntentRow(
                    id,
                    number,
                    owner,
                    call,
                    deadline,
                    state,
                    newPlace,
                    signature,
                    newTries,
                    newPlace == null ? 0 : newPlace.era(),
                    tx,
                    block,
                    code);
        }

        IntentRow signed(IntentStore.@Nullable Signature newSignature) {
            return new IntentRow(
                    id,
                    number,
                    owner,
                    call,
                    deadline,
                    state,
                    place,
                    newSignature,
                    tries,
                    era,
                    tx,
                    block,
                    code);
        }

        boolean of(Collection<Address> signers) {
            return call instanceof Call.Forward forward && signers.contains(forward.signer());
        }

        /** As the chain executed it. */
        IntentRow adopted(ExecutionRow by) {
            boolean sent = state.equals("SENT");
            return new IntentRow(
                    id,
                    number,
                    owner,
                    call,
                    deadline,
                    by.isFinal() ? "FINAL" : "IN_BLOCK",
                    sent ? place : null,
                    signature,
                    tries,
                    by.era(),
                    by.execution().tx(),
                    by.execution().block(),
                    null);
        }

        boolean open() {
            return state.equals("WAITING") || state.equals("SENT");
        }
    }

    /** A row of {@code recorded.execution}. */
    record ExecutionRow(int era, Executions.Execution execution, boolean isFinal) {

        boolean of(IntentRow row) {
            return execution.id().equals(row.id()) && same(execution.call(), row.call());
        }

        private static boolean same(Call one, Call other) {
            return switch (one) {
                case Call.Forward(Address signer, ContractKind to, byte[] data) ->
                        other instanceof Call.Forward that
                                && signer.equals(that.signer())
                                && to == that.to()
                                && Arrays.equals(data, that.data());
                case Call.Issue issue -> issue.equals(other);
                case Call.Direct(ContractKind to, byte[] data) ->
                        other instanceof Call.Direct that
                                && to == that.to()
                                && Arrays.equals(data, that.data());
            };
        }
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

    private void put(SlotRow row) {
        slots.put(row.place(), row);
        if (row.state().equals("OPEN")) {
            openSlots.put(row.place(), row);
        } else {
            openSlots.remove(row.place());
        }
    }

    private void put(IntentRow row) {
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

    private List<IntentRow> in(Slots.Place place, String state) {
        return riders.find(place).orElse(List.of()).stream()
                .map(intents::get)
                .filter(row -> row.state().equals(state))
                .toList();
    }

    private List<BlockRow> newest(long from) {
        return blocks.all().stream().filter(row -> row.header().number() >= from).toList();
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

    private Optional<ExecutionRow> executed(int era, IntentRow row) {
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
        private void statement() {
            hazards.at(inTransaction ? "inside" : "statement");
        }

        private void written() {
            if (!inTransaction) {
                hazards.at("written");
            }
        }

        Slots slots() {
            return new MemorySlots();
        }

        IntentStore intents() {
            return new MemoryIntents();
        }

        Executions executions() {
            return new MemoryExecutions();
        }

        MirrorTables mirror() {
            return new MemoryMirror();
        }

        EraTable eras() {
            return new MemoryEras();
        }

        LeaseTable leases() {
            return new MemoryLeases();
        }

        Projection ledger() {
            return new MemoryLedger();
        }

        private final class MemorySlots implements Slots {

            @Override
            public long nextNonce(int era, Address key, long countOnChain) {
                long next = countOnChain;
                for (SlotRow row : slots.all()) {
                    if (row.place().era() == era && row.place().key().equals(key)) {
                        next = Math.max(next, row.place().nonce() + 1);
                    }
                }
                return next;
            }

            @Override
            public void open(Signed signed, Payload payload, long epoch) {
                Attempt attempt = signed.attempt();
                statement();
                if (slots.find(attempt.place()).isPresent()) {
                    throw new DuplicateKeyException("slot");
                }
                put(
                        new SlotRow(
                                attempt.place(),
                                payload,
                                epoch,
                                "OPEN",
                                null,
                                0,
                                false,
                                List.of()));
                add(signed);
            }

            @Override
            public void add(Signed signed) {
                Attempt attempt = signed.attempt();
                statement();
                SlotRow row = slots.get(attempt.place());
                if (row.attempts().stream().anyMatch(a -> a.hash().equals(attempt.hash()))) {
                    throw new DuplicateKeyException("attempt");
                }
                List<Attempt> attempts = new ArrayList<>(row.attempts());
                attempts.add(attempt);
                raws.put(attempt, signed.raw());
                put(
                        new SlotRow(
                                row.place(),
                                row.payload(),
                                row.epoch(),
                                row.state(),
                                row.tx(),
                                row.block(),
                                row.succeeded(),
                                attempts));
                written();
            }

            @Override
            public List<Attempt> open(int era) {
                statement();
                return attempts(row -> row.place().era() == era);
            }

            @Override
            public List<Attempt> open(int era, Address key) {
                statement();
                return attempts(row -> row.place().era() == era && row.place().key().equals(key));
            }

            private List<Attempt> attempts(Predicate<SlotRow> which) {
                return openSlots.all().stream()
                        .filter(which)
                        .flatMap(row -> row.attempts().stream())
                        .toList();
            }

            @Override
            public byte[] raw(Attempt attempt) {
                statement();
                return raws.get(attempt);
            }

            @Override
            public Payload payload(Place place) {
                return slots.get(place).payload();
            }

            @Override
            public void mined(Place place, Hash32 tx, long block, boolean succeeded) {
                statement();
                SlotRow row = slots.get(place);
                if (row.state().equals("OPEN")) {
                    put(
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
                written();
            }

            @Override
            public void gone(Place place) {
                statement();
                SlotRow row = slots.get(place);
                if (row.state().equals("OPEN")) {
                    put(row.in("GONE"));
                }
            }

            @Override
            public void finish(int era, long height) {
                statement();
                for (SlotRow row : List.copyOf(slots.all())) {
                    if (row.place().era() == era
                            && row.state().equals("MINED")
                            && row.block() <= height) {
                        put(row.in("FINAL"));
                    }
                }
            }

            @Override
            public void revert(int era, long from) {
                statement();
                for (SlotRow row : List.copyOf(slots.all())) {
                    if (row.place().era() == era
                            && row.block() >= from
                            && (row.state().equals("MINED") || row.state().equals("FINAL"))) {
                        put(
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
                statement();
                ForgottenKey key = new ForgottenKey(era, mark.key());
                forgotten.put(key, forgotten.find(key).map(mark::and).orElse(mark));
                written();
            }

            @Override
            public List<HighWater.Mark> forgotten(int era) {
                statement();
                return forgotten.copy().entrySet().stream()
                        .filter(row -> row.getKey().era() == era)
                        .map(Map.Entry::getValue)
                        .toList();
            }

            @Override
            public void accounted(int era, HighWater.Mark mark) {
                statement();
                ForgottenKey key = new ForgottenKey(era, mark.key());
                if (forgotten.find(key).filter(mark::equals).isPresent()) {
                    forgotten.remove(key);
                }
                written();
            }
        }

        private final class MemoryIntents implements IntentStore {

            @Override
            public List<Waiting> oldest(List<String> calls, Share share, int limit) {
                statement();
                List<IntentRow> waiting =
                        openIntents.all().stream()
                                .filter(row -> row.state().equals("WAITING"))
                                .filter(row -> share.holds(row.call()))
                                .toList();
                Optional<String> kind =
                        waiting.stream()
                                .map(r -> kind(r.call()))
                                .filter(calls::contains)
                                .findFirst();
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
                statement();
                return openIntents.all().stream()
                        .findFirst()
                        .map(IntentRow::number)
                        .orElse(Long.MAX_VALUE);
            }

            @Override
            public Signatures signatures(int era, Collection<Address> signers) {
                statement();
                return new Signatures(nonces(era, signers), stranded(signers));
            }

            private Map<Address, Nonces> nonces(int era, Collection<Address> signers) {
                Map<Address, Nonces> nonces = new LinkedHashMap<>();
                for (Address signer : signers) {
                    LongSummaryStatistics riding =
                            signed(openIntents.all(), signer)
                                    .filter(row -> inOpenSlot(row))
                                    .mapToLong(row -> nonce(row))
                                    .summaryStatistics();
                    long taken =
                            signed(intents.all(), signer)
                                    .filter(row -> row.era() == era && row.tx() != null)
                                    .mapToLong(row -> nonce(row))
                                    .max()
                                    .orElse(-1);
                    boolean none = riding.getCount() == 0;
                    nonces.put(
                            signer,
                            new Nonces(
                                    none ? -1 : riding.getMin(),
                                    none ? -1 : riding.getMax(),
                                    taken));
                }
                return nonces;
            }

            private List<Stranded> stranded(Collection<Address> signers) {
                return intents.all().stream()
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
                return rows.stream()
                        .filter(row -> row.of(List.of(signer)) && row.signature() != null);
            }

            private static long nonce(IntentRow row) {
                return Objects.requireNonNull(row.signature()).nonce();
            }

            private boolean inOpenSlot(IntentRow row) {
                return row.state().equals("SENT")
                        && openSlots.find(Objects.requireNonNull(row.place())).isPresent();
            }

            @Override
            public boolean anyOpen() {
                return intents.all().stream()
                        .anyMatch(row -> row.open() || row.state().equals("IN_BLOCK"));
            }

            @Override
            public Call call(IntentId id) {
                statement();
                return intents.get(id).call();
            }

            @Override
            public List<Rider> riders(Slots.Place place) {
                statement();
                return in(place, "SENT").stream()
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
                statement();
                List<IntentRow> over =
                        openIntents.all().stream()
                                .filter(row -> row.state().equals("WAITING"))
                                .filter(row -> row.deadline().isBefore(now))
                                .filter(row ->
                                        row.signature() == null
                                                || row.signature().until().isBefore(settled))
                                .toList();
                over.forEach(row -> put(row.moved("FAILED", "intent.expired")));
                written();
                return over.size();
            }

            @Override
            public void refuse(IntentId id, Refused why) {
                statement();
                IntentRow row = intents.get(id);
                if (row.state().equals("WAITING")) {
                    put(row.moved("FAILED", why.code()));
                }
                written();
            }

            @Override
            public void pack(Slots.Place place, List<Packed> packed, @Nullable Instant until) {
                statement();
                for (Packed one : packed) {
                    IntentRow row = intents.get(one.id());
                    if (!row.state().equals("WAITING")) {
                        throw new IllegalStateException("An intent is not waiting any more");
                    }
                    Long nonce = one.forwardNonce();
                    put(
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
                statement();
                for (IntentId id : ids) {
                    IntentRow row = intents.get(id);
                    if (row.state().equals("SENT")) {
                        put(row.moved("IN_BLOCK", null).inBlock(tx, block));
                    }
                }
            }

            @Override
            public void failed(IntentId id, Hash32 tx, long block, Refused why) {
                statement();
                IntentRow row = intents.get(id);
                if (row.state().equals("SENT")) {
                    put(row.moved("FAILED", why.code()).inBlock(tx, block));
                }
            }

            @Override
            public void release(Slots.Place place) {
                statement();
                in(place, "SENT")
                        .forEach(row -> put(row.moved("WAITING", null).placed(null, row.tries())));
            }

            @Override
            public void finish(int era, long height, int tries) {
                statement();
                for (IntentRow row : List.copyOf(intents.all())) {
                    Slots.Place place = row.place();
                    if (row.era() != era) {
                        continue;
                    }
                    if (row.state().equals("IN_BLOCK") && row.block() <= height) {
                        put(row.moved("FINAL", null));
                    } else if (row.state().equals("SENT")
                            && place != null
                            && mined(place, height)) {
                        boolean again = row.tries() + 1 < tries;
                        put(
                                row.moved(
                                                again ? "WAITING" : "FAILED",
                                                again ? null : "intent.unsendable")
                                        .placed(null, row.tries() + 1));
                    }
                }
            }

            private boolean mined(Slots.Place place, long height) {
                SlotRow slot = slots.get(place);
                return (slot.state().equals("MINED") || slot.state().equals("FINAL"))
                        && slot.block() <= height;
            }

            @Override
            public void revert(int era, long from) {
                statement();
                for (IntentRow row : List.copyOf(intents.all())) {
                    if (row.era() == era
                            && row.tx() != null
                            && row.block() >= from
                            && List.of("IN_BLOCK", "FINAL", "FAILED").contains(row.state())) {
                        Slots.Place place = row.place();
                        boolean ours = place != null && !slots.get(place).state().equals("GONE");
                        put(
                                ours
                                        ? row.moved("SENT", null).inBlock(null, 0)
                                        : row.moved("WAITING", null)
                                                .inBlock(null, 0)
                                                .placed(null, row.tries()));
                    }
                }
            }
        }

        private final class MemoryExecutions implements Executions {

            @Override
            public Set<Hash32> foreign(int era, Collection<Hash32> transactions) {
                statement();
                Set<Hash32> foreign = new LinkedHashSet<>(transactions);
                for (SlotRow row : slots.all()) {
                    if (row.place().era() == era) {
                        row.attempts().forEach(attempt -> foreign.remove(attempt.hash()));
                    }
                }
                return foreign;
            }

            @Override
            public Optional<IntentId> rider(int era, IntentStore.Request request) {
                statement();
                return openIntents.all().stream()
                        .filter(row -> row.state().equals("SENT") && row.era() == era)
                        .filter(row ->
                                row.signature() != null
                                        && request.nonce().longValueExact()
                                                == row.signature().nonce())
                        .filter(row ->
                                row.call() instanceof Call.Forward forward
                                        && forward.signer().equals(request.signer()))
                        .max(Comparator.comparing(row -> until(row)))
                        .map(IntentRow::id);
            }

            private static Instant until(IntentRow row) {
                return Objects.requireNonNull(row.signature()).until();
            }

            @Override
            public void add(int era, List<Execution> more) {
                statement();
                for (Execution one : more) {
                    List<Hash32> key = List.of(one.id().hash(), one.tx());
                    if (executions.find(key).isEmpty()) {
                        executions.put(key, new ExecutionRow(era, one, false));
                    }
                }
                for (Execution one : more) {
                    intents.find(one.id())
                            .filter(row ->
                                    List.of("WAITING", "SENT", "FAILED").contains(row.state()))
                            .ifPresent(row ->
                                    executed(era, row).ifPresent(by -> put(row.adopted(by))));
                }
            }

            @Override
            public int adopt(int era) {
                statement();
                List<IntentRow> waiting =
                        openIntents.all().stream()
                                .filter(row -> row.state().equals("WAITING"))
                                .filter(row -> executed(era, row).isPresent())
                                .toList();
                waiting.forEach(row -> put(row.adopted(executed(era, row).orElseThrow())));
                written();
                return waiting.size();
            }

            @Override
            public void finish(int era, long height) {
                statement();
                for (Map.Entry<List<Hash32>, ExecutionRow> one : executions.copy().entrySet()) {
                    ExecutionRow row = one.getValue();
                    if (row.era() == era && !row.isFinal() && row.execution().block() <= height) {
                        executions.put(one.getKey(), new ExecutionRow(era, row.execution(), true));
                    }
                }
            }

            @Override
            public void revert(int era, long from) {
                statement();
                for (Map.Entry<List<Hash32>, ExecutionRow> one : executions.copy().entrySet()) {
                    ExecutionRow row = one.getValue();
                    if (row.era() == era && row.execution().block() >= from) {
                        executions.remove(one.getKey());
                    }
                }
            }

            @Override
            public boolean examined(int era, Node.Header block) {
                statement();
                return cursor.find("")
                        .filter(c -> c.era() == era && c.height() >= block.number())
                        .flatMap(_ -> blocks.find(block.number()))
                        .filter(row -> row.header().hash().equals(block.hash()))
                        .isPresent();
            }
        }

        private final class MemoryMirror implements MirrorTables {

            @Override
            public Optional<Cursor> cursor() {
                statement();
                return cursor.find("");
            }

            @Override
            public Optional<Hash32> canonical(long number) {
                statement();
                return blocks.find(number).map(row -> row.header().hash());
            }

            @Override
            public void begin(int era, Node.Header before) {
                statement();
                blocks.clear();
                blocks.put(before.number(), new BlockRow(before, List.of()));
                cursor.put(
                        "", new Cursor(era, before.number() + 1, before.number(), before.hash()));
            }

            @Override
            public void orphan(long from) {
                statement();
                newest(from).forEach(row -> blocks.remove(row.header().number()));
            }

            @Override
            public void add(Range range, Map<Address, ContractKind> contracts) {
                statement();
                Map<Hash32, List<Node.Log>> logs = new HashMap<>();
                for (Node.Log log : range.logs()) {
                    if (!contracts.containsKey(log.address())) {
                        throw new Fetch.Contradiction("The node gave a log of another contract");
                    }
                    logs.computeIfAbsent(log.blockHash(), _ -> new ArrayList<>()).add(log);
                }
                for (Node.Header header : range.headers()) {
                    if (blocks.find(header.number()).isPresent()) {
                        throw new DuplicateKeyException("block");
                    }
                    blocks.put(
                            header.number(),
                            new BlockRow(header, logs.getOrDefault(header.hash(), List.of())));
                }
            }

            @Override
            public void move(long height, Hash32 hash) {
                statement();
                Cursor now = cursor.get("");
                cursor.put("", new Cursor(now.era(), now.start(), height, hash));
            }
        }

        private final class MemoryEras implements EraTable {

            @Override
            public Optional<Era> latest() {
                statement();
                return eras.find(eras.size());
            }

            @Override
            public Optional<Hash32> anyMined(int era) {
                statement();
                return slots.all().stream()
                        .filter(row -> row.place().era() == era)
                        .map(SlotRow::tx)
                        .filter(Objects::nonNull)
                        .findFirst();
            }

            @Override
            public void begin(Era era, Instant now) {
                statement();
                if (eras.find(era.number()).isPresent()) {
                    return;
                }
                eras.put(era.number(), era);
                for (IntentRow row : List.copyOf(intents.all())) {
                    if (row.era() < era.number()
                            && List.of("SENT", "IN_BLOCK", "FINAL").contains(row.state())) {
                        put(row.moved("LOST", null));
                    } else if (row.tx() == null && row.signature() != null) {
                        put(row.signed(null));
                    }
                }
            }

            @Override
            public void complete(int era, Hash32 firstBlock) {
                statement();
                Era now = eras.get(era);
                if (now.firstBlock() == null) {
                    eras.put(era, new Era(era, now.chainId(), now.genesis(), firstBlock));
                }
                written();
            }
        }

        private final class MemoryLeases implements LeaseTable {

            @Override
            public Optional<Long> take(String name, UUID holder, Duration length) {
                statement();
                LeaseRow now = leases.find(name).orElse(null);
                boolean own = now != null && now.holder().equals(holder);
                if (now != null && !own && !now.until().isBefore(clock.instant())) {
                    return Optional.empty();
                }
                long epoch = now == null ? 1 : own ? now.epoch() : now.epoch() + 1;
                leases.put(name, new LeaseRow(holder, epoch, clock.instant().plus(length)));
                written();
                return Optional.of(epoch);
            }

            @Override
            public boolean lock(String name, UUID holder, long epoch) {
                statement();
                return leases.find(name)
                        .filter(row -> row.holder().equals(holder) && row.epoch() == epoch)
                        .isPresent();
            }

            @Override
            public void release(String name, UUID holder) {
                statement();
                leases.find(name)
                        .filter(row -> row.holder().equals(holder))
                        .ifPresent(row ->
                                leases.put(
                                        name, new LeaseRow(holder, row.epoch(), clock.instant())));
            }
        }

        /** Points by account, with the minted ones as a debt of nobody's. */
        private final class MemoryLedger implements Projection {

            @Override
            public void apply(ContractLogs logs) {
                statement();
                for (BlockRow block : newest(logs.from())) {
                    if (block.header().number() <= logs.to()) {
                        List<FakeContracts.Movement> moved =
                                block.logs().stream()
                                        .map(FakeContracts::movement)
                                        .filter(Objects::nonNull)
                                        .toList();
                        postings.put(block.header().number(), moved);
                        moved.forEach(one -> post(one, 1));
                    }
                }
            }

            @Override
            public void revert(long fromBlock) {
                statement();
                for (long block : List.copyOf(postings.copy().keySet())) {
                    if (block >= fromBlock) {
                        postings.get(block).forEach(one -> post(one, -1));
                        postings.remove(block);
                    }
                }
            }

            private void post(FakeContracts.Movement moved, int sign) {
                add(moved.from(), -sign * moved.amount());
                add(moved.to(), sign * moved.amount());
            }

            private void add(Address account, long amount) {
                holdings.put(account, holdings.find(account).orElse(0L) + amount);
            }
        }
    }
}
