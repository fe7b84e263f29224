package atelier.chain;

import atelier.chain.SimulatedMembers.Wish;
import atelier.chain.SimulatedStep.Kind;
import atelier.kernel.Address;
import atelier.kernel.Refused;
import atelier.testing.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.TransactionException;

/**
 * One simulated life of the pipeline: two processes, a chain, members and every fault, in one
 * thread. Each step brings its own chance, so that a list of steps replays itself, and a shorter
 * list does the rest of it alike.
 */
final class SimulatedRun {

    private static final int PROCESSES = 2;
    private static final int DRAIN = 1_500;

    private final Map<String, Long> fired;
    private final HandClock clock = new HandClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final List<Address> relayers;
    private final FakeChain chain;
    private final MemoryStore store = new MemoryStore(clock);
    private final SimulatedMembers members;
    private final SimulatedReference reference;
    private final SimulatedFaults faults = new SimulatedFaults(this::count, this::meanwhile);
    private final Planted planted;
    private final SimulatedProcess[] processes = new SimulatedProcess[PROCESSES];
    private final MemoryMark[] marks = new MemoryMark[PROCESSES];
    private final FakeNode[] nodes = new FakeNode[PROCESSES];
    private final Set<String> busy = new HashSet<>();
    private MemoryStore.@Nullable Backup backup;

    private SimulatedRun(long seed, Planted planted, Map<String, Long> fired) {
        this.relayers = FakeContracts.RELAYERS.subList(0, relayers(seed));
        this.chain = new FakeChain(seed, clock.instant());
        this.members = new SimulatedMembers(store, chain, clock);
        this.reference = new SimulatedReference(store, chain, members, clock);
        this.planted = planted;
        this.fired = fired;
        for (int i = 0; i < PROCESSES; i++) {
            marks[i] = new MemoryMark(store);
            start(i);
        }
    }

    /** Plays a seed with as many steps; what went wrong, if anything did. */
    static @Nullable Violation run(
            long seed, List<SimulatedStep> steps, Planted planted, Map<String, Long> fired) {
        try {
            new SimulatedRun(seed, planted, fired).play(steps);
            return null;
        } catch (Violation e) {
            return e;
        } catch (RuntimeException e) {
            return new Violation("The run itself failed", e);
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

    /** Plays the steps, checks after each, and at the end lets everything come to rest. */
    private void play(List<SimulatedStep> steps) {
        for (SimulatedStep step : steps) {
            perform(step.kind(), new SplittableRandom(step.salt()), true);
            reference.check();
        }
        rest();
    }

    private void perform(Kind kind, SplittableRandom random, boolean hazardous) {
        switch (kind) {
            case TRANSFER -> ask(members.transfer(random), random, hazardous);
            case ISSUE -> ask(members.issue(random), random, hazardous);
            case DIRECT -> ask(members.direct(random), random, hazardous);
            case RETRY ->
                    members.earlier(random)
                            .ifPresent(again -> {
                                count("retry");
                                ask(again, random, hazardous);
                            });
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
            case TRUTH -> tellTheTruth(random);
            case REORG -> reorganise(1 + random.nextInt(SimulatedProcess.CONFIRMATIONS), random);
            case DEEP_REORG -> reorganise(4 + random.nextInt(30), random);
            case DROP -> drop(random);
            case FEES -> {
                chain.baseFee =
                        random.nextInt(3) == 0
                                ? 1_000_000_000L * (1 + random.nextInt(200))
                                : 1_000_000_000L;
                count("base fee");
            }
            case WALLET -> {
                members.useWallet(random);
                count("wallet transfer");
            }
            case OVERTAKE -> {
                members.overtake(random);
                count("forwarder nonce taken");
            }
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
                    members.backUp();
                }
            }
            case RESTORE -> restore(random);
            case RESTART_CHAIN -> {
                chain.restart();
                reference.startedAgain();
                count("chain restarted");
            }
        }
    }

    // --- processes --------------------------------------------------------------------------

    private void start(int process) {
        MemoryStore.Session session = store.new Session(faults);
        FakeNode node = new FakeNode(chain, faults);
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
                mark.with(faults),
                session,
                SimulatedProcess::fakes,
                _ -> relayers);
    }

    private void loop(String what, SplittableRandom random, boolean hazardous) {
        int process = random.nextInt(PROCESSES);
        String name = what + process;
        if (!busy.add(name)) {
            return;
        }
        if (hazardous && random.nextInt(3) == 0) {
            faults.plan(random.nextInt(random.nextBoolean() ? 12 : 50), random.nextInt(4), random);
        }
        try {
            if (what.equals("send")) {
                processes[process].send();
            } else {
                processes[process].read();
            }
        } catch (SimulatedFaults.Crash e) {
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
                faults.spare();
            }
        }
    }

    /** Both processes end, the database is what it was, and members ask again for what is gone. */
    private void restore(SplittableRandom random) {
        if (backup == null || !busy.isEmpty()) {
            return;
        }
        reference.restoring();
        store.restore(backup);
        List<Wish> forgotten = members.forget();
        for (int i = 0; i < PROCESSES; i++) {
            nodes[i].tell(FakeNode.Lie.NONE, random);
            start(i);
        }
        compare();
        count("backup restored");
        for (Wish wish : forgotten) {
            if (random.nextBoolean()) {
                count("forgotten wish repeated");
                ask(wish, random, false);
            }
        }
    }

    /** Whoever restores a backup starts all processes before any of them is open. */
    private void compare() {
        for (SimulatedProcess process : processes) {
            process.compare();
        }
    }

    // --- members and others -----------------------------------------------------------------

    private void ask(Wish wish, SplittableRandom random, boolean hazardous) {
        if (hazardous && random.nextInt(6) == 0) {
            faults.plan(random.nextInt(3), 1, random);
        }
        try {
            members.ask(wish, store.new Session(faults), planted);
        } catch (DataAccessException | TransactionException e) {
            count("request ended by " + e.getClass().getSimpleName());
        } finally {
            if (hazardous) {
                faults.spare();
            }
        }
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

    /** Somebody with a relayer's key sends something else at its next nonce. */
    private void steal(SplittableRandom random) {
        Address relayer = relayers.get(random.nextInt(relayers.size()));
        long nonce = chain.head().after().nonces.getOrDefault(relayer, 0L);
        chain.foreign(
                relayer,
                nonce,
                FakeContracts.POINTS,
                FakeContracts.transferCall(SimulatedMembers.any(random), 0));
        count("nonce taken");
    }

    // --- the chain and its nodes ------------------------------------------------------------

    private void mine(boolean full) {
        chain.mine(clock.instant(), full);
        reference.mined();
    }

    private void reorganise(int depth, SplittableRandom random) {
        boolean past = reference.isPastFinality(depth);
        if (past && !faults.over() && depth <= SimulatedProcess.CONFIRMATIONS) {
            return; // together with the last one it would be deeper than what counts as final
        }
        int taken = chain.reorganise(depth);
        if (taken == 0) {
            return;
        }
        if (past) {
            reference.tookBackWhatWasFinal();
        }
        count(past ? "reorg past finality" : "reorg");
        if (random.nextInt(4) == 0) {
            chain.pool().stream()
                    .filter(FakeChain.Tx::ours)
                    .filter(_ -> random.nextBoolean())
                    .forEach(chain::drop);
        }
        int added = random.nextInt(taken + 2);
        Instant mined = clock.instant();
        if (taken % 2 == 1) {
            mined = mined.minus(SimulatedProcess.REQUEST_LIFE);
            count("reorg to older blocks");
        }
        for (int i = 0; i < added; i++) {
            chain.mine(mined, random.nextBoolean());
            reference.mined();
        }
    }

    private void drop(SplittableRandom random) {
        List<FakeChain.Tx> pool = chain.pool().stream().filter(FakeChain.Tx::ours).toList();
        if (!pool.isEmpty()) {
            chain.drop(pool.get(random.nextInt(pool.size())));
            count("dropped transaction");
        }
    }

    private void tellTheTruth(SplittableRandom random) {
        for (FakeNode node : nodes) {
            node.tell(FakeNode.Lie.NONE, random);
        }
    }

    /** Without faults everything comes to an end, and to the right one. */
    private void rest() {
        faults.end();
        chain.baseFee = 1_000_000_000;
        SplittableRandom random = new SplittableRandom(1);
        tellTheTruth(random);
        int rounds = 0;
        while (!reference.atRest()) {
            if (rounds++ > DRAIN) {
                throw new Violation("Does not come to rest: " + reference.unfinished());
            }
            clock.pass(Duration.ofMillis(1100));
            for (int i = 0; i < PROCESSES; i++) {
                perform(Kind.READ, random, false);
                perform(Kind.SEND, random, false);
            }
            if (rounds % 2 == 0) {
                mine(true);
            }
            reference.check();
        }
        reference.ends().forEach(this::count);
    }

    private void count(String what) {
        fired.merge(what, 1L, Long::sum);
    }
}
