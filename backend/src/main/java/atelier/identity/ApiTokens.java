package atelier.identity;

import atelier.kernel.MemberId;
import atelier.web.Accounts;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Lets members' programs in: opaque tokens that end by themselves and can be revoked. */
@Service
public class ApiTokens {

    private final JdbcClient db;
    private final Clock clock;
    private final IdentityProperties limits;

    ApiTokens(JdbcClient db, Clock clock, IdentityProperties limits) {
        this.db = db;
        this.clock = clock;
        this.limits = limits;
    }

    /** A token, readable this once. */
    public record Issued(String token, Instant expires) {

        /** Says until when, never what. */
        @Override
        public String toString() {
            return "Issued[until " + expires + "]";
        }
    }

    /** Makes a token for a member; the oldest of too many gives way. */
    @Transactional
    public Issued issue(MemberId member) {
        Issued issued = new Issued(Secret.draw(), clock.instant().plus(limits.tokenLife()));
        db.sql(
                        """
                        INSERT INTO recorded.api_token (digest, member, made_at, expires_at)
                        VALUES (:digest, :member, :now, :expires)
                        """)
                .param("digest", Secret.digest(issued.token()))
                .param("member", member.id())
                .param("now", MemberRows.at(clock.instant()))
                .param("expires", MemberRows.at(issued.expires()))
                .update();
        dropSurplus(member);
        return issued;
    }

    /** Whose token this is, while it lasts, and what they may do. */
    Optional<Accounts.Bearer> bearerOf(String token) {
        return db.sql(
                        """
                        SELECT t.member, ARRAY(SELECT r.role FROM recorded.member_role r
                                               WHERE r.member = t.member) AS roles
                        FROM recorded.api_token t
                        WHERE t.digest = :digest AND t.expires_at > :now
                        """)
                .param("digest", Secret.digest(token))
                .param("now", MemberRows.at(clock.instant()))
                .query((row, _) ->
                        new Accounts.Bearer(
                                new MemberId(row.getObject("member", UUID.class)),
                                Set.of((String[]) row.getArray("roles").getArray())))
                .optional();
    }

    /** Ends a token now. */
    @Transactional
    public void revoke(String token) {
        db.sql("DELETE FROM recorded.api_token WHERE digest = :digest")
                .param("digest", Secret.digest(token))
                .update();
    }

    private void dropSurplus(MemberId member) {
        db.sql(
                        """
                        DELETE FROM recorded.api_token WHERE digest IN (
                            SELECT digest FROM recorded.api_token WHERE member = :member
                            ORDER BY expires_at DESC, digest OFFSET :keep)
                        """)
                .param("member", member.id())
                .param("keep", limits.tokensPerMember())
                .update();
    }
}
