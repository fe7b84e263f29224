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
 * in blocks of the epoch, and here also what is on its way.
 */
@Component
class Budget {

    private final JdbcClient jdbc;
    private final Rules rules;
    private final Issues issues;
    private final Clock clock;

    Budget(JdbcClient jdbc, Rules rules, Issues issues, Clock clock) {
        this.jdbc = jdbc;
        this.rules = rules;
        this.issues = issues;
        this.clock = clock;
    }

    TokenAmount left() {
        Rulebook rulebook = rules.current();
        TokenAmount left =
                rulebook.issuanceBudget()
                        .minus(issuedSince(epochStart(rulebook)))
                        .minus(issues.pending());
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
                                where account = :nobody and asset_class = 'points' and canonical
                                  and block_number >= (
                                    select min(number) from derived.block
                                    where canonical and mined_at >= :start)
                                """)
                        .param("nobody", Address.ZERO.bytes())
                        .param("start", start.atOffset(ZoneOffset.UTC))
                        .query(BigDecimal.class)
                        .single()
                        .toBigIntegerExact());
    }
}
