package atelier.chain;

import atelier.chain.deploy.Plan;
import atelier.chain.deploy.Step;
import atelier.kernel.Address;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the steps of a deployment left behind. */
@Component
class DeploymentRows {

    /** One step, and what came of it as far as that is known. */
    record Row(
            long nonce,
            @Nullable Address address,
            @Nullable Long block,
            @Nullable Boolean succeeded) {

        boolean mined() {
            return block != null;
        }

        boolean worked() {
            return Boolean.TRUE.equals(succeeded);
        }
    }

    private final JdbcClient database;

    DeploymentRows(JdbcClient database) {
        this.database = database;
    }

    /** By the step's name. */
    Map<String, Row> of(int era) {
        Map<String, Row> rows = new HashMap<>();
        database.sql(
                        """
                        SELECT d.step, d.nonce, d.address, s.block, s.succeeded
                        FROM recorded.deployment d JOIN recorded.slot s USING (era, relayer, nonce)
                        WHERE d.era = :era
                        """)
                .param("era", era)
                .query(row -> {
                    byte[] address = row.getBytes("address");
                    rows.put(
                            row.getString("step"),
                            new Row(
                                    row.getLong("nonce"),
                                    address == null ? null : Address.of(address),
                                    row.getObject("block", Long.class),
                                    row.getObject("succeeded", Boolean.class)));
                });
        return rows;
    }

    /** Writes down which transaction carries out a step. */
    void add(String step, int number, Slots.Place place, @Nullable Address address) {
        database.sql(
                        """
                        INSERT INTO recorded.deployment (era, step, number, relayer, nonce, address)
                        VALUES (:era, :step, :number, :key, :nonce, :address)
                        """)
                .param("era", place.era())
                .param("step", step)
                .param("number", number)
                .param("key", place.key().bytes())
                .param("nonce", place.nonce())
                .param("address", address == null ? null : address.bytes())
                .update();
    }

    /** What a mirror of a finished deployment holds. */
    Optional<MirrorScope> scope(Era era) {
        Map<String, Row> rows = of(era.number());
        Map<ContractKind, Address> addresses = new EnumMap<>(ContractKind.class);
        long first = Long.MAX_VALUE;
        for (Step step : Plan.steps()) {
            Row row = rows.get(step.name());
            if (row == null || row.block() == null || !row.worked()) {
                return Optional.empty();
            }
            if (step instanceof Step.Create create && row.address() != null) {
                addresses.put(create.kind(), row.address());
                first = Math.min(first, row.block());
            }
        }
        return Optional.of(new MirrorScope(addresses, first));
    }
}
