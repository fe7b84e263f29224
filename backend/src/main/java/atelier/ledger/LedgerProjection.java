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
            told as materialized (
              select operation.*,
                     array_agg(derived.addr(data, 0) || derived.bytes32(data, 2))
                       filter (where contract = 'Market' and topic0 = :sold) over whole as sellers,
                     array_agg(derived.addr(data, 3) || derived.bytes32(data, 4))
                       filter (where contract = 'Market' and topic0 = :sold) over whole as creators,
                     array_agg(derived.addr(data, 5) || derived.bytes32(data, 6))
                       filter (where contract = 'Market' and topic0 = :sold) over whole as authors,
                     array_agg(derived.topic_addr(topic3) || derived.bytes32(data, 1))
                       filter (where contract = 'Workshop' and topic0 = :bought)
                       over whole as suppliers,
                     bool_or(contract = 'Workshop' and topic0 in (:bought, :crafted))
                       over whole as made,
                     bool_or(contract = 'Treasury' and topic0 = :collected)
                       over whole as collected
              from operation
              window whole as (partition by tx_hash, number)),
            paid as (
              select told.*, moved.*, moved.recipient || derived.bytes32(told.data, 0) as payee
              from told
              cross join lateral derived.moved(told.contract, told.topic0, told.topic1,
                told.topic2, told.topic3, told.data) moved),
            reasoned as (
              select paid.*, case
                when asset_class = 'points' then case
                  when sender = :nobody then 'issue'
                  when sellers is not null then case
                    when payee = any (sellers) then 'sale'
                    when payee = any (creators) then 'creator-royalty'
                    when payee = any (authors) then 'author-royalty'
                    else 'trading-fee' end
                  when collected then 'collect'
                  when made then case
                    when recipient in (
                        select address from derived.directory where kind = 'Treasury')
                      then 'workshop-fee'
                    when payee = any (suppliers) then 'supply'
                    else 'recipe-fee' end
                  else 'transfer' end
                when asset_class = 'supply' then case
                  when sender = :nobody then 'stock'
                  when recipient = :nobody then 'craft'
                  when made then 'supply'
                  else 'transfer' end
                else case
                  when sender = :nobody then 'craft'
                  when sellers is not null then 'sale'
                  else 'transfer' end
                end as code
              from paid),
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

    // What no posting is left of is forgotten, so that a mirror after a reorg is the one that
    // reading the chain afresh would give.
    private static final String REVERSE =
            """
            with dropped as (
              update derived.posting set canonical = false
              where canonical and block_number >= :from
              returning account, asset_class, asset_id, amount),
            net as (
              select account, asset_class, asset_id, sum(amount) as amount,
                     exists (
                       select from derived.posting earlier
                       where earlier.canonical and earlier.block_number < :from
                         and (earlier.account, earlier.asset_class, earlier.asset_id)
                           = (dropped.account, dropped.asset_class, dropped.asset_id)) as kept
              from dropped
              group by account, asset_class, asset_id),
            uncounted as (
              update derived.asset_total total set amount = total.amount + net.amount
              from net
              where net.account = :nobody and net.kept
                and (total.asset_class, total.asset_id) = (net.asset_class, net.asset_id)),
            unknown as (
              delete from derived.asset_total total using net
              where net.account = :nobody and not net.kept
                and (total.asset_class, total.asset_id) = (net.asset_class, net.asset_id)),
            empty as (
              delete from derived.holding held using net
              where not net.kept
                and (held.account, held.asset_class, held.asset_id)
                  = (net.account, net.asset_class, net.asset_id))
            update derived.holding held set amount = held.amount - net.amount
            from net
            where net.kept
              and (held.account, held.asset_class, held.asset_id)
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
