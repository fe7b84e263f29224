package atelier.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Whether the vault can seal and open: part of being safe to sign. */
@Component
class VaultHealthIndicator extends AbstractHealthIndicator {

    private static final byte[] PROBE = "probe".getBytes(UTF_8);

    private final DataKey dataKey;

    VaultHealthIndicator(DataKey dataKey) {
        super("The vault does not open");
        this.dataKey = dataKey;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        byte[] opened = dataKey.seal().open(dataKey.seal().close(PROBE, PROBE), PROBE);
        health.status(Arrays.equals(opened, PROBE) ? "UP" : "DOWN");
    }
}
