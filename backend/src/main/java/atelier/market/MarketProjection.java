package atelier.market;

import atelier.chain.ContractKind;
import atelier.chain.ContractLog;
import atelier.chain.ContractLogs;
import atelier.chain.CopyRows;
import atelier.chain.LogTable;
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

/** Mirrors sales and who brought them about, cancellations, raised counters, and works' places. */
@Component
@Order(170)
class MarketProjection implements Projection {

    private static final LogTable SALES =
            LogTable.of("derived.sale")
                    .hash("order_hash", log -> log.topics().get(1))
                    .numeric("token_id", log -> log.numberTopic(2))
                    .address("buyer", log -> log.addressTopic(3))
                    .address("seller", log -> log.address(0))
                    .numeric("price", log -> log.number(1))
                    .numeric("seller_paid", log -> log.number(2))
                    .address("creator", log -> log.address(3))
                    .numeric("creator_paid", log -> log.number(4))
                    .address("author", log -> log.address(5))
                    .numeric("author_paid", log -> log.number(6))
                    .numeric("treasury_paid", log -> log.number(7))
                    .place()
                    .tx();

    private static final LogTable PROMOTIONS =
            LogTable.of("derived.promotion")
                    .hash("order_hash", log -> log.topics().get(1))
                    .address("promoter", log -> log.addressTopic(2))
                    .place();

    private static final LogTable CANCELLATIONS =
            LogTable.of("derived.order_cancellation")
                    .hash("order_hash", log -> log.topics().get(1))
                    .address("maker", log -> log.addressTopic(2))
                    .block()
                    .tx();

    private static final LogTable COUNTERS =
            LogTable.of("derived.order_counter")
                    .address("maker", log -> log.addressTopic(1))
                    .bigint("counter", log -> log.number(0).longValueExact())
                    .block();

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
        SALES.copy(logs.of(ContractKind.MARKET, Topics.SOLD), copy);
        PROMOTIONS.copy(logs.of(ContractKind.MARKET, Topics.PROMOTED), copy);
        CANCELLATIONS.copy(logs.of(ContractKind.MARKET, Topics.ORDER_CANCELLED), copy);
        COUNTERS.copy(logs.of(ContractKind.MARKET, Topics.ORDERS_CANCELLED), copy);
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

    @Override
    public void revert(long fromBlock) {
        for (String table :
                new String[] {
                    "work_position", "sale", "promotion", "order_cancellation", "order_counter"
                }) {
            jdbc.sql("delete from derived." + table + " where block_number >= :from")
                    .param("from", fromBlock)
                    .update();
        }
    }
}
