package atelier.ledger;

import atelier.kernel.Address;
import atelier.kernel.IntentId;
import atelier.kernel.Refused;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Points and supplies set apart for intents on their way. Whoever wants to hold locks the account's
 * row first, so that of two commands the second sees what the first left.
 */
@Component
class Holds {

    // One statement, so one view of both: the block that lowers a holding also ends its hold.
    private static final String AVAILABLE =
            """
            select coalesce((
                select amount from derived.holding
                where account = :account and asset_class = 'points' and asset_id = 0), 0)
              - coalesce((
                select sum(hold.amount) from recorded.hold
                join recorded.intent on intent.id = hold.intent
                where hold.account = :account and intent.state in ('WAITING', 'SENT')), 0)
            """;

    private static final String SUPPLIES =
            """
            select holding.asset_id, holding.amount - coalesce((
                select sum(hold.amount) from recorded.supply_hold hold
                join recorded.intent on intent.id = hold.intent
                where hold.account = holding.account and hold.supply = holding.asset_id
                  and intent.state in ('WAITING', 'SENT')), 0) as amount
            from derived.holding
            where holding.account = :account and holding.asset_class = 'supply'
            order by holding.asset_id
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    Holds(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    TokenAmount available(Address account) {
        return new TokenAmount(
                jdbc.sql(AVAILABLE)
                        .param("account", account.bytes())
                        .query(BigDecimal.class)
                        .single()
                        .toBigIntegerExact());
    }

    /** Supplies that no intent on its way will use up, those there are any of. */
    Map<SupplyId, BigInteger> availableSupplies(Address account) {
        Map<SupplyId, BigInteger> available = new LinkedHashMap<>();
        jdbc.sql(SUPPLIES)
                .param("account", account.bytes())
                .query(row -> {
                    BigInteger amount = row.getBigDecimal("amount").toBigIntegerExact();
                    if (amount.signum() > 0) {
                        available.put(new SupplyId(row.getLong("asset_id")), amount);
                    }
                });
        return available;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void holdSupplies(IntentId intent, Address account, Map<SupplyId, BigInteger> supplies) {
        lock(account);
        supplies.forEach((supply, amount) ->
                jdbc.sql(
                                """
                                insert into recorded.supply_hold (intent, account, supply, amount, held)
                                values (:intent, :account, :supply, :amount, :held)
                                on conflict do nothing
                                """)
                        .param("intent", intent.hash().bytes())
                        .param("account", account.bytes())
                        .param("supply", supply.number())
                        .param("amount", amount)
                        .param("held", clock.instant().atOffset(ZoneOffset.UTC))
                        .update());
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void hold(IntentId intent, Address account, TokenAmount amount) {
        lock(account);
        if (isHeld(intent)) {
            return;
        }
        TokenAmount available = available(account);
        if (available.compareTo(amount) < 0) {
            throw Refused.conflict(
                    "points.insufficient", available, amount, amount.minus(available));
        }
        jdbc.sql(
                        """
                        insert into recorded.hold (intent, account, amount, held)
                        values (:intent, :account, :amount, :held)
                        """)
                .param("intent", intent.hash().bytes())
                .param("account", account.bytes())
                .param("amount", amount.units())
                .param("held", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Keeps every other command on this account waiting until the caller's transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lock(Address account) {
        jdbc.sql("insert into recorded.account (address) values (:account) on conflict do nothing")
                .param("account", account.bytes())
                .update();
        jdbc.sql("select address from recorded.account where address = :account for update")
                .param("account", account.bytes())
                .query(byte[].class)
                .single();
    }

    private boolean isHeld(IntentId intent) {
        return jdbc.sql("select exists (select from recorded.hold where intent = :intent)")
                .param("intent", intent.hash().bytes())
                .query(Boolean.class)
                .single();
    }
}
