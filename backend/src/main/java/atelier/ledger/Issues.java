package atelier.ledger;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import atelier.kernel.TokenAmount;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Why points were issued: rows of {@code recorded.issue}. */
@Component
class Issues {

    private final JdbcClient jdbc;
    private final Clock clock;

    Issues(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Writes down an issue once; the same intent again changes nothing. */
    void record(
            IntentId intent,
            MemberId member,
            Address account,
            TokenAmount amount,
            @Nullable String reason,
            @Nullable MemberId grantedBy) {
        jdbc.sql(
                        """
                        insert into recorded.issue
                            (intent, member, account, amount, reason, granted_by, issued)
                        values (:intent, :member, :account, :amount, :reason, :grantedBy, :issued)
                        on conflict do nothing
                        """)
                .param("intent", intent.hash().bytes())
                .param("member", member.id())
                .param("account", account.bytes())
                .param("amount", amount.units())
                .param("reason", reason)
                .param("grantedBy", grantedBy == null ? null : grantedBy.id())
                .param("issued", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Units that are decided but not yet in a block. */
    TokenAmount pending() {
        return new TokenAmount(
                jdbc.sql(
                                """
                                select coalesce(sum(issue.amount), 0) from recorded.issue
                                join recorded.progress on progress.id = issue.intent
                                where progress.state in ('WAITING', 'SENT')
                                """)
                        .query(BigDecimal.class)
                        .single()
                        .toBigIntegerExact());
    }

    /** Admins' grants, the newest first. */
    List<Issue> grants(int limit) {
        return jdbc.sql(
                        """
                        select * from recorded.issue where granted_by is not null
                        order by issued desc limit :limit
                        """)
                .param("limit", limit)
                .query(Issues::issue)
                .list();
    }

    /** Everything issued to one account, the newest first. */
    List<Issue> to(Address account) {
        return jdbc.sql(
                        "select * from recorded.issue where account = :account order by issued desc")
                .param("account", account.bytes())
                .query(Issues::issue)
                .list();
    }

    /** What was issued to one account in these transactions. */
    Map<Hash32, Issue> in(Collection<Hash32> transactions, Address account) {
        Map<Hash32, Issue> issues = new HashMap<>();
        jdbc.sql(
                        """
                        select issue.*, progress.tx from recorded.issue
                        join recorded.progress on progress.id = issue.intent
                        where issue.account = :account and progress.state = 'IN_BLOCK'
                          and progress.tx = any (:transactions)
                        """)
                .param("account", account.bytes())
                .param(
                        "transactions",
                        transactions.stream().map(Hash32::bytes).toArray(byte[][]::new))
                .query(row -> {
                    issues.put(Hash32.of(row.getBytes("tx")), issue(row, 0));
                });
        return issues;
    }

    private static Issue issue(ResultSet row, int index) throws SQLException {
        UUID grantedBy = row.getObject("granted_by", UUID.class);
        return new Issue(
                new IntentId(Hash32.of(row.getBytes("intent"))),
                new MemberId(row.getObject("member", UUID.class)),
                new TokenAmount(row.getBigDecimal("amount").toBigIntegerExact()),
                row.getString("reason"),
                grantedBy == null ? null : new MemberId(grantedBy),
                row.getTimestamp("issued").toInstant());
    }
}
