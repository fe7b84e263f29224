package atelier.governance;

import atelier.chain.ContractKind;
import atelier.chain.ContractLog;
import atelier.chain.ContractLogs;
import atelier.chain.CopyRows;
import atelier.chain.Projection;
import atelier.chain.Topics;
import atelier.kernel.Address;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Mirrors who took, moved, left and lost which seat. */
@Component
@Order(180)
class SeatsProjection implements Projection {


    private final JdbcClient jdbc;
    private final JdbcTemplate copy;

    SeatsProjection(JdbcClient jdbc, JdbcTemplate copy) {
        this.jdbc = jdbc;
        this.copy = copy;
    }

    @Override
    public void apply(ContractLogs logs) {
        CopyRows rows =
                CopyRows.into(
                        "derived.seat_change",
                        "seat",
                        "account",
                        "change",
                        "reason",
                        "changed_at",
                        "block_number",
                        "log_index",
                        "tx_hash");
        // A seat that moves, or is vacated, transfers too; the contract's own word says why.
        for (ContractLog log : logs.of(ContractKind.SEATS, Topics.TRANSFER)) {
            if (log.addressTopic(1).equals(Address.ZERO)) {
                add(rows, log, log.numberTopic(3), log.addressTopic(2), "taken", null);
            }
        }
        for (ContractLog log : logs.of(ContractKind.SEATS, Topics.SEAT_MOVED)) {
            add(rows, log, log.numberTopic(1), log.addressTopic(3), "moved", null);
        }
        for (ContractLog log : logs.of(ContractKind.SEATS, Topics.SEAT_LEFT)) {
            add(rows, log, log.numberTopic(1), log.addressTopic(2), "left", null);
        }
        for (ContractLog log : logs.of(ContractKind.SEATS, Topics.SEAT_REVOKED)) {
            String reason = Words.text(log, 0);
            add(rows, log, log.numberTopic(1), log.addressTopic(2), "revoked", reason);
        }
        for (ContractLog log : logs.of(ContractKind.SEATS, Topics.SEAT_PARDONED)) {
            add(rows, log, BigInteger.ZERO, log.addressTopic(1), "pardoned", null);
        }
        rows.write(copy);
    }

    private static void add(
            CopyRows rows,
            ContractLog log,
            BigInteger seat,
            Address account,
            String change,
            @Nullable String reason) {
        rows.row().bigint(seat.longValueExact()).bytes(account.bytes()).text(change);
        if (reason == null) {
            rows.nothing();
        } else {
            rows.text(reason);
        }
        rows.time(log.time()).bigint(log.block()).integer(log.index()).bytes(log.tx().bytes());
    }

    @Override
    public void revert(long fromBlock) {
        jdbc.sql("delete from derived.seat_change where block_number >= :from")
                .param("from", fromBlock)
                .update();
    }
}
