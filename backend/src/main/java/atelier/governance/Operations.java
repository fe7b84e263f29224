package atelier.governance;

import atelier.chain.Call;
import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.chain.Intent;
import atelier.chain.IntentRequest;
import atelier.chain.IntentState;
import atelier.chain.Intents;
import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import atelier.kernel.Refused;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The door to what was decided and waits in the timelock. What operators proposed is carried out
 * from here once it has waited; anyone else may do it, too. What was voted for goes through the
 * Council.
 */
@Component
public class Operations {

    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final int LONGEST_PAUSE = 10;
    private static final int AT_ONCE = 50;
    private static final int SELECTOR = 4;

    private record Try(int number, IntentId intent, Instant at) {}

    private final OperationRows rows;
    private final Contracts contracts;
    private final Intents intents;
    private final CouncilClock chain;
    private final JdbcClient jdbc;
    private final Clock clock;

    Operations(
            OperationRows rows,
            Contracts contracts,
            Intents intents,
            CouncilClock chain,
            JdbcClient jdbc,
            Clock clock) {
        this.rows = rows;
        this.contracts = contracts;
        this.intents = intents;
        this.chain = chain;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** What waits, and what waited, the newest first. */
    public List<Operation> newest(int limit) {
        return rows.newest(limit);
    }

    /** One of them; the last where the same was scheduled again. */
    public Optional<Operation> find(Hash32 id) {
        return rows.find(id);
    }

    /** What one of its calls is; nothing for one that we have no word for. */
    public Optional<Duty> duty(Operation.Step step) {
        byte[] selector = Arrays.copyOf(step.data(), SELECTOR);
        return Arrays.stream(ContractKind.values())
                .filter(kind -> contracts.address(kind).equals(step.target()))
                .findFirst()
                .flatMap(kind -> Duty.of(kind, selector));
    }

    /** Why it could not be carried out the last time that it was tried. */
    public Optional<Refused> trouble(Operation operation) {
        return last(operation)
                .flatMap(tried -> intents.find(tried.intent()))
                .map(Intent::state)
                .filter(IntentState.Failed.class::isInstance)
                .map(IntentState.Failed.class::cast)
                .map(failed -> Refused.conflict(failed.code(), failed.values().toArray()));
    }

    /** Sends what has waited long enough, each once; what failed again, later and later. */
    @Transactional
    public void carryOut() {
        if (!contracts.deployed() || !lock()) {
            return;
        }
        rows.ready(chain.now(), AT_ONCE).stream().filter(this::due).forEach(this::send);
    }

    private boolean due(Operation operation) {
        return last(operation)
                .map(tried -> hasFailed(tried) && !pauseAfter(tried).isAfter(clock.instant()))
                .orElse(true);
    }

    private boolean hasFailed(Try tried) {
        return intents.find(tried.intent())
                .filter(intent -> intent.state() instanceof IntentState.Failed)
                .isPresent();
    }

    private static Instant pauseAfter(Try tried) {
        int doublings = Math.min(tried.number() - 1, LONGEST_PAUSE);
        return tried.at().plus(FIRST_PAUSE.multipliedBy(1L << doublings));
    }

    private void send(Operation operation) {
        int number = last(operation).map(Try::number).orElse(0) + 1;
        String key = operation.id() + "@" + operation.block() + "/" + number;
        Instant now = clock.instant();
        Intent intent =
                intents.submit(
                        new IntentRequest(
                                null,
                                "governance.execute",
                                key,
                                new Call.Direct(ContractKind.TIMELOCK, execution(operation)),
                                null,
                                IntentRequest.hashOf("governance.execute", key),
                                now.plus(PATIENCE),
                                "/council/ratchet"));
        record(operation, new Try(number, intent.id(), now));
    }

    private byte[] execution(Operation operation) {
        List<Operation.Step> steps = operation.steps();
        return Bytes.parse(
                contracts
                        .timelock()
                        .executeBatch(
                                steps.stream().map(step -> step.target().toString()).toList(),
                                steps.stream().map(Operation.Step::value).toList(),
                                steps.stream().map(Operation.Step::data).toList(),
                                operation.predecessor().bytes(),
                                operation.salt().bytes(),
                                BigInteger.ZERO)
                        .encodeFunctionCall());
    }

    private boolean lock() {
        return jdbc.sql("select pg_try_advisory_xact_lock(hashtext('governance operations'))")
                .query(Boolean.class)
                .single();
    }

    private Optional<Try> last(Operation operation) {
        return jdbc.sql(
                        """
                        select try, intent, tried from recorded.operation_try
                        where operation = :operation and scheduled = :scheduled
                        order by try desc limit 1
                        """)
                .param("operation", operation.id().bytes())
                .param("scheduled", operation.block())
                .query((row, _) ->
                        new Try(
                                row.getInt("try"),
                                new IntentId(Hash32.of(row.getBytes("intent"))),
                                row.getObject("tried", OffsetDateTime.class).toInstant()))
                .optional();
    }

    private void record(Operation operation, Try tried) {
        jdbc.sql(
                        """
                        insert into recorded.operation_try (operation, scheduled, try, intent, tried)
                        values (:operation, :scheduled, :try, :intent, :tried)
                        """)
                .param("operation", operation.id().bytes())
                .param("scheduled", operation.block())
                .param("try", tried.number())
                .param("intent", tried.intent().hash().bytes())
                .param("tried", tried.at().atOffset(ZoneOffset.UTC))
                .update();
    }
}
