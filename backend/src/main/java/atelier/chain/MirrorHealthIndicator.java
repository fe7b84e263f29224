package atelier.chain;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/**
 * Whether pages may be shown: not before the mirror holds every block that was known at the start.
 * A node that goes away later does not take the pages with it.
 */
@Component
class MirrorHealthIndicator extends AbstractHealthIndicator {

    private final Mirror mirror;

    MirrorHealthIndicator(Mirror mirror) {
        super("The mirror cannot be read");
        this.mirror = mirror;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        if (mirror.status().filter(MirrorStatus::caughtUp).isPresent()) {
            health.up();
        } else {
            health.outOfService().withDetail("state", "catching up");
        }
    }
}
