package atelier.governance;

import static atelier.chain.ContractKind.RATCHET;
import static atelier.chain.ContractKind.TIMELOCK;

import atelier.chain.ContractLog;
import atelier.chain.ContractLogs;
import atelier.chain.CopyRows;
import atelier.chain.Projection;
import atelier.chain.Topics;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Mirrors what waits in the timelock, and how it ended. */
@Component
@Order(182)
class OperationsProjection implements Projection {


    /** What is said of an operation in the transaction that schedules it. */
    private record Said(Hash32 tx, Hash32 operation) {

        static Said in(ContractLog log) {
            return new Said(log.tx(), log.topics().get(1));
        }
    }

    private final JdbcClient jdbc;
    private final JdbcTemplate copy;

    OperationsProjection(JdbcClient jdbc, JdbcTemplate copy) {
        this.jdbc = jdbc;
        this.copy = copy;
    }

    @Override
    public void apply(ContractLogs logs) {
        List<ContractLog> scheduled = logs.of(TIMELOCK, Topics.CALL_SCHEDULED);
        Map<Said, Hash32> salts = new HashMap<>();
        logs.of(TIMELOCK, Topics.CALL_SALT).forEach(log -> salts.put(Said.in(log), Hash32.of(log.bytes(0))));
        Map<Said, Address> operators = new HashMap<>();
        logs.of(RATCHET, Topics.SCHEDULED)
                .forEach(log -> operators.put(Said.in(log), log.addressTopic(2)));
        operations(scheduled, salts, operators);
        calls(scheduled);
        ends(logs);
    }

    private void operations(
            List<ContractLog> scheduled, Map<Said, Hash32> salts, Map<Said, Address> operators) {
        CopyRows rows =
                CopyRows.into(
                        "derived.operation",
                        "id",
                        "predecessor",
                        "salt",
                        "scheduled_by",
                        "scheduled_at",
                        "ready_at",
                        "block_number",
                        "log_index",
                        "tx_hash");
        for (ContractLog log : scheduled) {
            if (log.numberTopic(2).signum() == 0) {
                Address by = operators.get(Said.in(log));
                rows.row()
                        .bytes(log.topics().get(1).bytes())
                        .bytes(log.bytes(3))
                        .bytes(salts.getOrDefault(Said.in(log), Hash32.ZERO).bytes())
                        .bytes(by == null ? null : by.bytes())
                        .time(log.time())
                        .time(log.time().plusSeconds(log.number(4).longValueExact()))
                        .bigint(log.block())
                        .integer(log.index())
                        .bytes(log.tx().bytes());
            }
        }
        rows.write(copy);
    }

    private void calls(List<ContractLog> scheduled) {
        CopyRows rows =
                CopyRows.into(
                        "derived.operation_call",
                        "id",
                        "number",
                        "target",
                        "value",
                        "data",
                        "block_number",
                        "log_index");
        for (ContractLog log : scheduled) {
            rows.row()
                    .bytes(log.topics().get(1).bytes())
                    .integer(log.numberTopic(2).intValueExact())
                    .bytes(log.address(0).bytes())
                    .numeric(log.number(1))
                    .bytes(Words.bytes(log, 2))
                    .bigint(log.block())
                    .integer(log.index());
        }
        rows.write(copy);
    }

    private void ends(ContractLogs logs) {
        CopyRows rows =
                CopyRows.into(
                        "derived.operation_end",
                        "id",
                        "executed",
                        "ended_at",
                        "block_number",
                        "log_index",
                        "tx_hash");
        // One word for each call of an operation; all are carried out in one transaction.
        logs.of(TIMELOCK, Topics.CALL_EXECUTED).stream()
                .filter(log -> log.numberTopic(2).signum() == 0)
                .forEach(log -> end(rows, log, true));
        logs.of(TIMELOCK, Topics.OPERATION_CANCELLED).forEach(log -> end(rows, log, false));
        rows.write(copy);
    }

    private static void end(CopyRows rows, ContractLog log, boolean executed) {
        rows.row()
                .bytes(log.topics().get(1).bytes())
                .bool(executed)
                .time(log.time())
                .bigint(log.block())
                .integer(log.index())
                .bytes(log.tx().bytes());
    }

    @Override
    public void revert(long fromBlock) {
        for (String table : new String[] {"operation", "operation_call", "operation_end"}) {
            jdbc.sql("delete from derived." + table + " where block_number >= :from")
                    .param("from", fromBlock)
                    .update();
        }
    }
}
