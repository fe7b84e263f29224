package atelier.governance;

import atelier.chain.ContractKind;
import atelier.chain.ContractLog;
import atelier.chain.ContractLogs;
import atelier.chain.LogTable;
import atelier.chain.Projection;
import atelier.chain.Topics;
import atelier.kernel.Address;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Mirrors who took, moved, left and lost which seat. */
@Component
@Order(180)
class SeatsProjection implements Projection {

    private static final LogTable TAKEN =
            change("taken")
                    .bigint("seat", log -> log.numberTopic(3).longValueExact())
                    .address("account", log -> log.addressTopic(2));
    private static final LogTable MOVED =
            change("moved")
                    .bigint("seat", log -> log.numberTopic(1).longValueExact())
                    .address("account", log -> log.addressTopic(3));
    private static final LogTable LEFT =
            change("left")
                    .bigint("seat", log -> log.numberTopic(1).longValueExact())
                    .address("account", log -> log.addressTopic(2));
    private static final LogTable REVOKED =
            change("revoked")
                    .bigint("seat", log -> log.numberTopic(1).longValueExact())
                    .address("account", log -> log.addressTopic(2))
                    .text("reason", log -> Words.text(log, 0));
    private static final LogTable PARDONED =
            change("pardoned")
                    .bigint("seat", _ -> 0)
                    .address("account", log -> log.addressTopic(1));

    private final JdbcClient jdbc;
    private final JdbcTemplate copy;

    SeatsProjection(JdbcClient jdbc, JdbcTemplate copy) {
        this.jdbc = jdbc;
        this.copy = copy;
    }

    private static LogTable change(String change) {
        return LogTable.of("derived.seat_change")
                .text("change", _ -> change)
                .time("changed_at", ContractLog::time)
                .place()
                .tx();
    }

    // A seat that moves, or is vacated, transfers too; the contract's own word says why.
    @Override
    public void apply(ContractLogs logs) {
        List<ContractLog> taken =
                logs.of(ContractKind.SEATS, Topics.TRANSFER).stream()
                        .filter(log -> log.addressTopic(1).equals(Address.ZERO))
                        .toList();
        TAKEN.copy(taken, copy);
        MOVED.copy(logs.of(ContractKind.SEATS, Topics.SEAT_MOVED), copy);
        LEFT.copy(logs.of(ContractKind.SEATS, Topics.SEAT_LEFT), copy);
        REVOKED.copy(logs.of(ContractKind.SEATS, Topics.SEAT_REVOKED), copy);
        PARDONED.copy(logs.of(ContractKind.SEATS, Topics.SEAT_PARDONED), copy);
    }

    @Override
    public void revert(long fromBlock) {
        jdbc.sql("delete from derived.seat_change where block_number >= :from")
                .param("from", fromBlock)
                .update();
    }
}
