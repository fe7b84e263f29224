package atelier.ledger;

import atelier.kernel.Address;
import atelier.kernel.TokenAmount;
import atelier.rules.Rulebook;
import atelier.rules.Rules;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What may still be issued in this epoch, counted as the Points contract counts: everything issued
 * in blocks of the epoch, and here also what is on its way and the welcomes that are owed.
 */
@Component
class Budget {

    private final JdbcClient jdbc;
    private final Rules rules;
    private final Issues issues;
    private final OwedWelcomes owed;
    private final Clock clock;

    Budget(JdbcClient jdbc, Rules rules, Issues issues, OwedWelcomes owed, Clock clock) {
        this.jdbc = jdbc;
        this.rules = rules;
        this.issues = issues;
        this.owed = owed;
        this.clock = clock;
    }

    // In this order: what moves on while it is counted is counted twice rather than not at all.
    TokenAmount left() {
        Rulebook rulebook = rules.current();
        TokenAmount promised = rulebook.welcomePoints().times(owed.count());
        TokenAmount pending = issues.pending();
        TokenAmount issued = issuedSince(epochStart(rulebook));
        TokenAmount left = rulebook.issuanceBudget().minus(promised).minus(pending).minus(issued);
        return left.signum() > 0 ? left : TokenAmount.ZERO;
    }

    private Instant epochStart(Rulebook rulebook) {
        long length = rulebook.epochLength().toSeconds();
        return Instant.ofEpochSecond(clock.instant().getEpochSecond() / length * length);
    }

    private TokenAmount issuedSince(Instant start) {
        return new TokenAmount(
                jdbc.sql(
                                """
                                select coalesce(- sum(posting.amount), 0) from derived.posting
                                where account = :nobody and asset_class = 'points'
                                  and asset_id = 0 and canonical
                                  and block_number >= (
                                    select number from derived.block
                                    where canonical and mined_at >= :start
                                    order by mined_at, number limit 1)
                                """)
                        .param("nobody", Address.ZERO.bytes())
                        .param("start", start.atOffset(ZoneOffset.UTC))
                        .query(BigDecimal.class)
                        .single()
                        .toBigIntegerExact());
    }
}
