package atelier.ledger;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Whether the mirror is right, as far as has been looked; pages are shown either way. */
@Component
class LedgerHealthIndicator extends AbstractHealthIndicator {

    private final Reconciler reconciler;

    LedgerHealthIndicator(Reconciler reconciler) {
        super("The ledger cannot be asked");
        this.reconciler = reconciler;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Reconciliation found = reconciler.latest();
        health.status(found.sound() ? "UP" : "DOWN")
                .withDetail("differences", found.differences().size())
                .withDetail("uneven", found.uneven().stream().map(AssetProof::asset).toList());
    }
}
