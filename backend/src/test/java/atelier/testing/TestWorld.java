package atelier.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.MapPropertySource;

/**
 * Gives an application under test a database and a folder that nobody else uses; the chain it
 * starts itself, as the system property {@code atelier.test.node} says: {@code process}, {@code
 * container} or {@code anvil}.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class TestWorld
        implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("spring.datasource.url", TestDatabase.create());
        properties.put("atelier.data", Scratch.folder("data").toString());
        if (!context.getEnvironment().containsProperty("atelier.chain.rpc-url")) {
            properties.put("atelier.devnet", System.getProperty("atelier.test.node", "process"));
        }
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("test world", properties));
    }
}
