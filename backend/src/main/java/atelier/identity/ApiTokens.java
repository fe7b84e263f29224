package atelier.identity;

import atelier.kernel.GroupCommit;
import atelier.kernel.Hash32;
import atelier.kernel.MemberId;
import atelier.web.Accounts;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Lets members' programs in: opaque tokens that end by themselves and can be revoked. */
@Service
public class ApiTokens {

    private static final int GROUPS = 2;
    private static final int GROUP_SIZE = 128;

    private final JdbcClient db;
    private final Clock clock;
    private final IdentityProperties limits;
    private final GroupCommit<Hash32, Optional<Accounts.Bearer>> bearers =
            new GroupCommit<>(new Bearers(), GROUPS, GROUP_SIZE);

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
        return bearers.ask(Hash32.of(Secret.digest(token)));
    }

    /** A program asks with every request of its own: those that come together are asked at once. */
    private final class Bearers implements GroupCommit.Door<Hash32, Optional<Accounts.Bearer>> {

        @Override
        public List<Optional<Optional<Accounts.Bearer>>> together(List<Hash32> digests) {
            Map<Hash32, Accounts.Bearer> known = bearersOf(digests);
            return digests.stream()
                    .map(digest -> Optional.of(Optional.ofNullable(known.get(digest))))
                    .toList();
        }

        @Override
        public Optional<Accounts.Bearer> alone(Hash32 digest) {
            return Optional.ofNullable(bearersOf(List.of(digest)).get(digest));
        }
    }

    private Map<Hash32, Accounts.Bearer> bearersOf(List<Hash32> digests) {
        Map<Hash32, Accounts.Bearer> bearers = new HashMap<>();
        db.sql(
                        """
                        SELECT t.digest, t.member, ARRAY(SELECT r.role FROM recorded.member_role r
                                                         WHERE r.member = t.member) AS roles
                        FROM recorded.api_token t
                        WHERE t.digest = ANY (:digests) AND t.expires_at > :now
                        """)
                .param("digests", digests.stream().map(Hash32::bytes).toArray(byte[][]::new))
                .param("now", MemberRows.at(clock.instant()))
                .query(row -> {
                    bearers.put(
                            Hash32.of(row.getBytes("digest")),
                            new Accounts.Bearer(
                                    new MemberId(row.getObject("member", UUID.class)),
                                    Set.of((String[]) row.getArray("roles").getArray())));
                });
        return bearers;
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
