package atelier.demo;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;

/**
 * Before the application starts: where no database or no chain is named, starts one of our own, and
 * stops it after everything that uses it has stopped.
 */
@Order(Ordered.LOWEST_PRECEDENCE)
final class EmbeddedWorld implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String DATABASE_URL = "spring.datasource.url";
    private static final String DATABASE_CLASS =
            "io.zonky.test.db.postgres.embedded.EmbeddedPostgres";
    private static final String RPC_URL = "atelier.chain.rpc-url";
    private static final String SEED = "atelier.demo.seed";
    private static final String DEVNET = "atelier.devnet";

    /** A command that works beside a running Atelier, on the same embedded parts. */
    private static final String BESIDE = "atelier.beside";

    private static final String CHAIN_CLASS = "atelier.devnet.DevChain";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        boolean database = !environment.containsProperty(DATABASE_URL);
        boolean chain = !environment.containsProperty(RPC_URL);
        require(
                !database || present(DATABASE_CLASS, context),
                "No database is named, and this build carries none of its own.",
                "Set spring.datasource.url, spring.datasource.username and"
                        + " spring.datasource.password to a PostgreSQL database.");
        require(
                !chain || present(CHAIN_CLASS, context),
                "No chain is named, and this build carries none of its own.",
                "Set atelier.chain.rpc-url to the JSON-RPC address of an Ethereum-compatible node.");
        require(
                chain || !environment.containsProperty(DEVNET),
                "Both atelier.chain.rpc-url and atelier.devnet are set.",
                "Name the chain that exists, or have a development chain started, not both.");
        require(
                (database && chain) || !environment.getProperty(SEED, Boolean.class, false),
                "The demo is seeded into the embedded database and chain only.",
                "Leave out atelier.demo.seed, or leave out database and chain as well.");
        if (!database && !chain) {
            return;
        }
        Path path = Path.of(environment.getProperty("atelier.data", ".atelier"));
        if (environment.getProperty(BESIDE, Boolean.class, false)) {
            Map<String, Object> running = DataFolder.published(path);
            if (!running.isEmpty()) {
                environment.getPropertySources().addLast(new MapPropertySource("beside", running));
                return;
            }
        }
        DataFolder folder = DataFolder.open(path);
        closeLast(context, "dataFolder", folder::close);

        Map<String, Object> properties = new LinkedHashMap<>();
        if (chain) {
            Progress.say("Starting the chain");
            EmbeddedChain node = EmbeddedChain.start(folder.resolve("chain"), mode(environment));
            closeLast(context, "embeddedChain", node::close);
            Progress.say("The chain answers at " + node.rpcUrl());
            properties.putAll(node.properties());
        }
        if (database) {
            Progress.say("Starting the database");
            EmbeddedDatabase server = EmbeddedDatabase.start(folder.resolve("postgres"));
            closeLast(context, "embeddedDatabase", server::close);
            properties.put(DATABASE_URL, server.jdbcUrl());
        }
        folder.publish(addresses(properties));
        properties.put(SEED, database && chain);
        environment.getPropertySources().addLast(new MapPropertySource("embedded", properties));
    }

    private static Map<String, Object> addresses(Map<String, Object> properties) {
        Map<String, Object> addresses = new LinkedHashMap<>(properties);
        addresses.keySet().retainAll(Set.of(DATABASE_URL, RPC_URL));
        return addresses;
    }

    private static void require(boolean holds, String what, String remedy) {
        if (!holds) {
            throw new StartRefused(what, remedy);
        }
    }

    private static boolean present(String type, ConfigurableApplicationContext context) {
        return ClassUtils.isPresent(type, context.getClassLoader());
    }

    private static String mode(ConfigurableEnvironment environment) {
        return environment.getProperty(DEVNET, "process");
    }

    /** Beans are destroyed in reverse order of registration, and nothing is registered earlier. */
    private static void closeLast(
            ConfigurableApplicationContext context, String name, DisposableBean close) {
        ((DefaultListableBeanFactory) context.getBeanFactory()).registerDisposableBean(name, close);
    }
}
