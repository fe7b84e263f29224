package atelier.ledger;

import atelier.chain.Projection;
import atelier.kernel.Address;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Posts every transfer twice, once for each side with the balance it left, and keeps the sums. What
 * a transfer was for is read from the other events of its operation: a forwarded request in the
 * transaction, or the whole transaction where nothing was forwarded.
 */
@Component
@Order(110)
class LedgerProjection implements Projection {

    private static final String POST =
            """
            with operation as materialized (
              select block_number, log_index, tx_hash, contract, topic0, topic1, topic2, topic3, data,
                     coalesce(sum(case when topic0 = :forwarded then 1 else 0 end) over (
                       partition by tx_hash order by log_index
                       rows between unbounded preceding and 1 preceding), 0) as number
              from derived.log
              where canonical and block_number between :from and :to),
            sold as (
              select tx_hash, number,
                     derived.addr(data, 0) as seller, derived.uint(data, 2) as seller_paid,
                     derived.addr(data, 3) as creator, derived.uint(data, 4) as creator_paid,
                     derived.addr(data, 5) as author, derived.uint(data, 6) as author_paid
              from operation where contract = 'Market' and topic0 = :sold),
            bought as (
              select distinct tx_hash, number,
                     derived.topic_addr(topic3) as supplier, derived.uint(data, 1) as supplier_paid
              from operation where contract = 'Workshop' and topic0 = :bought),
            made as (
              select distinct tx_hash, number
              from operation where contract = 'Workshop' and topic0 in (:bought, :crafted)),
            collected as (
              select distinct tx_hash, number
              from operation where contract = 'Treasury' and topic0 = :collected),
            reasoned as (
              select t.*, case
                when t.asset_class = 'points' then case
                  when t.sender = :nobody then 'issue'
                  when sold.tx_hash is not null then case
                    when t.recipient = sold.seller and t.amount = sold.seller_paid then 'sale'
                    when t.recipient = sold.creator and t.amount = sold.creator_paid
                      then 'creator-royalty'
                    when t.recipient = sold.author and t.amount = sold.author_paid
                      then 'author-royalty'
                    else 'trading-fee' end
                  when collected.tx_hash is not null then 'collect'
                  when made.tx_hash is not null then case
                    when t.recipient in (
                        select address from derived.directory where kind = 'Treasury')
                      then 'workshop-fee'
                    when (t.tx_hash, o.number, t.recipient, t.amount) in (
                        select tx_hash, number, supplier, supplier_paid from bought) then 'supply'
                    else 'recipe-fee' end
                  else 'transfer' end
                when t.asset_class = 'supply' then case
                  when t.sender = :nobody then 'stock'
                  when t.recipient = :nobody then 'craft'
                  when made.tx_hash is not null then 'supply'
                  else 'transfer' end
                else case
                  when t.sender = :nobody then 'craft'
                  when sold.tx_hash is not null then 'sale'
                  else 'transfer' end
                end as code
              from derived.transfer t
              join operation o on (o.block_number, o.log_index) = (t.block_number, t.log_index)
              left join sold on (sold.tx_hash, sold.number) = (o.tx_hash, o.number)
              left join made on (made.tx_hash, made.number) = (o.tx_hash, o.number)
              left join collected on (collected.tx_hash, collected.number) = (o.tx_hash, o.number)
              where t.block_number between :from and :to),
            leg as (
              select side.account, r.asset_class, r.asset_id, side.amount, side.counterparty,
                     r.code, r.block_number, r.log_index, r.item, r.tx_hash
              from reasoned r
              cross join lateral (values
                (r.sender, - r.amount, r.recipient),
                (r.recipient, r.amount, r.sender)) side (account, amount, counterparty)),
            posted as (
              insert into derived.posting (account, asset_class, asset_id, amount, balance,
                  counterparty, code, block_number, log_index, item, tx_hash)
              select leg.account, leg.asset_class, leg.asset_id, leg.amount,
                     coalesce(before.amount, 0) + sum(leg.amount) over (
                       partition by leg.account, leg.asset_class, leg.asset_id
                       order by leg.block_number, leg.log_index, leg.item),
                     leg.counterparty, leg.code, leg.block_number, leg.log_index, leg.item,
                     leg.tx_hash
              from leg
              left join derived.holding before
                on (before.account, before.asset_class, before.asset_id)
                 = (leg.account, leg.asset_class, leg.asset_id)
              returning account, asset_class, asset_id, amount)
            insert into derived.holding as held (account, asset_class, asset_id, amount)
            select account, asset_class, asset_id, sum(amount) from posted
            group by account, asset_class, asset_id
            on conflict (account, asset_class, asset_id)
            do update set amount = held.amount + excluded.amount
            """;

    private static final String COUNT =
            """
            insert into derived.asset_total as total (asset_class, asset_id, amount)
            select asset_class, asset_id,
                   sum(case when sender = :nobody then amount else - amount end)
            from derived.transfer
            where block_number between :from and :to and :nobody in (sender, recipient)
            group by asset_class, asset_id
            on conflict (asset_class, asset_id)
            do update set amount = total.amount + excluded.amount
            """;

    private static final String REVERSE =
            """
            with dropped as (
              update derived.posting set canonical = false
              where canonical and block_number >= :from
              returning account, asset_class, asset_id, amount),
            net as (
              select account, asset_class, asset_id, sum(amount) as amount from dropped
              group by account, asset_class, asset_id),
            uncounted as (
              update derived.asset_total total set amount = total.amount + net.amount
              from net
              where net.account = :nobody
                and (total.asset_class, total.asset_id) = (net.asset_class, net.asset_id))
            update derived.holding held set amount = held.amount - net.amount
            from net
            where (held.account, held.asset_class, held.asset_id)
                = (net.account, net.asset_class, net.asset_id)
            """;

    private final JdbcClient jdbc;

    LedgerProjection(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void apply(long fromBlock, long toBlock) {
        for (String statement : new String[] {POST, COUNT}) {
            jdbc.sql(statement)
                    .params(Topics.BY_NAME)
                    .param("nobody", Address.ZERO.bytes())
                    .param("from", fromBlock)
                    .param("to", toBlock)
                    .update();
        }
    }

    @Override
    public void revert(long fromBlock) {
        jdbc.sql(REVERSE).param("nobody", Address.ZERO.bytes()).param("from", fromBlock).update();
    }
}
