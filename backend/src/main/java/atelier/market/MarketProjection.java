package atelier.market;

import atelier.chain.ContractKind;
import atelier.chain.ContractLog;
import atelier.chain.ContractLogs;
import atelier.chain.CopyRows;
import atelier.chain.Projection;
import atelier.chain.Topics;
import atelier.kernel.Address;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Mirrors sales, cancellations, raised counters and where every work stands. */
@Component
@Order(170)
class MarketProjection implements Projection {

    private static final String STOOD =
            """
            select token_id, max(transfer_nonce) + 1 as next from derived.work_position
            where token_id = any (:tokens::text[]::numeric[]) group by token_id
            """;

    private final JdbcClient jdbc;
    private final JdbcTemplate copy;

    MarketProjection(JdbcClient jdbc, JdbcTemplate copy) {
        this.jdbc = jdbc;
        this.copy = copy;
    }

    @Override
    public void apply(ContractLogs logs) {
        move(logs.of(ContractKind.WORKS, Topics.TRANSFER));
        sell(logs.of(ContractKind.MARKET, Topics.SOLD));
        cancel(logs.of(ContractKind.MARKET, Topics.ORDER_CANCELLED));
        raise(logs.of(ContractKind.MARKET, Topics.ORDERS_CANCELLED));
    }

    private void move(List<ContractLog> transfers) {
        Map<BigInteger, Long> nonces = nonces(transfers);
        CopyRows rows =
                CopyRows.into(
                        "derived.work_position",
                        "token_id",
                        "transfer_nonce",
                        "owner",
                        "block_number");
        for (ContractLog log : transfers) {
            BigInteger token = log.numberTopic(3);
            rows.row()
                    .numeric(token)
                    .bigint(nonces.merge(token, 1L, Long::sum) - 1)
                    .bytes(log.addressTopic(2).bytes())
                    .bigint(log.block());
        }
        rows.write(copy);
    }

    /** Each work's next nonce; what is made here stood nowhere before. */
    private Map<BigInteger, Long> nonces(List<ContractLog> transfers) {
        Map<BigInteger, Long> nonces = new HashMap<>();
        for (ContractLog log : transfers) {
            if (log.addressTopic(1).equals(Address.ZERO)) {
                nonces.put(log.numberTopic(3), 0L);
            }
        }
        String[] older =
                transfers.stream()
                        .map(log -> log.numberTopic(3))
                        .filter(token -> !nonces.containsKey(token))
                        .distinct()
                        .map(BigInteger::toString)
                        .toArray(String[]::new);
        if (older.length > 0) {
            jdbc.sql(STOOD)
                    .param("tokens", older)
                    .query(row -> {
                        nonces.put(
                                row.getBigDecimal("token_id").toBigIntegerExact(),
                                row.getLong("next"));
                    });
        }
        return nonces;
    }

    private void sell(List<ContractLog> sold) {
        CopyRows rows =
                CopyRows.into(
                        "derived.sale",
                        "order_hash",
                        "token_id",
                        "buyer",
                        "seller",
                        "price",
                        "seller_paid",
                        "creator",
                        "creator_paid",
                        "author",
                        "author_paid",
                        "treasury_paid",
                        "block_number",
                        "log_index",
                        "tx_hash");
        for (ContractLog log : sold) {
            rows.row()
                    .bytes(log.topics().get(1).bytes())
                    .numeric(log.numberTopic(2))
                    .bytes(log.addressTopic(3).bytes())
                    .bytes(log.address(0).bytes())
                    .numeric(log.number(1))
                    .numeric(log.number(2))
                    .bytes(log.address(3).bytes())
                    .numeric(log.number(4))
                    .bytes(log.address(5).bytes())
                    .numeric(log.number(6))
                    .numeric(log.number(7))
                    .bigint(log.block())
                    .integer(log.index())
                    .bytes(log.tx().bytes());
        }
        rows.write(copy);
    }

    private void cancel(List<ContractLog> cancelled) {
        CopyRows rows =
                CopyRows.into(
                        "derived.order_cancellation",
                        "order_hash",
                        "maker",
                        "block_number",
                        "tx_hash");
        for (ContractLog log : cancelled) {
            rows.row()
                    .bytes(log.topics().get(1).bytes())
                    .bytes(log.addressTopic(2).bytes())
                    .bigint(log.block())
                    .bytes(log.tx().bytes());
        }
        rows.write(copy);
    }

    private void raise(List<ContractLog> raised) {
        CopyRows rows = CopyRows.into("derived.order_counter", "maker", "counter", "block_number");
        for (ContractLog log : raised) {
            rows.row()
                    .bytes(log.addressTopic(1).bytes())
                    .bigint(log.number(0).longValueExact())
                    .bigint(log.block());
        }
        rows.write(copy);
    }

    @Override
    public void revert(long fromBlock) {
        for (String table :
                new String[] {"work_position", "sale", "order_cancellation", "order_counter"}) {
            jdbc.sql("delete from derived." + table + " where block_number >= :from")
                    .param("from", fromBlock)
                    .update();
        }
    }
}
