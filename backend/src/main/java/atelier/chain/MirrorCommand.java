package atelier.chain;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * {@code mirror verify} and {@code mirror rebuild} at the terminal, beside a running application or
 * without one. Exits 0 if mirror and chain agree, 1 if not, 2 if that could not be found out.
 */
@SuppressWarnings("SystemOut")
public final class MirrorCommand {

    /** The first argument that means this command. */
    public static final String NAME = "mirror";

    private static final int AGREES = 0;
    private static final int DIFFERS = 1;
    private static final int UNKNOWN = 2;
    private static final String USAGE = "Usage: mirror verify | mirror rebuild [--setting=value …]";

    private MirrorCommand() {}

    /**
     * What stands between settings and the second mirror: nothing of the application but its
     * projections, which find their SQL said of the second schema.
     */
    @Import({
        ChainConfiguration.class,
        DeploymentRows.class,
        Eras.class,
        Fetch.class,
        FetchAhead.class,
        SqlEraTable.class,
        SqlMirrorTables.class
    })
    @ImportAutoConfiguration(DataSourceAutoConfiguration.class)
    @ComponentScan(
            basePackages = "atelier",
            useDefaultFilters = false,
            includeFilters =
                    @ComponentScan.Filter(
                            type = FilterType.ASSIGNABLE_TYPE,
                            classes = Projection.class))
    static class Parts {

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        JdbcTemplate freshTables(DataSource database) {
            return new JdbcTemplate(new OtherSchema(database, MirrorCheck.FRESH));
        }

        @Bean
        JdbcClient freshRows(JdbcTemplate fresh) {
            return JdbcClient.create(fresh);
        }

        @Bean
        TransactionTemplate freshTransactions(DataSource database, JdbcTemplate fresh) {
            DataSource same = fresh.getDataSource();
            return new TransactionTemplate(
                    new JdbcTransactionManager(same == null ? database : same));
        }
    }

    /**
     * Does what the arguments say.
     *
     * @param arguments {@code mirror}, what to do, and settings as the application takes them
     * @return the exit code
     */
    public static int run(String... arguments) {
        String what = arguments.length > 1 ? arguments[1] : "";
        if (!List.of("verify", "rebuild").contains(what)) {
            System.err.println(USAGE);
            return UNKNOWN;
        }
        String[] settings =
                Stream.concat(
                                Arrays.stream(arguments).skip(2),
                                // A table is hashed at once, however long that takes.
                                Stream.of(
                                        "--spring.datasource.hikari.data-source-properties"
                                                + ".socketTimeout=0"))
                        .toArray(String[]::new);
        SpringApplication application = new SpringApplication(Parts.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setLogStartupInfo(false);
        application.setDefaultProperties(Map.of("atelier.beside", "true"));
        try (ConfigurableApplicationContext context = application.run(settings)) {
            return carryOut(what, context);
        } catch (MirrorCheck.Trouble
                | NodeUnavailable
                | NodeRefused
                | ChainRefused
                | Fetch.Contradiction e) {
            System.err.println(e.getMessage());
        } catch (SQLException | DataAccessException | TransactionException e) {
            System.err.println("The database does not answer as it should: " + e.getMessage());
        }
        return UNKNOWN;
    }

    private static int carryOut(String what, ConfigurableApplicationContext context)
            throws SQLException {
        DataSource database = context.getBean(DataSource.class);
        try (Connection alone = database.getConnection()) {
            requireAlone(alone);
            MirrorCheck check =
                    new MirrorCheck(database, fresh(context, database), System.out::println);
            check.clear();
            try {
                migrate(context);
                if (what.equals("rebuild")) {
                    check.rebuild();
                    return AGREES;
                }
                return check.verify() ? AGREES : DIFFERS;
            } finally {
                check.clear();
            }
        }
    }

    private static FreshMirror fresh(ConfigurableApplicationContext context, DataSource database)
            throws SQLException {
        requireApplication(database);
        Eras eras = context.getBean(Eras.class);
        Era era = eras.recorded().orElseThrow(MirrorCheck::empty);
        if (!eras.stillIn(era)) {
            throw new MirrorCheck.Trouble(
                    "The node is on another chain than the database. Name a node of that chain in"
                            + " atelier.chain.rpc-url, or start the application there once.");
        }
        MirrorTables tables = context.getBean(MirrorTables.class);
        List<Projection> projections =
                context.getBeanProvider(Projection.class).orderedStream().toList();
        return new FreshMirror(
                context.getBean(Node.class),
                context.getBean(Ranges.class),
                tables,
                new MirrorWriter(tables, projections),
                context.getBean(TransactionTemplate.class),
                era,
                context.getBean(DeploymentRows.class).scope(era).orElseThrow(MirrorCheck::empty));
    }

    private static void migrate(ConfigurableApplicationContext context) {
        Flyway.configure()
                .dataSource(context.getBean(JdbcTemplate.class).getDataSource())
                .schemas(MirrorCheck.FRESH)
                .defaultSchema(MirrorCheck.FRESH)
                .locations("classpath:db/derived")
                .outOfOrder(true)
                .load()
                .migrate();
    }

    /** The lock is the connection's, and goes with it. */
    private static void requireAlone(Connection connection) throws SQLException {
        if (!yes(connection, "SELECT pg_try_advisory_lock(hashtext('atelier mirror'))")) {
            throw new MirrorCheck.Trouble(
                    "Another mirror command is at work on this database. Wait until it has ended.");
        }
    }

    private static void requireApplication(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            if (!yes(
                    connection,
                    "SELECT to_regclass('recorded.era') IS NOT NULL AND"
                            + " to_regclass('derived.cursor') IS NOT NULL")) {
                throw MirrorCheck.empty();
            }
        }
    }

    private static boolean yes(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            return row.next() && row.getBoolean(1);
        }
    }
}
