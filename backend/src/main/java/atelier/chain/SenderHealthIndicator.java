package atelier.chain;

import java.math.BigInteger;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether intents can leave: contracts deployed, a process that sends, a relayer that can pay. */
@Component
class SenderHealthIndicator extends AbstractHealthIndicator {

    private final Contracts contracts;
    private final Funding funding;
    private final NodeView view;
    private final JdbcClient database;
    private final SealedBoot boot;

    SenderHealthIndicator(
            Contracts contracts,
            Funding funding,
            NodeView view,
            JdbcClient database,
            SealedBoot boot) {
        super("The sender cannot be asked");
        this.contracts = contracts;
        this.funding = funding;
        this.view = view;
        this.database = database;
        this.boot = boot;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        if (!contracts.deployed()) {
            health.outOfService().withDetail("state", "deploying");
            funding.needs().ifPresent(needs -> health.withDetail("waitingFor", needs));
            return;
        }
        String trouble = view.trouble();
        if (trouble != null) {
            health.down().withDetail("state", trouble);
            return; // asking here as well would make the health page as slow as what is in trouble
        }
        BigInteger runway = funding.runway(contracts.get().relayer());
        boolean pays = runway.compareTo(Gas.MAX) >= 0;
        boolean held = leaseHeld();
        health.status(pays && held ? "UP" : "DOWN")
                .withDetail("gas", runway)
                .withDetail("lease", held);
        boot.waits().ifPresent(waits -> health.withDetail("sealed", waits));
    }

    private boolean leaseHeld() {
        return database.sql(
                        "SELECT EXISTS (SELECT 1 FROM recorded.lease WHERE name = 'sender' AND until"
                                + " > clock_timestamp())")
                .query(Boolean.class)
                .single();
    }
}
