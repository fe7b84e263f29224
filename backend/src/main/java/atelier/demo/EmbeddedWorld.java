package atelier.demo;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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
 * Before the application starts: where no database is named, starts one of our own; stops it after
 * everything that uses it has stopped.
 */
@Order(Ordered.LOWEST_PRECEDENCE)
final class EmbeddedWorld implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String DATABASE_URL = "spring.datasource.url";
    private static final String DATABASE_CLASS =
            "io.zonky.test.db.postgres.embedded.EmbeddedPostgres";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        if (environment.containsProperty(DATABASE_URL)) {
            return;
        }
        if (!ClassUtils.isPresent(DATABASE_CLASS, context.getClassLoader())) {
            throw new StartRefused(
                    "No database is named, and this build carries none of its own.",
                    "Set spring.datasource.url, spring.datasource.username and"
                            + " spring.datasource.password to a PostgreSQL database.");
        }
        DataFolder folder =
                DataFolder.open(Path.of(environment.getProperty("atelier.data", ".atelier")));
        closeLast(context, "dataFolder", folder::close);

        Map<String, Object> properties = new LinkedHashMap<>();
        Progress.say("Starting the database");
        EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("postgres"));
        closeLast(context, "embeddedDatabase", database::close);
        properties.put(DATABASE_URL, database.jdbcUrl());
        environment.getPropertySources().addFirst(new MapPropertySource("embedded", properties));
    }

    /** Beans are destroyed in reverse order of registration, and nothing is registered earlier. */
    private static void closeLast(
            ConfigurableApplicationContext context, String name, DisposableBean close) {
        ((DefaultListableBeanFactory) context.getBeanFactory()).registerDisposableBean(name, close);
    }
}
