package atelier.governance;

import static atelier.chain.ContractKind.RATCHET;
import static atelier.chain.ContractKind.TIMELOCK;

import atelier.chain.ContractLog;
import atelier.chain.ContractLogs;
import atelier.chain.LogTable;
import atelier.chain.Projection;
import atelier.chain.Topics;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Mirrors what waits in the timelock, and how it ended. */
@Component
@Order(182)
class OperationsProjection implements Projection {

    private static final LogTable CALLS =
            LogTable.of("derived.operation_call")
                    .hash("id", OperationsProjection::id)
                    .integer("number", log -> log.numberTopic(2).intValueExact())
                    .address("target", log -> log.address(0))
                    .numeric("value", log -> log.number(1))
                    .bytes("data", log -> Words.bytes(log, 2))
                    .place();
    private static final LogTable EXECUTIONS = ends(true);
    private static final LogTable CANCELLATIONS = ends(false);

    /** What is said of an operation in the transaction that schedules it. */
    private record Said(Hash32 tx, Hash32 operation) {

        static Said in(ContractLog log) {
            return new Said(log.tx(), id(log));
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
        logs.of(TIMELOCK, Topics.CALL_SALT)
                .forEach(log -> salts.put(Said.in(log), Hash32.of(log.bytes(0))));
        Map<Said, Address> operators = new HashMap<>();
        logs.of(RATCHET, Topics.SCHEDULED)
                .forEach(log -> operators.put(Said.in(log), log.addressTopic(2)));
        operations(salts, operators)
                .copy(scheduled.stream().filter(OperationsProjection::isFirst).toList(), copy);
        CALLS.copy(scheduled, copy);
        EXECUTIONS.copy(
                logs.of(TIMELOCK, Topics.CALL_EXECUTED).stream()
                        .filter(OperationsProjection::isFirst)
                        .toList(),
                copy);
        CANCELLATIONS.copy(logs.of(TIMELOCK, Topics.OPERATION_CANCELLED), copy);
    }

    /** One word for each call of an operation; all are scheduled and done in one transaction. */
    private static boolean isFirst(ContractLog call) {
        return call.numberTopic(2).signum() == 0;
    }

    private static LogTable operations(Map<Said, Hash32> salts, Map<Said, Address> operators) {
        return LogTable.of("derived.operation")
                .hash("id", OperationsProjection::id)
                .bytes("predecessor", log -> log.bytes(3))
                .hash("salt", log -> salts.getOrDefault(Said.in(log), Hash32.ZERO))
                .bytes("scheduled_by", log -> bytes(operators.get(Said.in(log))))
                .time("scheduled_at", ContractLog::time)
                .time("ready_at", log -> log.time().plusSeconds(log.number(4).longValueExact()))
                .place()
                .tx();
    }

    private static byte @Nullable [] bytes(@Nullable Address account) {
        return account == null ? null : account.bytes();
    }

    private static LogTable ends(boolean executed) {
        return LogTable.of("derived.operation_end")
                .hash("id", OperationsProjection::id)
                .bool("executed", _ -> executed)
                .time("ended_at", ContractLog::time)
                .place()
                .tx();
    }

    private static Hash32 id(ContractLog log) {
        return log.topics().get(1);
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
