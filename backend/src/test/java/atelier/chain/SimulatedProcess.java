package atelier.chain;

import atelier.kernel.Address;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;
import org.web3j.protocol.Web3j;

/**
 * The pipeline's core as one process has it, without threads: a round of its sender or of its
 * reader is a call. All that it remembers is lost with it.
 */
final class SimulatedProcess {

    static final int CONFIRMATIONS = 3;
    static final Duration REQUEST_LIFE = Duration.ofSeconds(45);

    static final ChainProperties PROPERTIES =
            new ChainProperties(
                    null,
                    CONFIRMATIONS,
                    null,
                    Duration.ofSeconds(5),
                    Duration.ofMillis(100),
                    Duration.ofMillis(250),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(12),
                    Duration.ofSeconds(1),
                    BigInteger.valueOf(500_000_000_000L),
                    6,
                    4,
                    Duration.ZERO,
                    1,
                    Duration.ofDays(3),
                    REQUEST_LIFE);

    private static final ContractErrors ERRORS = new ContractErrors();
    static final JsonRpc NO_RPC = new JsonRpc(null, Duration.ofSeconds(1));
    static final Web3j NO_VIEWS = Web3j.build(new BindingTransport(NO_RPC));

    private final Contracts contracts;
    private final Eras eras;
    private final Reader reader;
    private final SealedBoot boot;
    private final Sender sender;
    private final Function<Era, Contracts.Deployed> site;
    private @Nullable Era era;

    SimulatedProcess(World world) {
        Clock clock = world.clock();
        Node node = world.node();
        site = world.site();
        contracts = new Contracts(NO_VIEWS);
        Wakeups wakeups = new Wakeups((_, _) -> {});
        Leases leases = new Leases(world.leases(), PROPERTIES);
        KeyRing keys = new KeyRing(leases, world.roster(), PROPERTIES, clock);
        eras = new Eras(world.eras(), world.transactions(), node, clock);
        Simulation simulation = new Simulation(contracts, node, ERRORS);
        Signing signing = world.signing();
        ForwardRequests requests = new ForwardRequests(contracts, signing);
        Imports imports =
                new Imports(
                        node, contracts, requests, world.executions(), world.intents(), simulation);
        reader =
                new Reader(
                        node,
                        new NodeView(clock),
                        new Fetch(node),
                        world.mirror(),
                        new Outcomes(
                                world.slots(),
                                node,
                                contracts,
                                simulation,
                                world.intents(),
                                world.executions(),
                                imports),
                        List.of(world.ledger()),
                        contracts,
                        eras,
                        leases,
                        wakeups,
                        world.transactions(),
                        _ -> {},
                        PROPERTIES,
                        clock);
        boot =
                new SealedBoot(
                        keys,
                        node,
                        world.slots(),
                        world.executions(),
                        world.highWater(),
                        PROPERTIES,
                        clock);
        Attempts attempts = new Attempts(world.slots(), signing, clock);
        Delivery delivery = new Delivery(world.slots(), node, node::broadcast, PROPERTIES, clock);
        sender =
                new Sender(
                        contracts,
                        node,
                        world.slots(),
                        delivery,
                        new Dispatch(
                                world.transactions(),
                                world.eras(),
                                node,
                                world.slots(),
                                attempts,
                                world.highWater(),
                                delivery,
                                keys,
                                PROPERTIES),
                        new Resubmission(
                                world.transactions(),
                                world.eras(),
                                node,
                                world.slots(),
                                attempts,
                                world.highWater(),
                                delivery,
                                world.intents(),
                                world.executions(),
                                keys,
                                wakeups,
                                PROPERTIES,
                                clock),
                        world.highWater(),
                        world.intents(),
                        world.executions(),
                        boot,
                        new Packing(
                                node,
                                simulation,
                                ERRORS,
                                requests,
                                world.intents(),
                                world.executions(),
                                wakeups,
                                PROPERTIES,
                                clock),
                        keys,
                        wakeups,
                        PROPERTIES,
                        clock);
    }

    /** Everything that a process finds around it. */
    record World(
            Clock clock,
            Node node,
            Slots slots,
            IntentStore intents,
            Executions executions,
            MirrorTables mirror,
            EraTable eras,
            LeaseTable leases,
            Projection ledger,
            Signing signing,
            HighWater highWater,
            TransactionOperations transactions,
            Function<Era, Contracts.Deployed> site,
            Roster roster) {

        /** The same with one port replaced. */
        World with(Object port) {
            return new World(
                    clock,
                    port instanceof Node other ? other : node,
                    port instanceof Slots other ? other : slots,
                    port instanceof IntentStore other ? other : intents,
                    port instanceof Executions other ? other : executions,
                    port instanceof MirrorTables other ? other : mirror,
                    port instanceof EraTable other ? other : eras,
                    port instanceof LeaseTable other ? other : leases,
                    port instanceof Projection other ? other : ledger,
                    port instanceof Signing other ? other : signing,
                    port instanceof HighWater other ? other : highWater,
                    port instanceof TransactionOperations other ? other : transactions,
                    site,
                    roster);
        }
    }

    void send() {
        if (contracts.recognised()) {
            sender.round();
        }
    }

    /** As the pipeline's thread does it. */
    void read() {
        try {
            Era now = era;
            if (now == null) {
                now = begin();
                era = now;
            }
            reader.catchUp(now);
        } catch (RuntimeException e) {
            era = null;
            if (e instanceof Reader.ChainRestarted) {
                contracts.close();
            }
            throw e;
        }
    }

    /** Says what the record has forgotten, as a process does when it starts. */
    void compare() {
        begin();
        boot.compare(contracts.get());
    }

    private Era begin() {
        Era known = eras.current();
        contracts.open(site.apply(known));
        return eras.current();
    }

    /** The contracts of the fake chain. */
    static Contracts.Deployed fakes(Era era) {
        return new Contracts.Deployed(
                era.number(),
                era.chainId(),
                FakeContracts.addresses(),
                FakeContracts.DEPLOYER,
                FakeContracts.RELAYER,
                FakeChain.FIRST);
    }

    static Address account(int member) {
        return Address.of(java.util.Arrays.copyOf(Mix.hash(1000 + member).bytes(), Address.LENGTH));
    }
}
