package atelier.market;

import atelier.chain.ContractLogs;
import atelier.chain.Projection;
import atelier.contracts.Market;
import atelier.contracts.Works;
import atelier.kernel.Bytes;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.datatypes.Event;

/** Mirrors sales, cancellations, raised counters and where every work stands. */
@Component
@Order(170)
class MarketProjection implements Projection {

    private static final String POSITIONS =
            """
            with moved as (
                select derived.topic_uint(l.topic3) as token_id,
                       derived.topic_addr(l.topic2) as owner, l.block_number, l.log_index
                from derived.log l
                where l.canonical and l.contract = 'Works'
                  and l.topic0 = :topic
                  and l.block_number between :from and :to)
            insert into derived.work_position (token_id, transfer_nonce, owner, block_number)
            select m.token_id,
                   coalesce(last.transfer_nonce, -1) + row_number() over (
                       partition by m.token_id order by m.block_number, m.log_index),
                   m.owner, m.block_number
            from moved m
            left join lateral (
                select p.transfer_nonce from derived.work_position p
                where p.token_id = m.token_id order by p.transfer_nonce desc limit 1) last on true
            """;

    private static final String SALES =
            """
            insert into derived.sale (
                order_hash, token_id, buyer, seller, price, seller_paid, creator, creator_paid,
                author, author_paid, treasury_paid, block_number, log_index, tx_hash)
            select l.topic1, derived.topic_uint(l.topic2), derived.topic_addr(l.topic3),
                   derived.addr(l.data, 0), derived.uint(l.data, 1), derived.uint(l.data, 2),
                   derived.addr(l.data, 3), derived.uint(l.data, 4), derived.addr(l.data, 5),
                   derived.uint(l.data, 6), derived.uint(l.data, 7),
                   l.block_number, l.log_index, l.tx_hash
            from derived.log l
            where l.canonical and l.contract = 'Market'
              and l.topic0 = :topic
              and l.block_number between :from and :to
            """;

    private static final String CANCELLATIONS =
            """
            insert into derived.order_cancellation (order_hash, maker, block_number, tx_hash)
            select l.topic1, derived.topic_addr(l.topic2), l.block_number, l.tx_hash
            from derived.log l
            where l.canonical and l.contract = 'Market'
              and l.topic0 = :topic
              and l.block_number between :from and :to
            """;

    private static final String COUNTERS =
            """
            insert into derived.order_counter (maker, counter, block_number)
            select derived.topic_addr(l.topic1), derived.uint(l.data, 0)::bigint, l.block_number
            from derived.log l
            where l.canonical and l.contract = 'Market'
              and l.topic0 = :topic
              and l.block_number between :from and :to
            """;

    private final JdbcClient jdbc;

    MarketProjection(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void apply(ContractLogs logs) {
        project(POSITIONS, Works.TRANSFER_EVENT, logs);
        project(SALES, Market.SOLD_EVENT, logs);
        project(CANCELLATIONS, Market.CANCELLED_EVENT, logs);
        project(COUNTERS, Market.CANCELLEDALL_EVENT, logs);
    }

    private void project(String sql, Event event, ContractLogs logs) {
        jdbc.sql(sql)
                .param("topic", Bytes.parse(EventEncoder.encode(event)))
                .param("from", logs.from())
                .param("to", logs.to())
                .update();
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
