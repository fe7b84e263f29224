package atelier.market;

import atelier.chain.Mirror;
import atelier.rules.Rulebook;
import atelier.rules.TradeMode;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What could be bought at a past block, from the chain's deltas up to it and the times at which
 * orders were recorded and withdrawn here. An order lasts {@value ListingWish#MAX_DAYS} days at
 * most, so older ones are not read.
 */
@Repository
class PastListings {

    private static final String OPEN =
            """
            select null::bytea as cancel_intent, 'OPEN' as state, o.*
            from recorded.signed_order o
            cross join lateral (
                select p.owner, p.transfer_nonce, b.mined_at as since
                from derived.work_position p
                join derived.block b on b.number = p.block_number and b.canonical
                where p.token_id = o.token_id and p.block_number <= :block
                order by p.transfer_nonce desc limit 1) p
            where o.chain_id = :chainId and o.contract = :contract
              and o.created_at <= :time and o.created_at > :oldest
              and (o.withdrawn_at is null or o.withdrawn_at > :time)
              and o.expires_at >= :time
              and p.owner = o.maker and p.transfer_nonce = o.transfer_nonce
              and p.since + :holding * interval '1 second' <= :time
              and o.price <= :ceiling
              and o.price - div(o.price * :tradingFee, 10000)
                - case when o.creator = o.maker then 0
                       else div(o.price * :creatorRoyalty, 10000) end
                - div(o.price * :authorRoyalty, 10000) >= o.min_net
              and o.counter = coalesce((
                select max(k.counter) from derived.order_counter k
                where k.maker = o.maker and k.block_number <= :block), 0)
              and not exists (
                select from derived.sale s
                where s.order_hash = o.order_hash and s.block_number <= :block)
              and not exists (
                select from derived.order_cancellation c
                where c.order_hash = o.order_hash and c.block_number <= :block)
              and o.number < :before
            order by o.number desc limit :limit
            """;

    private final JdbcClient jdbc;

    PastListings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Newest first, from before a number on.
     *
     * @param moment the market's place; its time and rules are not those of the block
     * @param rules in force at the block
     */
    List<SignedOrder> open(
            Mirror.Block block, Moment moment, Rulebook rules, long before, int limit) {
        if (rules.tradeMode().compareTo(TradeMode.FIXED) < 0) {
            return List.of();
        }
        OffsetDateTime time = block.time().atOffset(ZoneOffset.UTC);
        return jdbc.sql(OPEN)
                .param("block", block.number())
                .param("chainId", moment.chainId())
                .param("contract", moment.contract().bytes())
                .param("time", time)
                .param("oldest", time.minus(Duration.ofDays(ListingWish.MAX_DAYS)))
                .param("holding", rules.holdingPeriod().toSeconds())
                .param("ceiling", rules.settleCeiling().units())
                .param("tradingFee", rules.tradingFee().value())
                .param("creatorRoyalty", rules.creatorRoyalty().value())
                .param("authorRoyalty", rules.authorRoyalty().value())
                .param("before", before)
                .param("limit", limit)
                .query(SignedOrders::row)
                .list();
    }
}
