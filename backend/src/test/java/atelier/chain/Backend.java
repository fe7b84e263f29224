package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import atelier.kernel.TokenAmount;
import atelier.vault.Vault;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.type.filter.RegexPatternTypeFilter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Vault and chain alone, without web and features: an application that starts and stops quickly.
 */
final class Backend implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofSeconds(90);

    private final AnnotationConfigApplicationContext context;

    private Backend(AnnotationConfigApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts on a chain and a database, until the contracts are deployed; what is set here
     * overrides what tests usually set.
     */
    static Backend start(
            String rpcUrl, String databaseUrl, Path data, Faults faults, Map<String, Object> more) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("test.database", databaseUrl);
        properties.put("atelier.data", data.toString());
        properties.put("atelier.devnet", "process");
        properties.put("atelier.public-url", "http://localhost");
        properties.put("atelier.chain.rpc-url", rpcUrl);
        properties.put("atelier.chain.confirmations", "3");
        properties.put(
                "atelier.chain.faucet-key",
                atelier.devnet.DevChain.accounts().getFirst().privateKey());
        properties.put("atelier.chain.resend-after", "1s");
        properties.put("atelier.chain.after-trouble", "50ms");
        properties.put("atelier.chain.lease", "2s");
        properties.putAll(more);
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("test", properties));
        context.getBeanFactory().setConversionService(new ApplicationConversionService());
        context.registerBean("faults", Faults.class, () -> faults);
        context.register(Base.class);
        ClassPathBeanDefinitionScanner scanner = new ClassPathBeanDefinitionScanner(context);
        scanner.addExcludeFilter(
                new RegexPatternTypeFilter(
                        java.util.regex.Pattern.compile("atelier\\.chain\\.web\\..*")));
        scanner.addExcludeFilter(
                new RegexPatternTypeFilter(
                        java.util.regex.Pattern.compile(".*Tests?(\\$.*)?|.*\\$Base|.*Faults.*")));
        scanner.scan("atelier.vault", "atelier.chain");
        context.refresh();
        Backend backend = new Backend(context);
        Awaitility.await().atMost(LONGEST).until(() -> backend.bean(Contracts.class).deployed());
        return backend;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    JdbcClient database() {
        return bean(JdbcClient.class);
    }

    /** Submits in a transaction of its own, as a feature does with its rows. */
    Intent submit(IntentRequest request) {
        return java.util.Objects.requireNonNull(
                bean(TransactionTemplate.class).execute(_ -> bean(Intents.class).submit(request)));
    }

    Member join() {
        MemberId id = new MemberId(UUID.randomUUID());
        Address account =
                java.util.Objects.requireNonNull(
                        bean(TransactionTemplate.class)
                                .execute(_ -> bean(Vault.class).create(id.toString())));
        return new Member(id, account);
    }

    Intent issue(Member to, long units) {
        String key = UUID.randomUUID().toString();
        return submit(
                new IntentRequest(
                        to.id(),
                        "test.issue",
                        key,
                        new Call.Issue(to.account(), TokenAmount.ofUnits(units)),
                        null,
                        IntentRequest.hashOf(key),
                        Instant.now().plusSeconds(600),
                        null));
    }

    Intent transfer(Member from, Address to, long units) {
        String key = UUID.randomUUID().toString();
        return submit(transferRequest(from, to, units, key));
    }

    IntentRequest transferRequest(Member from, Address to, long units, String key) {
        return new IntentRequest(
                from.id(),
                "test.transfer",
                key,
                new Call.Forward(
                        from.account(),
                        ContractKind.POINTS,
                        atelier.kernel.Bytes.parse(
                                bean(Contracts.class)
                                        .points()
                                        .transfer(
                                                to.toString(), java.math.BigInteger.valueOf(units))
                                        .encodeFunctionCall())),
                null,
                IntentRequest.hashOf(key),
                Instant.now().plusSeconds(600),
                null);
    }

    IntentState state(IntentId id) {
        return bean(Intents.class).find(id).orElseThrow().state();
    }

    IntentState await(Intent intent, Predicate<IntentState> wanted) {
        return Awaitility.await()
                .atMost(LONGEST)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> state(intent.id()), wanted);
    }

    IntentState awaitFinal(Intent intent) {
        return await(intent, state -> !state.open());
    }

    long points(Address account) throws Exception {
        return bean(Contracts.class).points().balanceOf(account.toString()).send().longValueExact();
    }

    @Override
    public void close() {
        context.close();
    }

    /** Someone with a key in the vault. */
    record Member(MemberId id, Address account) {}

    @TestConfiguration
    @EnableTransactionManagement
    static class Base {

        @Bean(destroyMethod = "close")
        HikariDataSource dataSource(
                @org.springframework.beans.factory.annotation.Value("${test.database}")
                        String url) {
            HikariDataSource dataSource = new HikariDataSource();
            dataSource.setJdbcUrl(url);
            dataSource.setMaximumPoolSize(8);
            for (String schema : List.of("recorded", "derived")) {
                Flyway.configure()
                        .dataSource(dataSource)
                        .schemas(schema)
                        .defaultSchema(schema)
                        .locations("classpath:db/" + schema)
                        .outOfOrder(true)
                        .load()
                        .migrate();
            }
            return dataSource;
        }

        @Bean
        PlatformTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean
        TransactionTemplate transactionTemplate(PlatformTransactionManager manager) {
            return new TransactionTemplate(manager);
        }

        @Bean
        JdbcTemplate jdbcTemplate(DataSource dataSource) {
            return new JdbcTemplate(dataSource);
        }

        @Bean
        JdbcClient jdbcClient(JdbcTemplate template) {
            return JdbcClient.create(template);
        }

        @Bean
        Recorder recorder() {
            return new Recorder();
        }

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        @org.springframework.context.annotation.Primary
        Broadcaster faultyBroadcaster(Node node, Faults faults) {
            return raw -> faults.broadcast(raw, node::broadcast);
        }
    }

    /** Remembers what a projection was told. */
    static final class Recorder implements Projection {

        private final List<Long> reverted =
                java.util.Collections.synchronizedList(new java.util.ArrayList<>());

        @Override
        public void apply(ContractLogs logs) {}

        @Override
        public void revert(long fromBlock) {
            reverted.add(fromBlock);
        }

        /** The blocks from which something was taken back. */
        List<Long> reverted() {
            return List.copyOf(reverted);
        }
    }
}
