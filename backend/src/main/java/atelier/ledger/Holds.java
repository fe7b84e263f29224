package atelier.ledger;

import atelier.kernel.Address;
import atelier.kernel.IntentId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Points set apart for intents on their way. Whoever wants to hold locks the account's row first,
 * so that of two commands the second sees what the first left.
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
