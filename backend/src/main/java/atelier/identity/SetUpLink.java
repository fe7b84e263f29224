package atelier.identity;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Prints the set-up link at a start that finds no admin and seeds none. */
@Component
@ConditionalOnProperty(name = "atelier.demo.seed", havingValue = "false", matchIfMissing = true)
class SetUpLink implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(SetUpLink.class);

    private final SetUp setUp;
    private final String publicUrl;

    SetUpLink(SetUp setUp, @Value("${atelier.public-url:http://localhost:8080}") String publicUrl) {
        this.setUp = setUp;
        this.publicUrl = publicUrl;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (setUp.isDue()) {
            log.info(
                    "Nobody is admin yet. Open this link within a day to become it; it works once:"
                            + " {}/set-up?token={}",
                    publicUrl,
                    setUp.newLink());
        }
    }
}
