package atelier.governance;

import static atelier.chain.ContractKind.ACCESS_MANAGER;
import static atelier.chain.ContractKind.RATCHET;
import static atelier.chain.ContractKind.TIMELOCK;

import atelier.chain.ContractLog;
import atelier.chain.ContractLogs;
import atelier.chain.LogTable;
import atelier.chain.Projection;
import atelier.chain.Topics;
import java.util.Arrays;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Mirrors the stages of the ratchet, roles, what roles may call, and the timelock's delay. */
@Component
@Order(181)
class PowersProjection implements Projection {

    private static final int SELECTOR = 4;

    private static final LogTable STAGES =
            LogTable.of("derived.ratchet_stage")
                    .smallint("stage", log -> log.number(0).intValueExact())
                    .time("reached_at", ContractLog::time)
                    .place()
                    .tx();

    private static final LogTable FUNCTIONS =
            LogTable.of("derived.role_function")
                    .address("target", log -> log.addressTopic(1))
                    .bytes("selector", log -> Arrays.copyOf(log.bytes(0), SELECTOR))
                    .numeric("role", log -> log.numberTopic(2))
                    .place();

    private static final LogTable DELAYS =
            LogTable.of("derived.timelock_delay")
                    .bigint("seconds", log -> log.number(1).longValueExact())
                    .place();

    private static final LogTable HOLDERS =
            LogTable.of("derived.role_holder")
                    .text("keeper", log -> log.contract().directoryName())
                    .numeric("role", log -> log.numberTopic(1))
                    .address("account", log -> log.addressTopic(2))
                    .place();

    private static final LogTable GIVEN =
            HOLDERS.bool("given", _ -> true).bigint("delay", log -> log.number(0).longValueExact());
    private static final LogTable GIVEN_BY_TIMELOCK =
            HOLDERS.bool("given", _ -> true).bigint("delay", _ -> 0);
    private static final LogTable TAKEN = HOLDERS.bool("given", _ -> false).bigint("delay", _ -> 0);

    private final JdbcClient jdbc;
    private final JdbcTemplate copy;

    PowersProjection(JdbcClient jdbc, JdbcTemplate copy) {
        this.jdbc = jdbc;
        this.copy = copy;
    }

    @Override
    public void apply(ContractLogs logs) {
        STAGES.copy(logs.of(RATCHET, Topics.RAISED), copy);
        FUNCTIONS.copy(logs.of(ACCESS_MANAGER, Topics.FUNCTION_ASSIGNED), copy);
        DELAYS.copy(logs.of(TIMELOCK, Topics.DELAY_CHANGED), copy);
        GIVEN.copy(logs.of(ACCESS_MANAGER, Topics.ROLE_GRANTED), copy);
        TAKEN.copy(logs.of(ACCESS_MANAGER, Topics.ROLE_REVOKED), copy);
        GIVEN_BY_TIMELOCK.copy(logs.of(TIMELOCK, Topics.TIMELOCK_ROLE_GRANTED), copy);
        TAKEN.copy(logs.of(TIMELOCK, Topics.TIMELOCK_ROLE_REVOKED), copy);
    }

    @Override
    public void revert(long fromBlock) {
        for (String table :
                new String[] {"ratchet_stage", "role_holder", "role_function", "timelock_delay"}) {
            jdbc.sql("delete from derived." + table + " where block_number >= :from")
                    .param("from", fromBlock)
                    .update();
        }
    }
}
