package atelier.chain;

import atelier.chain.SimulatedProcess.World;
import atelier.contracts.Points;
import atelier.kernel.Address;
import atelier.kernel.IntentId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.ledger.Ledgers;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.utils.Numeric;

/**
 * The pipeline's core on a real PostgreSQL and a real node, a round at a time, with members who
 * wish for something.
 */
final class SoakStage implements AutoCloseable {

    /** What somebody wished for; each goes to an account of its own, so that the chain shows it. */
    record Wish(IntentRequest request, IntentId id, Address to, long amount) {

        /** Whether others give to the same account. */
        boolean shared() {
            return IntStream.range(0, LocalSigning.MEMBERS)
                    .anyMatch(member -> LocalSigning.member(member).equals(to));
        }
    }

    private static final AtomicLong NEXT = new AtomicLong();
    private static final int DRAIN = 300;

    private final SoakChain chain;
    private final SoakReference reference;
    private final AtomicLong passedMillis = new AtomicLong();

    /** The machine's time, and what has passed besides. */
    private final Clock clock =
            ((InstantSource) () -> Instant.now().plusMillis(passedMillis.get()))
                    .withZone(ZoneOffset.UTC);

    private final Map<IntentId, Wish> wishes = new LinkedHashMap<>();
    private String url;
    private HikariDataSource pool;
    private long number;

    SoakStage(SoakChain chain, String url) {
        this.chain = chain;
        this.reference = new SoakReference(chain);
        this.url = url;
        this.pool = pool(url);
        this.number = NEXT.getAndAdd(1_000_000);
    }

    static void migrate(String url) {
        for (String schema : List.of("recorded", "derived")) {
            Flyway.configure()
                    .dataSource(url, null, null)
                    .schemas(schema)
                    .defaultSchema(schema)
                    .locations("classpath:db/" + schema)
                    .outOfOrder(true)
                    .load()
                    .migrate();
        }
    }

    static HikariDataSource pool(String url) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(6);
        pool.setMinimumIdle(0);
        pool.setConnectionTimeout(2_000);
        return pool;
    }

    SoakChain chain() {
        return chain;
    }

    String url() {
        return url;
    }

    JdbcClient database() {
        return JdbcClient.create(pool);
    }

    /** Nobody is connected until {@link #use}. */
    void disconnect() {
        pool.close();
    }

    /** From now on this database, and what it has never heard of is not expected of it. */
    List<Wish> use(String other) {
        url = other;
        pool = pool(other);
        List<Wish> forgotten =
                wishes.values().stream()
                        .filter(wish ->
                                database()
                                        .sql("SELECT 1 FROM recorded.intent WHERE id = :id")
                                        .param("id", wish.id().hash().bytes())
                                        .query(Integer.class)
                                        .optional()
                                        .isEmpty())
                        .toList();
        forgotten.forEach(wish -> wishes.remove(wish.id()));
        return forgotten;
    }

    /** The core as one process has it, with its world bent. */
    SimulatedProcess process(UnaryOperator<World> bent) {
        return new SimulatedProcess(
                bent.apply(world(pool, chain.node(), clock, SoakChain::deployed)));
    }

    static World world(
            HikariDataSource pool,
            Node node,
            Clock clock,
            java.util.function.Function<Era, Contracts.Deployed> site) {
        JdbcTemplate template = new JdbcTemplate(pool);
        JdbcClient client = JdbcClient.create(template);
        return new World(
                clock,
                node,
                new SqlSlots(client),
                new SqlIntentStore(client),
                new SqlExecutions(client),
                new SqlMirrorTables(client, template),
                new SqlEraTable(client),
                new SqlLeaseTable(client),
                Ledgers.on(client, template),
                new LocalSigning(),
                HighWater.NONE,
                new TransactionTemplate(new JdbcTransactionManager(pool)),
                site,
                Roster.ONE);
    }

    // --- members ----------------------------------------------------------------------------

    /** A member gives points away. */
    Wish transfer(int from, long amount) {
        Address to = payee();
        byte[] data =
                Numeric.hexStringToByteArray(
                        FunctionEncoder.encode(
                                new Function(
                                        Points.FUNC_TRANSFER,
                                        List.of(
                                                new org.web3j.abi.datatypes.Address(to.toString()),
                                                new Uint256(amount)),
                                        List.of())));
        return submit(
                new Call.Forward(LocalSigning.member(from), ContractKind.POINTS, data),
                from,
                to,
                amount);
    }

    /** Somebody gets new points. */
    Wish issue(long amount) {
        Address to = payee();
        return submit(new Call.Issue(to, TokenAmount.ofUnits(amount)), 0, to, amount);
    }

    /** The member gets points to give away. */
    Wish fund(int member, long amount) {
        Address to = LocalSigning.member(member);
        return submit(new Call.Issue(to, TokenAmount.ofUnits(amount)), member, to, amount);
    }

    private Address payee() {
        return Address.of(
                Arrays.copyOf(Mix.hash(77_000_000_000L + number).bytes(), Address.LENGTH));
    }

    private Wish submit(Call call, int owner, Address to, long amount) {
        String key = Long.toString(number++);
        IntentRequest request =
                new IntentRequest(
                        LocalSigning.memberId(owner),
                        "soak",
                        key,
                        call,
                        null,
                        IntentRequest.hashOf(key),
                        clock.instant().plus(Duration.ofDays(30)),
                        null);
        Wish wish = new Wish(request, IntentIds.of("soak", key), to, amount);
        again(wish);
        return wish;
    }

    /** A few wishes of anyone's. */
    void traffic(SplittableRandom random) {
        int wishes = 1 + random.nextInt(3);
        for (int i = 0; i < wishes; i++) {
            if (random.nextInt(3) == 0) {
                issue(1 + random.nextInt(50));
            } else {
                transfer(random.nextInt(LocalSigning.MEMBERS), 1 + random.nextInt(50));
            }
        }
    }

    /** The same, and blocks, for a while. */
    void traffic(SplittableRandom random, Duration length) throws InterruptedException {
        Instant end = Instant.now().plus(length);
        while (Instant.now().isBefore(end)) {
            traffic(random);
            TimeUnit.MILLISECONDS.sleep(20);
            chain.mine();
        }
    }

    /** The same request, for the first time or once more. */
    void again(Wish wish) {
        JdbcClient client = database();
        Intents intents =
                new Intents(
                        client,
                        clock,
                        new Wakeups((_, _) -> {}),
                        new Simulation(
                                new Contracts(SimulatedProcess.NO_VIEWS),
                                new RpcNode(SimulatedProcess.NO_RPC),
                                new ContractErrors()));
        new TransactionTemplate(new JdbcTransactionManager(pool))
                .executeWithoutResult(_ -> intents.submit(wish.request()));
        wishes.put(wish.id(), wish);
    }

    // --- rounds -----------------------------------------------------------------------------

    /** A round of the sender or of the reader; what may end one ends it. */
    static void quietly(Runnable round) {
        try {
            round.run();
        } catch (NodeUnavailable
                | NodeRefused
                | Refused
                | Fetch.Contradiction
                | Reader.ChainRestarted
                | Lease.Lost
                | DataAccessException
                | TransactionException e) {
            // begins anew from what is recorded
        } catch (IllegalStateException e) {
            if (!String.valueOf(e.getMessage()).contains("not waiting any more")) {
                throw e;
            }
        }
    }

    void step(SimulatedProcess process) {
        quietly(process::read);
        quietly(process::send);
    }

    void pass(Duration time) {
        passedMillis.addAndGet(time.toMillis());
    }

    /** As time does, only at once. */
    void expireLeases() {
        database().sql("UPDATE recorded.lease SET until = clock_timestamp()").update();
    }

    /** The same, but not where a process holds one in a transaction; whether none did. */
    boolean couldExpireLeases() {
        int expired =
                database()
                        .sql(
                                "UPDATE recorded.lease SET until = clock_timestamp() WHERE name IN"
                                        + " (SELECT name FROM recorded.lease FOR UPDATE SKIP LOCKED)")
                        .update();
        return expired
                == database()
                        .sql("SELECT count(*) FROM recorded.lease")
                        .query(Integer.class)
                        .single();
    }

    /** Whether some process has the right to send, and some to read. */
    boolean leased() {
        return database()
                        .sql("SELECT count(*) FROM recorded.lease WHERE until > clock_timestamp()")
                        .query(Integer.class)
                        .single()
                >= 2;
    }

    /**
     * Lets everything come to an end, and compares.
     *
     * @throws Violation if something is wrong
     */
    void rest(SimulatedProcess process) {
        for (int i = 0; !atRest(); i++) {
            if (i > DRAIN) {
                throw new Violation("Does not come to rest: " + unfinished());
            }
            if (i > 4) {
                pass(Duration.ofMillis(1_100));
            }
            step(process);
            if (i % 2 == 0) {
                chain.mine();
            }
        }
        reference.check(database(), wishes.values());
    }

    /** The chain replaces this many of its newest blocks; what was compared there is again. */
    void reorganise(int depth) {
        long height = chain.height();
        chain.reorganise(depth);
        reference.compareAgainFrom(height - depth);
    }

    private boolean atRest() {
        Node.Header head = chain.node().head();
        return database()
                .sql(
                        "SELECT NOT EXISTS (SELECT 1 FROM recorded.intent_now WHERE state IN ('WAITING',"
                                + " 'SENT', 'IN_BLOCK')) AND EXISTS (SELECT 1 FROM derived.cursor"
                                + " WHERE height = :height AND hash = :hash)")
                .param("height", head.number())
                .param("hash", head.hash().bytes())
                .query(Boolean.class)
                .single();
    }

    private String unfinished() {
        return database()
                        .sql(
                                "SELECT encode(id, 'hex') || ' ' || call || ' ' || state || ' ' ||"
                                        + " coalesce(nonce, -1) || ' ' || coalesce(forward_nonce, -1)"
                                        + " FROM recorded.intent_now WHERE state IN ('WAITING', 'SENT',"
                                        + " 'IN_BLOCK') LIMIT 5")
                        .query(String.class)
                        .list()
                + " slots "
                + database()
                        .sql("SELECT nonce || ' ' || state FROM recorded.slot WHERE state = 'OPEN'")
                        .query(String.class)
                        .list();
    }

    @Override
    public void close() {
        pool.close();
        chain.close();
    }
}
