package atelier.chain;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.kernel.MemberId;
import atelier.testing.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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
        TransactionTemplate transactions = transactions();
        Intents intents = intents(client);
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
                                                        request(owner, key, call, deadline))))
                                .id());
    }

    private static TransactionTemplate transactions() {
        return new TransactionTemplate(new JdbcTransactionManager(database));
    }

    private static Intents intents(JdbcClient client) {
        return new Intents(
                client,
                Clock.systemUTC(),
                new Wakeups(new SqlNotices(client)),
                new Simulation(
                        new Contracts(SimulatedProcess.NO_VIEWS),
                        new RpcNode(SimulatedProcess.NO_RPC),
                        new ContractErrors()));
    }

    private static IntentRequest request(
            @Nullable MemberId owner, String key, Call call, Instant deadline) {
        return new IntentRequest(
                owner, "test", key, call, null, IntentRequest.hashOf(key), deadline, null);
    }

    /** What a member was promised second may cost what the first has left. */
    @Test
    void numbersIntentsAsTheyWereAskedFor() {
        Ports ports = fresh();
        Instant deadline = Instant.now().plusSeconds(900);
        List<IntentRequest> asked =
                IntStream.range(0, 40)
                        .mapToObj(i -> request(member(), "nth " + i, call(), deadline))
                        .toList();

        transactions()
                .executeWithoutResult(_ -> intents(JdbcClient.create(database)).submitNew(asked));

        assertThat(ports.intents().oldest(List.of("ISSUE"), IntentStore.Share.ALL, 100))
                .extracting(IntentStore.Waiting::id)
                .containsExactlyElementsOf(
                        asked.stream()
                                .map(one -> IntentIds.of(one.kind(), one.businessKey()))
                                .toList());
    }
}
