package atelier.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Clears away, once an hour, what nobody can use any more. */
@Component
class Sweep {

    private static final Duration KEPT = Duration.ofDays(2);

    private final JdbcClient db;
    private final Clock clock;

    Sweep(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT1H")
    void sweep() {
        OffsetDateTime old = MemberRows.at(clock.instant().minus(KEPT));
        delete("recorded.attempt_count WHERE since < :old", old);
        delete("recorded.join_key WHERE used_at < :old", old);
        delete("recorded.api_token WHERE expires_at < :old", old);
    }

    private void delete(String what, OffsetDateTime old) {
        db.sql("DELETE FROM " + what).param("old", old).update();
    }
}
