package atelier.chain;

import atelier.testing.TestDatabase;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The store of a community: PostgreSQL. */
class SqlStoreTests extends StoreFacts {

    private static DriverManagerDataSource database;

    @BeforeAll
    static void migrate() {
        database = new DriverManagerDataSource(TestDatabase.create());
        for (String schema : List.of("recorded", "derived")) {
            Flyway.configure()
                    .dataSource(database)
                    .schemas(schema)
                    .defaultSchema(schema)
                    .locations("classpath:db/" + schema)
                    .outOfOrder(true)
                    .load()
                    .migrate();
        }
    }

    @AfterAll
    static void forget() {
        database = new DriverManagerDataSource();
    }

    @Override
    Ports fresh() {
        JdbcTemplate template = new JdbcTemplate(database);
        JdbcClient client = JdbcClient.create(template);
        client.sql(
                        "TRUNCATE recorded.era, recorded.slot, recorded.attempt, recorded.intent, recorded.progress,"
                                + " recorded.lease, recorded.execution, derived.block, derived.log, derived.cursor"
                                + " CASCADE")
                .update();
        TransactionTemplate transactions =
                new TransactionTemplate(new JdbcTransactionManager(database));
        Intents intents =
                new Intents(
                        client,
                        Clock.systemUTC(),
                        new Wakeups(new SqlNotices(client)),
                        new Simulation(
                                new Contracts(SimulatedProcess.NO_VIEWS),
                                new RpcNode(SimulatedProcess.NO_RPC),
                                new ContractErrors()));
        return new Ports(
                new SqlSlots(client),
                new SqlIntentStore(client),
                new SqlExecutions(client),
                new SqlMirrorTables(client, template),
                new SqlEraTable(client),
                new SqlLeaseTable(client),
                transactions,
                (key, owner, call, deadline) ->
                        Objects.requireNonNull(
                                        transactions.execute(_ ->
                                                intents.submit(
                                                        new IntentRequest(
                                                                owner,
                                                                "test",
                                                                key,
                                                                call,
                                                                null,
                                                                IntentRequest.hashOf(key),
                                                                deadline,
                                                                null))))
                                .id());
    }
}
