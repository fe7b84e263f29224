package atelier.ledger;

import atelier.kernel.Address;
import atelier.kernel.SupplyId;
import atelier.kernel.WorkId;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the mirrored holdings and the postings they are sums of. */
@Component
class Holdings {

    private final JdbcClient jdbc;

    Holdings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    BigInteger of(Address account, Asset asset) {
        return jdbc.sql(
                        """
                        select amount from derived.holding
                        where account = :account and asset_class = :class and asset_id = :id
                        """)
                .param("account", account.bytes())
                .param("class", asset.kind())
                .param("id", asset.number())
                .query(Holdings::amount)
                .optional()
                .orElse(BigInteger.ZERO);
    }

    BigInteger at(Address account, Asset asset, long block) {
        return jdbc.sql(
                        """
                        select balance as amount from derived.posting
                        where account = :account and asset_class = :class and asset_id = :id
                          and block_number <= :block and canonical
                        order by block_number desc, log_index desc, item desc limit 1
                        """)
                .param("account", account.bytes())
                .param("class", asset.kind())
                .param("id", asset.number())
                .param("block", block)
                .query(Holdings::amount)
                .optional()
                .orElse(BigInteger.ZERO);
    }

    Map<SupplyId, BigInteger> suppliesOf(Address account) {
        Map<SupplyId, BigInteger> supplies = new LinkedHashMap<>();
        jdbc.sql(
                        """
                        select asset_id, amount from derived.holding
                        where account = :account and asset_class = 'supply' and amount <> 0
                        order by asset_id
                        """)
                .param("account", account.bytes())
                .query(row -> {
                    supplies.put(new SupplyId(row.getLong("asset_id")), amount(row, 0));
                });
        return supplies;
    }

    List<WorkId> worksOf(Address account) {
        return jdbc.sql(
                        """
                        select asset_id from derived.holding
                        where account = :account and asset_class = 'work' and amount <> 0
                        order by asset_id
                        """)
                .param("account", account.bytes())
                .query((row, _) -> new WorkId(row.getBigDecimal(1).toBigIntegerExact()))
                .list();
    }

    Optional<Address> ownerOf(WorkId work) {
        return jdbc.sql(
                        """
                        select account from derived.holding
                        where asset_class = 'work' and asset_id = :id and amount > 0
                        """)
                .param("id", work.tokenId())
                .query((row, _) -> Address.of(row.getBytes(1)))
                .optional();
    }

    /** Everything held by anyone, in a fixed order, from after a given holding on. */
    List<Holding> all(@Nullable Holding after, int limit) {
        return jdbc.sql(
                        """
                        select account, asset_class, asset_id, amount from derived.holding
                        where amount <> 0 and account <> :nobody
                          and (account, asset_class, asset_id) > (:account, :class, :id)
                        order by account, asset_class, asset_id limit :limit
                        """)
                .param("nobody", Address.ZERO.bytes())
                .param("account", (after == null ? Address.ZERO : after.account()).bytes())
                .param("class", after == null ? "" : after.asset().kind())
                .param("id", after == null ? BigInteger.ZERO : after.asset().number())
                .param("limit", limit)
                .query(Holdings::holding)
                .list();
    }

    /**
     * As {@link #all}, after a past block; sums every posting up to it, so that it also finds a
     * balance that its postings do not add up to.
     */
    List<Holding> allAt(long block, @Nullable Holding after, int limit) {
        return jdbc.sql(
                        """
                        select account, asset_class, asset_id, sum(amount) as amount
                        from derived.posting
                        where canonical and block_number <= :block and account <> :nobody
                          and (account, asset_class, asset_id) > (:account, :class, :id)
                        group by account, asset_class, asset_id having sum(amount) <> 0
                        order by account, asset_class, asset_id limit :limit
                        """)
                .param("block", block)
                .param("nobody", Address.ZERO.bytes())
                .param("account", (after == null ? Address.ZERO : after.account()).bytes())
                .param("class", after == null ? "" : after.asset().kind())
                .param("id", after == null ? BigInteger.ZERO : after.asset().number())
                .param("limit", limit)
                .query(Holdings::holding)
                .list();
    }

    /**
     * As {@link #all}, with what their postings say, each counted by itself: nothing follows from
     * anything else here.
     */
    List<Audited> audited(long block, @Nullable Holding after, int limit) {
        return jdbc.sql(
                        """
                        select held.*, posted.amount as posted, posted.settled,
                               coalesce(newest.balance, 0) as balance
                        from (select account, asset_class, asset_id, amount from derived.holding
                              where amount <> 0 and account <> :nobody
                                and (account, asset_class, asset_id) > (:account, :class, :id)
                              order by account, asset_class, asset_id limit :limit) held
                        cross join lateral (
                            select coalesce(sum(amount), 0) as amount,
                                   coalesce(sum(amount) filter (where block_number <= :block), 0)
                                     as settled
                            from derived.posting
                            where canonical and (account, asset_class, asset_id)
                              = (held.account, held.asset_class, held.asset_id)) posted
                        left join lateral (
                            select balance from derived.posting
                            where canonical and block_number <= :block
                              and (account, asset_class, asset_id)
                                = (held.account, held.asset_class, held.asset_id)
                            order by block_number desc, log_index desc, item desc limit 1) newest
                          on true
                        order by account, asset_class, asset_id
                        """)
                .param("block", block)
                .param("nobody", Address.ZERO.bytes())
                .param("account", (after == null ? Address.ZERO : after.account()).bytes())
                .param("class", after == null ? "" : after.asset().kind())
                .param("id", after == null ? BigInteger.ZERO : after.asset().number())
                .param("limit", limit)
                .query((row, number) ->
                        new Audited(
                                holding(row, number),
                                row.getBigDecimal("posted").toBigIntegerExact(),
                                row.getBigDecimal("settled").toBigIntegerExact(),
                                row.getBigDecimal("balance").toBigIntegerExact()))
                .list();
    }

    /** Works an account owned after a past block, by token id; reads its own postings of works. */
    List<WorkId> worksAt(Address account, long block) {
        return jdbc.sql(
                        """
                        select asset_id from derived.posting
                        where canonical and account = :account and asset_class = 'work'
                          and block_number <= :block
                        group by asset_id having sum(amount) <> 0 order by asset_id
                        """)
                .param("account", account.bytes())
                .param("block", block)
                .query((row, _) -> new WorkId(row.getBigDecimal(1).toBigIntegerExact()))
                .list();
    }

    private static Holding holding(ResultSet row, int index) throws SQLException {
        return new Holding(
                Address.of(row.getBytes("account")),
                Asset.of(
                        row.getString("asset_class"),
                        row.getBigDecimal("asset_id").toBigIntegerExact()),
                amount(row, index));
    }

    private static BigInteger amount(ResultSet row, int index) throws SQLException {
        return row.getBigDecimal("amount").toBigIntegerExact();
    }
}
