package atelier.demo;

import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Seeds the demo beside the running application, and says when it is done and how to sign in. */
@Component
@ConditionalOnBooleanProperty("atelier.demo.seed")
class DemoSeed {

    private static final Logger LOG = LoggerFactory.getLogger(DemoSeed.class);

    private final Seeding seeding;
    private final Path folder;
    private final Thread thread;

    DemoSeed(Seeding seeding, @Value("${atelier.data}") Path folder) {
        this.seeding = seeding;
        this.folder = folder;
        this.thread = Thread.ofVirtual().name("demo-seed").unstarted(this::seed);
    }

    @EventListener
    void start(ApplicationReadyEvent ready) {
        thread.start();
    }

    @EventListener
    void stop(ContextClosedEvent closing) throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    private void seed() {
        SignIns signIns =
                SignIns.in(folder, Community.PEOPLE.stream().map(Community.Person::email).toList());
        try {
            seeding.run(signIns);
            Progress.say("The painting school is open; its sign-ins lie in " + signIns.file());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("The seeding stopped and goes on at the next start: {}", e.getMessage());
        }
    }
}
