package atelier.chain;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Where everything fails on purpose, the pipeline's complaints say nothing. */
final class QuietPipeline implements BeforeAllCallback, AfterAllCallback {

    private static final Logger LOG = (Logger) LoggerFactory.getLogger("atelier.chain");

    private @Nullable Level before;

    @Override
    public void beforeAll(ExtensionContext tests) {
        before = LOG.getLevel();
        LOG.setLevel(Level.OFF);
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        LOG.setLevel(before);
    }
}
