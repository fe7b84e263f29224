package atelier.ledger;

import atelier.kernel.Address;
import atelier.kernel.MemberId;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Welcomes of which nobody could say how many points they are: the rules were not read yet. */
@Component
class OwedWelcomes {

    /** Who is still to be welcomed. */
    record Owed(MemberId member, Address account) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    OwedWelcomes(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void add(MemberId member, Address account) {
        jdbc.sql(
                        """
                        insert into recorded.owed_welcome (member, account, owed)
                        values (:member, :account, :owed)
                        """)
                .param("member", member.id())
                .param("account", account.bytes())
                .param("owed", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Takes the oldest away for the caller's transaction alone; others take others. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Owed> take(int most) {
        return jdbc.sql(
                        """
                        delete from recorded.owed_welcome where member = any (array(
                            select member from recorded.owed_welcome
                            order by owed limit :most for update skip locked))
                        returning member, account
                        """)
                .param("most", most)
                .query((row, _) ->
                        new Owed(
                                new MemberId(row.getObject("member", UUID.class)),
                                Address.of(row.getBytes("account"))))
                .list();
    }

    boolean isOwed(MemberId member) {
        return jdbc.sql("select exists (select from recorded.owed_welcome where member = :member)")
                .param("member", member.id())
                .query(Boolean.class)
                .single();
    }

    long count() {
        return jdbc.sql("select count(*) from recorded.owed_welcome").query(Long.class).single();
    }
}
