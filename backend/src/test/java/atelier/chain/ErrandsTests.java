package atelier.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import atelier.chain.Errands.Errand;
import atelier.kernel.Refused;
import atelier.testing.HandClock;
import atelier.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What is sent for everybody is sent once, on a real PostgreSQL. */
class ErrandsTests {

    private static final Errand CLOSING = new Errand("test.close", "7", null, "/7");
    private static final Call CALL = new Call.Direct(ContractKind.PROFIT_SHARE, new byte[4]);

    private final HandClock clock = new HandClock(Instant.parse("2026-01-01T00:00:00Z"));
    private DriverManagerDataSource database = new DriverManagerDataSource();
    private JdbcClient jdbc = JdbcClient.create(database);

    @BeforeEach
    void begin() {
        migrateTo("latest");
        for (int era : List.of(1, 2)) {
            begin(era);
        }
        jdbc.sql("INSERT INTO derived.cursor VALUES (true, 1, 0, 9, :hash)")
                .param("hash", new byte[32])
                .update();
    }

    @Test
    void isSentOnceThoughTwoProcessesLookAtTheSameTime() throws Exception {
        AtomicInteger made = new AtomicInteger();
        CountDownLatch decided = new CountDownLatch(1);
        try (ExecutorService processes = Executors.newFixedThreadPool(2)) {
            Future<Intent> first =
                    processes.submit(() ->
                            send(() -> {
                                made.incrementAndGet();
                                decided.countDown();
                                await().until(this::somebodyWaits);
                                return CALL;
                            }));
            decided.await();
            Future<Intent> second =
                    processes.submit(() ->
                            send(() -> {
                                made.incrementAndGet();
                                return CALL;
                            }));

            assertThat(second.get().id()).isEqualTo(first.get().id());
        }
        assertThat(made).hasValue(1);
        assertThat(written()).containsExactly("test.close 1/7 1");
    }

    @Test
    void isSentAgainAfterTwiceThePauseWhenItCameToNothing() {
        Intent first = send();
        fail(first);
        assertThat(process().trouble("test.close", "7"))
                .hasValueSatisfying(why -> assertThat(why.code()).isEqualTo("test.failed"));

        Intent second = sentAgainAfter(Duration.ofSeconds(20), first);
        assertThat(process().trouble("test.close", "7")).isEmpty();
        fail(second);
        Intent third = sentAgainAfter(Duration.ofSeconds(40), second);
        lose(third);
        sentAgainAfter(Duration.ofSeconds(80), third);

        assertThat(written())
                .containsExactly(
                        "test.close 1/7 1",
                        "test.close 1/7 2",
                        "test.close 1/7 3",
                        "test.close 1/7 4");
    }

    @Test
    void isNeverSentAgainOnceItWasExecuted() {
        Intent sent = send();
        execute(sent);
        clock.pass(Duration.ofDays(100));
        assertThat(send().id()).isEqualTo(sent.id());

        new Finality(jdbc).raise(1, 9);
        assertThat(send().state()).isInstanceOf(IntentState.Final.class);
        assertThat(written()).hasSize(1);
    }

    @Test
    void isSentOnceForEachSubject() {
        Intent seven = send();
        Intent eight = send(new Errand("test.close", "8", null, "/8"), () -> CALL);

        assertThat(process().findAll("test.close", List.of("6", "7", "8")))
                .containsOnlyKeys("7", "8")
                .containsEntry("7", seven)
                .containsEntry("8", eight);
        assertThat(process().find("test.open", "7")).isEmpty();
    }

    @Test
    void isSentAnewOnAChainThatStartsAnew() {
        Intent old = send();
        execute(old);
        jdbc.sql("UPDATE derived.cursor SET era = 2").update();

        assertThat(process().find("test.close", "7")).isEmpty();
        assertThat(send().id()).isNotEqualTo(old.id());
    }

    @Test
    void goesOnFromWhatWasWrittenDownElsewhere() {
        migrateTo("174");
        begin(1);
        begin(2);
        jdbc.sql(
                        """
                        INSERT INTO recorded.progress (id, number, deadline, call, state, era)
                        VALUES (decode(repeat('01', 32), 'hex'), 1, now(), 'DIRECT', 'LOST', 1);
                        INSERT INTO recorded.proposal_errand VALUES
                            (57896044618658097711785492504343953926634992332820282019728792003956564819968,
                             'queue', 1, decode(repeat('01', 32), 'hex'), now()),
                            (57896044618658097711785492504343953926634992332820282019728792003956564819968,
                             'queue', 2, decode(repeat('02', 32), 'hex'), now());
                        INSERT INTO recorded.operation_try VALUES
                            (decode(repeat('ab', 32), 'hex'), 12, 3, decode(repeat('03', 32), 'hex'), now());
                        INSERT INTO recorded.seat_request (member, account, asked, tries, intent, next_try)
                        VALUES ('00000000-0000-0000-0000-000000000001', decode(repeat('0c', 20), 'hex'),
                                '1970-01-01T00:00:01.000002Z', 4, decode(repeat('04', 32), 'hex'), now()),
                            ('00000000-0000-0000-0000-000000000002', decode(repeat('0d', 20), 'hex'),
                                now(), 0, NULL, now());
                        """)
                .update();
        migrate("recorded", "latest");

        assertThat(written())
                .containsExactly(
                        "council.queue 1/57896044618658097711785492504343953926634992332820282019728792003956564819968 1",
                        "council.queue 2/57896044618658097711785492504343953926634992332820282019728792003956564819968 2",
                        "governance.execute 2/0x%s@12 3".formatted("ab".repeat(32)),
                        "governance.seat 2/00000000-0000-0000-0000-000000000001@1000002 4");
        assertThat(
                        jdbc.sql("SELECT sent FROM recorded.seat_request ORDER BY member")
                                .query(Boolean.class)
                                .list())
                .containsExactly(true, false);
    }

    private Intent sentAgainAfter(Duration pause, Intent failed) {
        clock.pass(pause);
        assertThat(send().id()).isEqualTo(failed.id());
        clock.pass(Duration.ofSeconds(1));
        Intent next = send();
        assertThat(next.id()).isNotEqualTo(failed.id());
        assertThat(send().id()).isEqualTo(next.id());
        return next;
    }

    private Intent send() {
        return send(() -> CALL);
    }

    private Intent send(Supplier<Call> call) {
        return send(CLOSING, call);
    }

    /**
     * As a process would that has just started: it shares the database with others, and nothing
     * else.
     */
    private Intent send(Errand errand, Supplier<Call> call) {
        return Objects.requireNonNull(
                new TransactionTemplate(new JdbcTransactionManager(database))
                        .execute(_ -> process().send(errand, call)));
    }

    private Errands process() {
        Simulation simulation =
                new Simulation(
                        new Contracts(SimulatedProcess.NO_VIEWS),
                        new RpcNode(SimulatedProcess.NO_RPC),
                        new ContractErrors());
        Wakeups wakeups = new Wakeups(new SqlNotices(jdbc));
        return new Errands(jdbc, new Intents(jdbc, clock, wakeups, simulation), clock);
    }

    private boolean somebodyWaits() {
        return jdbc.sql(
                        """
                        SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database
                            WHERE d.datname = current_database() AND l.locktype = 'advisory'
                                AND NOT l.granted)
                        """)
                .query(Boolean.class)
                .single();
    }

    private void fail(Intent intent) {
        new SqlIntentStore(jdbc).refuse(intent.id(), Refused.conflict("test.failed"));
    }

    private void lose(Intent intent) {
        change(intent, "state = 'LOST', era = 1");
    }

    private void execute(Intent intent) {
        change(intent, "state = 'IN_BLOCK', era = 1, block = 9, tx = id");
    }

    private void change(Intent intent, String change) {
        jdbc.sql("UPDATE recorded.progress SET %s WHERE id = :id".formatted(change))
                .param("id", intent.id().hash().bytes())
                .update();
    }

    private List<String> written() {
        return jdbc.sql(
                        """
                        SELECT kind || ' ' || subject || ' ' || attempt FROM recorded.errand
                        ORDER BY kind, subject, attempt
                        """)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private void begin(int era) {
        jdbc.sql("INSERT INTO recorded.era VALUES (:era, 31337, :genesis, NULL, now())")
                .param("era", era)
                .param("genesis", new byte[32])
                .update();
    }

    private void migrateTo(String version) {
        database = new DriverManagerDataSource(TestDatabase.create());
        jdbc = JdbcClient.create(database);
        migrate("recorded", version);
        migrate("derived", version);
    }

    private void migrate(String schema, String version) {
        Flyway.configure()
                .dataSource(database)
                .schemas(schema)
                .defaultSchema(schema)
                .locations("classpath:db/" + schema)
                .target(version)
                .load()
                .migrate();
    }
}
