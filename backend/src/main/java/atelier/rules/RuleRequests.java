package atelier.rules;

import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import java.math.BigInteger;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What admins asked the RuleBook to say: rows of {@code recorded.rule_request}. */
@Component
class RuleRequests {

    private final JdbcClient jdbc;
    private final Clock clock;

    RuleRequests(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void record(IntentId intent, MemberId admin, Map<Rule, BigInteger> wished) {
        wished.forEach((rule, value) ->
                jdbc.sql(
                                """
                                insert into recorded.rule_request
                                    (intent, rule, wished, member, requested)
                                values (:intent, :rule, :wished, :member, :requested)
                                on conflict do nothing
                                """)
                        .param("intent", intent.hash().bytes())
                        .param("rule", rule.key())
                        .param("wished", value)
                        .param("member", admin.id())
                        .param("requested", clock.instant().atOffset(ZoneOffset.UTC))
                        .update());
    }
}
