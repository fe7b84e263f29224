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
    private final NodeView view;

    MirrorHealthIndicator(Mirror mirror, NodeView view) {
        super("The mirror cannot be read");
        this.mirror = mirror;
        this.view = view;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        if (view.databaseIsAway()) {
            health.down().withDetail("state", NodeView.DATABASE);
        } else if (mirror.status().filter(MirrorStatus::caughtUp).isPresent()) {
            health.up();
        } else {
            health.outOfService().withDetail("state", "catching up");
        }
    }
}
