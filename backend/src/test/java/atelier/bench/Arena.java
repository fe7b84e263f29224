package atelier.bench;

import atelier.Atelier;
import atelier.chain.Contracts;
import atelier.devnet.DevChain;
import atelier.rules.Rules;
import atelier.testing.Scratch;
import atelier.testing.TestDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationContextInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.ScheduledAnnotationBeanPostProcessor;
import org.springframework.scheduling.config.ScheduledTask;
import org.springframework.transaction.support.TransactionTemplate;

/** One chain, one database and the whole application on them, in this process. */
final class Arena implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private final Anvil chain;
    private final String databaseUrl;
    private final Path folder;
    private final SqlTap tap;
    private final ConfigurableApplicationContext application;

    private Arena(
            Anvil chain,
            String databaseUrl,
            Path folder,
            SqlTap tap,
            ConfigurableApplicationContext application) {
        this.chain = chain;
        this.databaseUrl = databaseUrl;
        this.folder = folder;
        this.tap = tap;
        this.application = application;
    }

    static Arena open() {
        Anvil chain = Anvil.start();
        String databaseUrl = TestDatabase.create();
        Path folder = Scratch.folder("bench");
        SqlTap tap = new SqlTap();
        ConfigurableApplicationContext application =
                new SpringApplicationBuilder(Atelier.class)
                        .initializers(context -> context.getBeanFactory().addBeanPostProcessor(tap))
                        .listeners(developmentChain())
                        .run(
                                Stream.concat(
                                                settings(chain, databaseUrl, folder).stream(),
                                                Stream.of("--server.port=0"))
                                        .toArray(String[]::new));
        Arena arena = new Arena(chain, databaseUrl, folder, tap, application);
        await(() -> arena.bean(Contracts.class).deployed() && arena.bean(Rules.class).known());
        return arena;
    }

    /** After the embedded start has looked: what it would say of a chain of its own. */
    static ApplicationListener<ApplicationContextInitializedEvent> developmentChain() {
        Map<String, Object> properties =
                Map.of(
                        "atelier.devnet",
                        "anvil",
                        "atelier.chain.confirmations",
                        "3",
                        "atelier.chain.faucet-key",
                        DevChain.accounts().getFirst().privateKey());
        return event ->
                event.getApplicationContext()
                        .getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource("bench", properties));
    }

    private static List<String> settings(Anvil chain, String databaseUrl, Path folder) {
        return List.of(
                "--atelier.data=" + folder,
                "--atelier.governance.seats-every=1d", // what is measured is what members ask for
                "--spring.datasource.url=" + databaseUrl,
                "--atelier.chain.rpc-url=" + chain.url());
    }

    /** What another process is told to run on the same. */
    List<String> settings() {
        return settings(chain, databaseUrl, folder);
    }

    static void await(BooleanSupplier done) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(done::getAsBoolean);
    }

    <T> T bean(Class<T> type) {
        return application.getBean(type);
    }

    Anvil chain() {
        return chain;
    }

    /** Where the application in this process listens. */
    URI web() {
        return URI.create(
                "http://localhost:"
                        + application.getEnvironment().getRequiredProperty("local.server.port"));
    }

    JdbcClient database() {
        return bean(JdbcClient.class);
    }

    TransactionTemplate transactions() {
        return bean(TransactionTemplate.class);
    }

    SqlTap tap() {
        return tap;
    }

    /** The database's JDBC address. */
    String address() {
        return databaseUrl;
    }

    /** A connection of one's own, past the pool. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(databaseUrl);
    }

    /**
     * What PostgreSQL does by itself within a minute, so that its plans are those of a community at
     * work.
     */
    void analyze() {
        database().sql("ANALYZE").update();
    }

    /** Ends the threads that send and read; commands are still accepted. */
    void rest() {
        application.getBean("pipeline", SmartLifecycle.class).stop();
    }

    void goOn() {
        application.getBean("pipeline", SmartLifecycle.class).start();
    }

    /** Ends every recurring task for good: what is in the mirror from now on is no chain's. */
    void still() {
        rest();
        bean(ScheduledAnnotationBeanPostProcessor.class)
                .getScheduledTasks()
                .forEach(ScheduledTask::cancel);
    }

    /** Lets others use the chain without our mirroring what they do meanwhile. */
    double without(DoubleSupplier others) {
        rest();
        try {
            return others.getAsDouble();
        } finally {
            goOn();
            long head = chain.height();
            await(() -> mirrored() >= head);
        }
    }

    /** The highest number an intent has: what is asked for from here on comes after it. */
    long mark() {
        return database()
                .sql("SELECT coalesce(max(number), 0) FROM recorded.progress")
                .query(Long.class)
                .single();
    }

    /** Sends and reads again, until nothing is on its way any more, however it ended. */
    void calm() {
        rest();
        goOn();
        await(() -> !any(0, "WAITING") && !any(0, "SENT"));
    }

    /** Waits until everything asked for since the mark is in a block and mirrored. */
    void settled(long mark) {
        await(() -> !any(mark, "WAITING") && !any(mark, "SENT"));
        List<String> failures =
                database()
                        .sql(
                                "SELECT kind || ' ' || failure_code || failure_values FROM"
                                        + " recorded.intent_now WHERE number > :mark AND state IN"
                                        + " ('FAILED', 'LOST') LIMIT 3")
                        .param("mark", mark)
                        .query((row, _) -> row.getString(1))
                        .list();
        if (!failures.isEmpty()) {
            throw new IllegalStateException("Not everything was executed: " + failures);
        }
    }

    /** Waits until everything asked for since the mark is in a block, mirrored or not. */
    void mined(long mark) {
        await(() -> !any(mark, "WAITING"));
        List<String> last =
                database()
                        .sql(
                                """
                                SELECT DISTINCT ON (relayer) '0x' || encode(hash, 'hex')
                                FROM recorded.attempt JOIN (
                                    SELECT DISTINCT era, relayer, nonce FROM recorded.progress
                                    WHERE number > :mark) packed USING (era, relayer, nonce)
                                ORDER BY relayer, nonce DESC
                                """)
                        .param("mark", mark)
                        .query((row, _) -> row.getString(1))
                        .list();
        await(() ->
                last.stream()
                        .noneMatch(
                                tx -> chain.rpc().call("eth_getTransactionReceipt", tx).isNull()));
    }

    private boolean any(long mark, String state) {
        return database()
                .sql(
                        "SELECT EXISTS (SELECT FROM recorded.progress WHERE number > :mark AND state ="
                                + " '%s')".formatted(state))
                .param("mark", mark)
                .query(Boolean.class)
                .single();
    }

    long mirrored() {
        return database()
                .sql("SELECT coalesce(max(height), -1) FROM derived.cursor")
                .query(Long.class)
                .single();
    }

    /** Whether no index waits to be built. */
    boolean indexed() {
        return database()
                .sql("SELECT NOT EXISTS (SELECT FROM derived.postponed_index)")
                .query(Boolean.class)
                .single();
    }

    /** Throws the mirror away; only while nobody reads. */
    void forget() {
        List<String> tables =
                database()
                        .sql(
                                "SELECT 'derived.' || tablename FROM pg_tables WHERE schemaname ="
                                        + " 'derived' AND tablename <> 'flyway_schema_history'")
                        .query((row, _) -> row.getString(1))
                        .list();
        database().sql("TRUNCATE " + String.join(", ", tables)).update();
    }

    /** Processor seconds of this process, the database and the node. */
    record Spent(double own, double database, double node) {

        static final Spent NOTHING = new Spent(0, 0, 0);

        Spent since(Spent before) {
            return new Spent(own - before.own, database - before.database, node - before.node);
        }

        Spent and(Spent more) {
            return new Spent(own + more.own, database + more.database, node + more.node);
        }
    }

    /** What all of us have used so far. */
    Spent spent() {
        return new Spent(Cpu.own(), databaseCpu(), chain.cpuSeconds());
    }

    /** Processor time that the database's server has used. */
    double databaseCpu() {
        long backend = database().sql("SELECT pg_backend_pid()").query(Long.class).single();
        long server = ProcessHandle.of(backend).orElseThrow().parent().orElseThrow().pid();
        return Cpu.withChildren(server);
    }

    @Override
    public void close() {
        application.close();
        chain.close();
    }
}
