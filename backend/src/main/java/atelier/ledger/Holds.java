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
import java.util.Optional;
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

    // One statement, so one view of both: the block that lowers a holding also ends its hold. The
    // account that holds something back is the one that signs for it.
    private static final String AVAILABLE =
            """
            coalesce((
                select amount from derived.holding
                where account = :account and asset_class = 'points' and asset_id = 0), 0)
              - coalesce((
                select sum(hold.amount) from recorded.intent
                join recorded.hold on hold.intent = intent.id
                where intent.signer = :account and intent.state in ('WAITING', 'SENT')
                  and hold.account = :account), 0)
            """;

    private static final String SUPPLIES =
            """
            select holding.asset_id, holding.amount - coalesce(held.amount, 0) as amount
            from derived.holding
            left join (
                select hold.supply, sum(hold.amount) as amount from recorded.intent
                join recorded.supply_hold hold on hold.intent = intent.id
                where intent.signer = :account and intent.state in ('WAITING', 'SENT')
                  and hold.account = :account
                group by hold.supply) held on held.supply = holding.asset_id
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
                jdbc.sql("select " + AVAILABLE)
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
        Optional<TokenAmount> unheld = availableFor(intent, account);
        if (unheld.isEmpty()) {
            return;
        }
        TokenAmount available = unheld.get();
        if (available.compareTo(amount) < 0) {
            throw Refused.conflict(
                    "points.insufficient", available, amount, amount.minus(available));
        }
        int added =
                jdbc.sql(
                                """
                                insert into recorded.hold (intent, account, amount, held)
                                select id, signer, :amount, :held from recorded.intent
                                where id = :intent and signer = :account
                                """)
                        .param("intent", intent.hash().bytes())
                        .param("account", account.bytes())
                        .param("amount", amount.units())
                        .param("held", clock.instant().atOffset(ZoneOffset.UTC))
                        .update();
        if (added != 1) {
            throw new IllegalStateException(account + " does not sign " + intent);
        }
    }

    /** Keeps every other command on this account waiting until the caller's transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lock(Address account) {
        if (!locked(account)) {
            jdbc.sql(
                            """
                            insert into recorded.account (address) values (:account)
                            on conflict do nothing
                            """)
                    .param("account", account.bytes())
                    .update();
            locked(account);
        }
    }

    /** Whether there is such an account; if so, it is locked. */
    private boolean locked(Address account) {
        return jdbc.sql("select address from recorded.account where address = :account for update")
                .param("account", account.bytes())
                .query(byte[].class)
                .optional()
                .isPresent();
    }

    /** What there is to hold for an intent; empty if it holds something already. */
    private Optional<TokenAmount> availableFor(IntentId intent, Address account) {
        return jdbc.sql(
                        "select "
                                + AVAILABLE
                                + " where not exists (select from recorded.hold where intent = :intent)")
                .param("account", account.bytes())
                .param("intent", intent.hash().bytes())
                .query(BigDecimal.class)
                .optional()
                .map(available -> new TokenAmount(available.toBigIntegerExact()));
    }
}
