package atelier.identity;

import atelier.kernel.IdempotencyKey;
import atelier.kernel.Refused;
import java.time.Clock;
import java.util.Arrays;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Which registration a key was first used for. Guests have no name to keep keys apart by, so their
 * network address stands for one; of the registration only name and address are compared, because a
 * quick digest of a password is no way to keep it.
 */
@Repository
class JoinKeys {

    private final JdbcClient db;
    private final Clock clock;

    JoinKeys(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /**
     * Remembers the key, or checks it against its first use.
     *
     * @throws Refused {@code idempotency.mismatch} if that was another registration
     */
    void require(Registration registration) {
        IdempotencyKey key = registration.key();
        if (key == null) {
            return;
        }
        byte[] subject = Secret.digest(registration.from() + " " + key.value());
        byte[] request = Secret.digest(registration.email() + "\n" + registration.name());
        if (!remember(subject, request) && !Arrays.equals(first(subject), request)) {
            throw Refused.conflict("idempotency.mismatch");
        }
    }

    private boolean remember(byte[] subject, byte[] request) {
        return db.sql(
                                """
                                INSERT INTO recorded.join_key (subject, request, used_at)
                                VALUES (:subject, :request, :now) ON CONFLICT DO NOTHING
                                """)
                        .param("subject", subject)
                        .param("request", request)
                        .param("now", MemberRows.at(clock.instant()))
                        .update()
                == 1;
    }

    private byte[] first(byte[] subject) {
        return db.sql("SELECT request FROM recorded.join_key WHERE subject = :subject")
                .param("subject", subject)
                .query(byte[].class)
                .single();
    }
}
