package atelier.identity;

import atelier.kernel.Refused;
import atelier.kernel.Refused.Reason;
import java.time.Clock;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes the first admin of a place that has none: by a link that only whoever reads the start's
 * output knows, that opens once and for a day.
 */
@Service
public class SetUp {

    private static final Duration LIFE = Duration.ofDays(1);

    private final JdbcClient db;
    private final Clock clock;
    private final MemberRows rows;
    private final Members members;

    SetUp(JdbcClient db, Clock clock, MemberRows rows, Members members) {
        this.db = db;
        this.clock = clock;
        this.rows = rows;
        this.members = members;
    }

    /** Whether nobody is admin yet. */
    public boolean isDue() {
        return !rows.anyoneHas(Role.ADMIN);
    }

    /** A new link's secret; those of earlier starts stop working. */
    @Transactional
    public String newLink() {
        String secret = Secret.draw();
        db.sql("DELETE FROM recorded.set_up_link").update();
        db.sql("INSERT INTO recorded.set_up_link (digest, expires_at) VALUES (:digest, :expires)")
                .param("digest", Secret.digest(secret))
                .param("expires", MemberRows.at(clock.instant().plus(LIFE)))
                .update();
        return secret;
    }

    /** Whether the link still opens. */
    public boolean opens(String secret) {
        return db.sql(
                        """
                        SELECT EXISTS (SELECT FROM recorded.set_up_link
                                       WHERE digest = :digest AND expires_at > :now)
                        """)
                .param("digest", Secret.digest(secret))
                .param("now", MemberRows.at(clock.instant()))
                .query(Boolean.class)
                .single();
    }

    /**
     * Uses the link up and makes the admin, both or neither.
     *
     * @throws Refused {@code set-up.link} if the link is used, over or unknown
     */
    @Transactional
    public Member use(String secret, Registration registration) {
        if (!isDue() || !opens(secret) || !take(secret)) {
            throw new Refused(Reason.NOT_FOUND, "set-up.link");
        }
        Member admin = members.register(registration);
        members.appoint(admin.id(), Role.ADMIN);
        return admin;
    }

    /** The row's deletion decides between two who come at once. */
    private boolean take(String secret) {
        return db.sql("DELETE FROM recorded.set_up_link WHERE digest = :digest")
                        .param("digest", Secret.digest(secret))
                        .update()
                == 1;
    }
}
