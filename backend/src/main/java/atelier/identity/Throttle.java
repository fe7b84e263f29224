package atelier.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Counts tries per subject in the database, so that a restart or a second process forgets nothing.
 * A try is counted before it is made, in a transaction of its own: a hundred at once are a hundred.
 * Subjects are kept as digests; what people type where an address belongs may be a password.
 */
@Repository
class Throttle {

    private final JdbcClient db;
    private final Clock clock;

    Throttle(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** Counts a try; whether it is within the limit of the window that its first one opened. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public boolean admits(String subject, int limit, Duration window) {
        Instant now = clock.instant();
        return db.sql(
                                """
                                INSERT INTO recorded.attempt_count AS c (subject, tries, since)
                                VALUES (:subject, 1, :now)
                                ON CONFLICT (subject) DO UPDATE SET
                                    tries = CASE WHEN c.since < :start THEN 1
                                                 ELSE c.tries + 1 END,
                                    since = CASE WHEN c.since < :start THEN :now ELSE c.since END
                                RETURNING tries
                                """)
                        .param("subject", Secret.digest(subject))
                        .param("now", MemberRows.at(now))
                        .param("start", MemberRows.at(now.minus(window)))
                        .query(Integer.class)
                        .single()
                <= limit;
    }

    /** Takes one counted try back: it was right. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void forgive(String subject) {
        db.sql(
                        """
                        UPDATE recorded.attempt_count SET tries = tries - 1
                        WHERE subject = :subject AND tries > 0
                        """)
                .param("subject", Secret.digest(subject))
                .update();
    }

    /** Forgets all of a subject's tries: the last one was right. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void forget(String subject) {
        db.sql("DELETE FROM recorded.attempt_count WHERE subject = :subject")
                .param("subject", Secret.digest(subject))
                .update();
    }
}
