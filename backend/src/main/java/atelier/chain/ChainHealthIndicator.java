package atelier.chain;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Whether the node answers and the mirror follows it. */
@Component
class ChainHealthIndicator extends AbstractHealthIndicator {

    private final NodeView view;
    private final Mirror mirror;

    ChainHealthIndicator(NodeView view, Mirror mirror) {
        super("The mirror cannot be read");
        this.view = view;
        this.mirror = mirror;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        String trouble = view.trouble();
        if (trouble == null) {
            health.up();
        } else {
            health.down().withDetail("trouble", trouble);
        }
        if (view.databaseIsAway()) {
            return;
        }
        mirror.status()
                .ifPresent(status ->
                        health.withDetail("head", status.nodeHead())
                                .withDetail("mirrored", status.height())
                                .withDetail("lag", status.lag()));
    }
}
