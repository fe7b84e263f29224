package atelier.chain;

import atelier.chain.FakeChain.Block;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.testing.HandClock;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * One simulated life of the pipeline: two processes, a chain, members and every fault, in one
 * thread. Each step brings its own chance, so that a list of steps replays itself, and a shorter
 * list does the rest of it alike.
 */
final class SimulatedRun {

    /** What happens next. */
    enum Kind {
        TRANSFER(10),
        ISSUE(6),
        DIRECT(2),
        RETRY(2),
        SEND(20),
        READ(22),
        MINE(16),
        MINE_EMPTY(2),
        TICK(8),
        SLEEP(2),
        LIE(5),
        TRUTH(4),
        REORG(3),
        DEEP_REORG(1),
        DROP(2),
        FEES(2),
        WALLET(2),
        OVERTAKE(2),
        STEAL_NONCE(1),
        COPY(4),
        BACKUP(2),
        RESTORE(1),
        CRASH(2),
        RESTART_CHAIN(1);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    /** A step and the number from which its chances follow. */
    record Step(Kind kind, long salt) {
        @Override
        public String toString() {
            return kind + ":" + Long.toHexString(salt);
        }
    }

    /** Something that must never be. */
    static final class Violation extends RuntimeException {
        Violation(String message) {
            super(message);
        }

        Violation(String message, Throwable cause) {
            super(message, cause);
        }

        /** The message without its numbers: failures alike. */
        String kind() {
            String words = String.valueOf(getMessage()).replaceAll("0x[0-9a-f]+|[0-9]+", "#");
            return words.substring(0, Math.min(24, words.length()));
        }
    }

    /** The end of a process. */
    private static final class Crash extends Error {
        Crash() {
            super("crash", null, false, false);
        }
    }

    /** A member's wish, as they remember it. */
    private record Wish(IntentId id, Call call, Address from, long amount, Instant deadline) {}

    private static final int PROCESSES = 2;
    private static final int MEMBERS = 5;
    private static final int DRAIN = 1_500;
    private static final int TOTAL = List.of(Kind.values()).stream().mapToInt(k -> k.weight).sum();

    private final Map<String, Long> fired;
    private final HandClock clock = new HandClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final List<Address> relayers;
    private final FakeChain chain;
    private final MemoryStore store = new MemoryStore(clock);
    private final Planted planted;
    private final SimulatedProcess[] processes = new SimulatedProcess[PROCESSES];
    private final MemoryMark[] marks = new MemoryMark[PROCESSES];
    private final FakeNode[] nodes = new FakeNode[PROCESSES];
    private final Map<IntentId, Wish> accepted = new LinkedHashMap<>();
    private final List<Wish> wished = new ArrayList<>();
    private final Map<IntentId, Set<Slots.Place>> signed = new HashMap<>();
    private final Map<IntentStore.Request, IntentRow> requests = new HashMap<>();
    private final Set<Hash32> stored = new HashSet<>();
    private final Set<IntentId> known = new HashSet<>();
    private final Set<String> busy = new HashSet<>();
    private int plan = -1;
    private int planWhat;
    private @Nullable SplittableRandom nested;
    private boolean faultless;
    private boolean deep;
    private long highest;
    private int lostEras;
    private long longest;
    private long wishes;
    private MirrorTables.@Nullable Cursor checked;
    private MemoryStore.@Nullable Backup backup;
    private Set<IntentId> backedUp = Set.of();

    SimulatedRun(long seed, Planted planted, Map<String, Long> fired) {
        this.relayers = FakeContracts.RELAYERS.subList(0, relayers(seed));
        this.chain = new FakeChain(seed, clock.instant());
        this.planted = planted;
        this.fired = fired;
        for (int i = 0; i < PROCESSES; i++) {
            marks[i] = new MemoryMark(store);
            start(i);
        }
    }

    /** Two of five communities have several relayers. */
    private static int relayers(long seed) {
        return switch ((int) (seed % 5)) {
            case 2 -> 2;
            case 4 -> 3;
            default -> 1;
        };
    }

    /** The steps that follow from a seed. */
    static List<Step> steps(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Step> steps = new ArrayList<>();
        while (steps.size() < count) {
            Step step = new Step(kind(random), random.nextLong());
            boolean leftOut =
                    (step.kind() == Kind.DEEP_REORG && seed % 4 != 0)
                            || (step.kind() == Kind.RESTORE
                                    && (seed % 4 != 1 || random.nextInt(4) > 0))
                            || (step.kind() == Kind.RESTART_CHAIN
                                    && (seed % 8 != 3 || random.nextInt(4) > 0));
            if (!leftOut) {
                steps.add(step);
            }
        }
        return steps;
    }

    private static Kind kind(SplittableRandom random) {
        int at = random.nextInt(TOTAL);
        for (Kind kind : Kind.values()) {
            at -= kind.weight;
            if (at < 0) {
                return kind;
            }
        }
        throw new IllegalStateException();
    }

    /**
     * Plays the steps, checks after each, and at the end lets everything come to rest.
     *
     * @throws Violation if something is wrong
     */
    void play(List<Step> steps) {
        for (Step step : steps) {
            perform(step.kind(), new SplittableRandom(step.salt()), true);
            check();
        }
        rest();
    }

    private void perform(Kind kind, SplittableRandom random, boolean hazardous) {
        switch (kind) {
            case TRANSFER -> wish(transfer(random), random, hazardous);
            case ISSUE -> wish(issue(random), random, hazardous);
            case DIRECT -> wish(direct(random), random, hazardous);
            case RETRY -> {
                if (!wished.isEmpty()) {
                    Wish again = wished.get(random.nextInt(wished.size()));
                    count("retry");
                    wish(again, random, hazardous);
                }
            }
            case SEND -> loop("send", random, hazardous);
            case READ -> loop("read", random, hazardous);
            case MINE -> mine(true);
            case MINE_EMPTY -> mine(false);
            case TICK -> clock.pass(Duration.ofMillis(100 + random.nextInt(2500)));
            case SLEEP -> {
                clock.pass(Duration.ofSeconds(4 + random.nextInt(12)));
                count("clock jump");
            }
            case LIE -> {
                FakeNode.Lie[] lies = FakeNode.Lie.values();
                FakeNode.Lie lie = lies[random.nextInt(lies.length)];
                nodes[random.nextInt(PROCESSES)].tell(lie, random);
                count("node " + lie);
            }
            case TRUTH -> {
                for (FakeNode node : nodes) {
                    node.tell(FakeNode.Lie.NONE, random);
                }
            }
            case REORG -> reorganise(1 + random.nextInt(SimulatedProcess.CONFIRMATIONS), random);
            case DEEP_REORG -> reorganise(4 + random.nextInt(30), random);
            case DROP -> {
                List<FakeChain.Tx> pool = chain.pool().stream().filter(FakeChain.Tx::ours).toList();
                if (!pool.isEmpty()) {
                    chain.drop(pool.get(random.nextInt(pool.size())));
                    count("dropped transaction");
                }
            }
            case FEES -> {
                chain.baseFee =
                        random.nextInt(3) == 0
                                ? 1_000_000_000L * (1 + random.nextInt(200))
                                : 1_000_000_000L;
                count("base fee");
            }
            case WALLET -> wallet(random);
            case OVERTAKE -> overtake(random);
            case STEAL_NONCE -> steal(random);
            case CRASH -> {
                int process = random.nextInt(PROCESSES);
                if (!busy.contains("send" + process) && !busy.contains("read" + process)) {
                    start(process);
                    count("crash between rounds");
                }
            }
            case COPY -> {
                if (chain.copy(random)) {
                    count("requests copied by a stranger");
                }
            }
            case BACKUP -> {
                if (backup == null || random.nextInt(4) == 0) {
                    backup = store.backup();
                    backedUp = Set.copyOf(accepted.keySet());
                }
            }
            case RESTORE -> restore(random);
            case RESTART_CHAIN -> {
                chain.restart();
                lostEras = store.eras.size();
                highest = 0;
                signed.clear();
                requests.clear();
                count("chain restarted");
            }
        }
    }

    /** Both processes end, the database is what it was, and members ask again for what is gone. */
    private void restore(SplittableRandom random) {
        if (backup == null || !busy.isEmpty()) {
            return;
        }
        store.slots.all().stream()
                .flatMap(row -> row.attempts().stream())
                .forEach(attempt -> stored.add(attempt.hash()));
        store.restore(backup);
        List<Wish> forgotten =
                accepted.values().stream().filter(wish -> !backedUp.contains(wish.id())).toList();
        accepted.keySet().retainAll(backedUp);
        checked = null;
        for (int i = 0; i < PROCESSES; i++) {
            nodes[i].tell(FakeNode.Lie.NONE, random);
            start(i);
        }
        compare();
        count("backup restored");
        for (Wish wish : forgotten) {
            if (random.nextBoolean()) {
                count("forgotten wish repeated");
                wish(wish, random, false);
            }
        }
    }

    /** Whoever restores a backup starts all processes before any of them is open. */
    private void compare() {
        for (SimulatedProcess process : processes) {
            process.compare();
        }
    }

    private void start(int process) {
        MemoryStore.Session session = store.new Session(this::hazard);
        FakeNode node = new FakeNode(chain, this::hazard);
        if (nodes[process] != null) {
            node = nodes[process];
        }
        nodes[process] = node;
        processes[process] =
                new SimulatedProcess(planted.plant(world(session, node, marks[process]), store));
    }

    private SimulatedProcess.World world(
            MemoryStore.Session session, FakeNode node, MemoryMark mark) {
        return new SimulatedProcess.World(
                clock,
                node,
                session.slots(),
                session.intents(),
                session.executions(),
                session.mirror(),
                session.eras(),
                session.leases(),
                session.ledger(),
                new FakeSigning(),
                mark.with(this::hazard),
                session,
                SimulatedProcess::fakes,
                _ -> relayers);
    }

    // --- faults -----------------------------------------------------------------------------

    /**
     * Every statement, commit, question and answer passes here; at most one of a step goes wrong.
     */
    private void hazard(String place) {
        if (faultless || nested == null || plan < 0 || plan-- > 0) {
            return;
        }
        SplittableRandom random = nested;
        switch (planWhat) {
            case 0 -> {
                count("crash at " + place);
                nested = null;
                throw new Crash();
            }
            case 1 -> {
                count("failure at " + place);
                nested = null;
                throw failure(place);
            }
            default -> {
                if (place.equals("inside") || place.equals("commit")) {
                    plan = 0; // not while rows are locked
                    return;
                }
                count("pause at " + place);
                nested = null;
                meanwhile(random);
            }
        }
    }

    private static RuntimeException failure(String place) {
        return switch (place) {
            case "ask", "answer" -> new NodeUnavailable("no answer");
            case "begin", "commit", "committed" ->
                    new TransactionSystemException("connection lost");
            default -> new DataAccessResourceFailureException("connection lost");
        };
    }

    /** What others do while a round stands still. */
    private void meanwhile(SplittableRandom random) {
        Kind[] kinds = {
            Kind.SEND, Kind.READ, Kind.MINE, Kind.MINE, Kind.SLEEP, Kind.TRANSFER, Kind.REORG,
            Kind.SEND, Kind.READ, Kind.DROP, Kind.TRUTH, Kind.READ, Kind.SLEEP, Kind.READ
        };
        int count = 1 + random.nextInt(10);
        for (int i = 0; i < count; i++) {
            perform(kinds[random.nextInt(kinds.length)], random.split(), false);
        }
    }

    private void loop(String what, SplittableRandom random, boolean hazardous) {
        int process = random.nextInt(PROCESSES);
        String name = what + process;
        if (!busy.add(name)) {
            return;
        }
        if (hazardous && random.nextInt(3) == 0) {
            plan = random.nextInt(random.nextBoolean() ? 12 : 50);
            planWhat = random.nextInt(4);
            nested = random;
        }
        try {
            if (what.equals("send")) {
                processes[process].send();
            } else {
                processes[process].read();
            }
        } catch (Crash e) {
            busy.remove(name);
            if (hazardous) {
                start(process);
            }
        } catch (DuplicateKeyException e) {
            throw new Violation("The pipeline met something unforeseen", e);
        } catch (NodeUnavailable
                | NodeRefused
                | Refused
                | Fetch.Contradiction
                | Reader.ChainRestarted
                | Lease.Lost
                | DataAccessException
                | TransactionException e) {
            count("round ended by " + e.getClass().getSimpleName());
        } catch (IllegalStateException e) {
            if (!String.valueOf(e.getMessage()).contains("not waiting any more")) {
                throw new Violation("The pipeline met something unforeseen", e);
            }
        } catch (Violation e) {
            throw e;
        } catch (RuntimeException e) {
            throw new Violation("The pipeline met something unforeseen", e);
        } finally {
            busy.remove(name);
            if (hazardous) {
                nested = null;
            }
        }
    }

    private void reorganise(int depth, SplittableRandom random) {
        long head = chain.head().number();
        highest = Math.max(highest, head);
        boolean past = head - depth < highest - SimulatedProcess.CONFIRMATIONS;
        if (past && !faultless && depth <= SimulatedProcess.CONFIRMATIONS) {
            return; // together with the last one it would be deeper than what counts as final
        }
        int taken = chain.reorganise(depth);
        if (taken == 0) {
            return;
        }
        deep |= past;
        count(past ? "reorg past finality" : "reorg");
        if (random.nextInt(4) == 0) {
            chain.pool().stream()
                    .filter(FakeChain.Tx::ours)
                    .filter(_ -> random.nextBoolean())
                    .forEach(chain::drop);
        }
        int added = random.nextInt(taken + 2);
        for (int i = 0; i < added; i++) {
            mine(random.nextBoolean());
        }
    }

    private void mine(boolean full) {
        chain.mine(clock.instant(), full);
        highest = Math.max(highest, chain.head().number());
        longest = Math.max(longest, highest);
        for (IntentId id : chain.twice()) {
            if (!excused(store.intents.get(id))) {
                throw new Violation("Executed twice: " + id + " " + store.intents.find(id));
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

    /** A member moves points with a wallet of their own. */
    private void wallet(SplittableRandom random) {
        Address from = SimulatedProcess.account(random.nextInt(MEMBERS));
        Address to = SimulatedProcess.account(random.nextInt(MEMBERS));
        long amount = random.nextLong(1 + chain.head().after().points(from));
        chain.foreign(from, FakeContracts.POINTS, FakeContracts.transferCall(to, amount));
        count("wallet transfer");
    }

    /** A member's wallet uses their next forwarder nonce, through another relayer. */
    private void overtake(SplittableRandom random) {
        Address from = SimulatedProcess.account(random.nextInt(MEMBERS));
        Address to = SimulatedProcess.account(random.nextInt(MEMBERS));
        chain.overtake(from, FakeContracts.transferCall(to, 1), clock.instant());
        count("forwarder nonce taken");
    }

    /** Somebody with a relayer's key sends something else at its next nonce. */
    private void steal(SplittableRandom random) {
        Address relayer = relayers.get(random.nextInt(relayers.size()));
        long nonce = chain.head().after().nonces.getOrDefault(relayer, 0L);
        chain.foreign(
                relayer,
                nonce,
                FakeContracts.POINTS,
                FakeContracts.transferCall(SimulatedProcess.account(random.nextInt(MEMBERS)), 0));
        count("nonce taken");
    }

    // --- members ----------------------------------------------------------------------------

    private Wish transfer(SplittableRandom random) {
        int from = random.nextInt(MEMBERS);
        long available = Math.max(0, store.available(SimulatedProcess.account(from)));
        long amount = 1 + random.nextLong(1 + available * 5 / 4);
        return wish(
                new Call.Forward(
                        SimulatedProcess.account(from),
                        ContractKind.POINTS,
                        FakeContracts.transferCall(
                                SimulatedProcess.account(random.nextInt(MEMBERS)), amount)),
                SimulatedProcess.account(from),
                amount,
                random);
    }

    private Wish issue(SplittableRandom random) {
        long amount = 1 + random.nextLong(3_000);
        return wish(
                new Call.Issue(
                        SimulatedProcess.account(random.nextInt(MEMBERS)),
                        new TokenAmount(BigInteger.valueOf(amount))),
                Address.ZERO,
                0,
                random);
    }

    private Wish direct(SplittableRandom random) {
        return wish(
                new Call.Direct(
                        ContractKind.POINTS, FakeContracts.policyCall(1 + random.nextInt(2))),
                Address.ZERO,
                0,
                random);
    }

    private Wish wish(Call call, Address from, long amount, SplittableRandom random) {
        Wish made =
                new Wish(
                        new IntentId(Mix.hash(7_000_000 + wishes++)),
                        call,
                        from,
                        amount,
                        clock.instant().plusSeconds(random.nextInt(5) == 0 ? 8 : 900));
        wished.add(made);
        known.add(made.id());
        return made;
    }

    /** What the door does: the intent and its hold in one transaction, once. */
    private void wish(Wish wish, SplittableRandom random, boolean hazardous) {
        if (hazardous && random.nextInt(6) == 0) {
            plan = random.nextInt(3);
            planWhat = 1;
            nested = random;
        }
        boolean may = wish.amount() == 0 || available(wish.from()) >= wish.amount();
        boolean before = accepted.containsKey(wish.id());
        try {
            Boolean done =
                    store.new Session(this::hazard)
                            .<Boolean>execute(
                                    _ -> planted.accept(store, wish.id(), () -> door(wish)));
            if (Boolean.TRUE.equals(done)) {
                accepted.put(wish.id(), wish);
                if (!before && !may && !wasThere) {
                    throw new Violation("Accepted what the account could not pay: " + wish);
                }
            } else if (may) {
                throw new Violation("Refused what the account could pay: " + wish);
            }
        } catch (DataAccessException | TransactionException e) {
            count("request ended by " + e.getClass().getSimpleName());
        } finally {
            if (hazardous) {
                nested = null;
            }
        }
    }

    private boolean wasThere;

    private boolean door(Wish wish) {
        wasThere = store.intents.find(wish.id()).isPresent();
        if (wasThere) {
            return true;
        }
        if (wish.amount() > 0 && store.available(wish.from()) < wish.amount()) {
            return false;
        }
        store.submit(wish.id(), new MemberId(new UUID(1, 1)), wish.call(), wish.deadline());
        if (wish.amount() > 0) {
            store.holds.put(wish.id(), new MemoryStore.HoldRow(wish.from(), wish.amount()));
        }
        return true;
    }

    /** By the reference: the chain at the mirror's block, less what is on its way. */
    private long available(Address account) {
        MirrorTables.Cursor cursor = store.cursor.find("").orElse(null);
        Block block = cursor == null ? null : chain.block(cursor.hash());
        long held = 0;
        for (Wish wish : wished) {
            if (wish.from().equals(account)
                    && store.intents.find(wish.id()).filter(IntentRow::open).isPresent()) {
                held += wish.amount();
            }
        }
        return (block == null ? 0 : block.after().points(account)) - held;
    }

    // --- the reference ----------------------------------------------------------------------

    private void check() {
        for (Wish wish : accepted.values()) {
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

    /** One nonce at the forwarder, one intent, as long as both could still be brought. */
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
        if (!used && !earlier.isBefore(block.header().time())) {
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
            if (!known.contains(row.id())) {
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

    /** Without faults everything comes to an end, and to the right one. */
    private void rest() {
        faultless = true;
        nested = null;
        chain.baseFee = 1_000_000_000;
        SplittableRandom random = new SplittableRandom(1);
        for (FakeNode node : nodes) {
            node.tell(FakeNode.Lie.NONE, random);
        }
        int rounds = 0;
        while (!atRest()) {
            if (rounds++ > DRAIN) {
                throw new Violation("Does not come to rest: " + unfinished());
            }
            clock.pass(Duration.ofMillis(1100));
            for (int i = 0; i < PROCESSES; i++) {
                perform(Kind.READ, random, false);
                perform(Kind.SEND, random, false);
            }
            if (rounds % 2 == 0) {
                mine(true);
            }
            check();
        }
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
            count("end " + row.state() + (row.code() == null ? "" : " " + row.code()));
        }
    }

    private boolean atRest() {
        MirrorTables.Cursor cursor = store.cursor.find("").orElse(null);
        return cursor != null
                && cursor.hash().equals(chain.head().hash())
                && store.openIntents.size() == 0
                && store.intents.all().stream().noneMatch(r -> r.state().equals("IN_BLOCK"));
    }

    private String unfinished() {
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

    private void count(String what) {
        fired.merge(what, 1L, Long::sum);
    }

    /** Removes steps for as long as what is left still fails, halves first. */
    static List<Step> shrink(List<Step> failing, java.util.function.Predicate<List<Step>> fails) {
        List<Step> steps = failing;
        int size = Math.max(1, steps.size() / 2);
        while (true) {
            boolean removed = false;
            for (int at = 0; at < steps.size(); ) {
                List<Step> fewer = new ArrayList<>(steps.subList(0, at));
                fewer.addAll(steps.subList(Math.min(steps.size(), at + size), steps.size()));
                if (fails.test(fewer)) {
                    steps = fewer;
                    removed = true;
                } else {
                    at += size;
                }
            }
            if (size == 1 && !removed) {
                return steps;
            }
            size = Math.max(1, size / 2);
        }
    }

    /** Plays a seed with as many steps; what went wrong, if anything did. */
    static @Nullable Violation run(
            long seed, List<Step> steps, Planted planted, Map<String, Long> fired) {
        try {
            new SimulatedRun(seed, planted, fired).play(steps);
            return null;
        } catch (Violation e) {
            return e;
        } catch (RuntimeException e) {
            return new Violation("The run itself failed", e);
        }
    }
}
