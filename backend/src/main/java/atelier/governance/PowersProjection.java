package atelier.governance;

import static atelier.chain.ContractKind.ACCESS_MANAGER;
import static atelier.chain.ContractKind.RATCHET;
import static atelier.chain.ContractKind.TIMELOCK;

import atelier.chain.ContractKind;
import atelier.chain.ContractLog;
import atelier.chain.ContractLogs;
import atelier.chain.CopyRows;
import atelier.chain.Projection;
import atelier.chain.Topics;
import java.util.Arrays;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Mirrors the stages of the ratchet, roles, what roles may call, and the timelock's delay. */
@Component
@Order(181)
class PowersProjection implements Projection {

    private static final int SELECTOR = 4;

    private final JdbcClient jdbc;
    private final JdbcTemplate copy;

    PowersProjection(JdbcClient jdbc, JdbcTemplate copy) {
        this.jdbc = jdbc;
        this.copy = copy;
    }

    @Override
    public void apply(ContractLogs logs) {
        stages(logs.of(RATCHET, Topics.RAISED));
        functions(logs.of(ACCESS_MANAGER, Topics.FUNCTION_ASSIGNED));
        delays(logs.of(TIMELOCK, Topics.DELAY_CHANGED));
        CopyRows holders =
                CopyRows.into(
                        "derived.role_holder",
                        "keeper",
                        "role",
                        "account",
                        "given",
                        "delay",
                        "block_number",
                        "log_index");
        logs.of(ACCESS_MANAGER, Topics.ROLE_GRANTED)
                .forEach(log -> hold(holders, log, true, log.number(0).longValueExact()));
        logs.of(ACCESS_MANAGER, Topics.ROLE_REVOKED).forEach(log -> hold(holders, log, false, 0));
        logs.of(TIMELOCK, Topics.TIMELOCK_ROLE_GRANTED).forEach(log -> hold(holders, log, true, 0));
        logs.of(TIMELOCK, Topics.TIMELOCK_ROLE_REVOKED).forEach(log -> hold(holders, log, false, 0));
        holders.write(copy);
    }

    private void stages(List<ContractLog> raised) {
        CopyRows rows =
                CopyRows.into(
                        "derived.ratchet_stage",
                        "stage",
                        "reached_at",
                        "block_number",
                        "log_index",
                        "tx_hash");
        for (ContractLog log : raised) {
            rows.row()
                    .smallint(log.number(0).intValueExact())
                    .time(log.time())
                    .bigint(log.block())
                    .integer(log.index())
                    .bytes(log.tx().bytes());
        }
        rows.write(copy);
    }

    private void functions(List<ContractLog> placed) {
        CopyRows rows =
                CopyRows.into(
                        "derived.role_function",
                        "target",
                        "selector",
                        "role",
                        "block_number",
                        "log_index");
        for (ContractLog log : placed) {
            rows.row()
                    .bytes(log.addressTopic(1).bytes())
                    .bytes(Arrays.copyOf(log.bytes(0), SELECTOR))
                    .numeric(log.numberTopic(2))
                    .bigint(log.block())
                    .integer(log.index());
        }
        rows.write(copy);
    }

    private void delays(List<ContractLog> changed) {
        CopyRows rows =
                CopyRows.into("derived.timelock_delay", "seconds", "block_number", "log_index");
        for (ContractLog log : changed) {
            rows.row()
                    .bigint(log.number(1).longValueExact())
                    .bigint(log.block())
                    .integer(log.index());
        }
        rows.write(copy);
    }

    private static void hold(CopyRows rows, ContractLog log, boolean given, long delay) {
        ContractKind keeper = log.contract();
        rows.row()
                .text(keeper.directoryName())
                .numeric(log.numberTopic(1))
                .bytes(log.addressTopic(2).bytes())
                .bool(given)
                .bigint(delay)
                .bigint(log.block())
                .integer(log.index());
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
