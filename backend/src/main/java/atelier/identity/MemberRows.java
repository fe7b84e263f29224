package atelier.identity;

import atelier.kernel.Address;
import atelier.kernel.MemberId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** Members as the database has them. */
@Repository
class MemberRows {

    private static final String SELECT =
            """
            SELECT m.id, m.name, m.account, m.joined,
                   ARRAY(SELECT r.role FROM recorded.member_role r WHERE r.member = m.id) AS roles
            FROM recorded.member m
            """;

    private final JdbcClient db;

    MemberRows(JdbcClient db) {
        this.db = db;
    }

    void add(Member member, String email, String passwordHash, Locale language) {
        db.sql(
                        """
                        INSERT INTO recorded.member
                            (id, name, email, password_hash, account, language, joined)
                        VALUES (:id, :name, :email, :hash, :account, :language, :joined)
                        """)
                .param("id", member.id().id())
                .param("name", member.name())
                .param("email", email)
                .param("hash", passwordHash)
                .param("account", member.account().bytes())
                .param("language", language.toLanguageTag())
                .param("joined", at(member.joined()))
                .update();
        member.roles().forEach(role -> give(member.id(), role, member.joined()));
    }

    /** Whether the role is new to them. */
    boolean give(MemberId member, Role role, Instant now) {
        return db.sql(
                                """
                                INSERT INTO recorded.member_role (member, role, given_at)
                                VALUES (:member, :role, :now) ON CONFLICT DO NOTHING
                                """)
                        .param("member", member.id())
                        .param("role", role.name())
                        .param("now", at(now))
                        .update()
                == 1;
    }

    /** Whether they had the role. */
    boolean take(MemberId member, Role role) {
        return db.sql("DELETE FROM recorded.member_role WHERE member = :member AND role = :role")
                        .param("member", member.id())
                        .param("role", role.name())
                        .update()
                == 1;
    }

    boolean anyoneHas(Role role) {
        return db.sql("SELECT EXISTS (SELECT FROM recorded.member_role WHERE role = :role)")
                .param("role", role.name())
                .query(Boolean.class)
                .single();
    }

    Optional<Member> find(MemberId id) {
        return members(db.sql(SELECT + "WHERE m.id = :id").param("id", id.id())).stream()
                .findFirst();
    }

    List<Member> find(Collection<MemberId> ids) {
        UUID[] keys = ids.stream().map(MemberId::id).distinct().toArray(UUID[]::new);
        return members(db.sql(SELECT + "WHERE m.id = ANY (:keys)").param("keys", keys));
    }

    List<Member> byAccounts(Collection<Address> accounts) {
        byte[][] keys = accounts.stream().map(Address::bytes).toArray(byte[][]::new);
        return keys.length == 0
                ? List.of()
                : members(db.sql(SELECT + "WHERE m.account = ANY (:keys)").param("keys", keys));
    }

    /** Whose name contains the text, in any case; in order of name. */
    List<Member> search(String text, int limit) {
        return members(
                db.sql(
                                SELECT
                                        + """
                                        WHERE position(lower(:text) IN lower(m.name)) > 0
                                        ORDER BY m.name, m.id LIMIT :limit
                                        """)
                        .param("text", text)
                        .param("limit", limit));
    }

    /** Who has had the role for longest. */
    Optional<Member> first(Role role) {
        return members(
                        db.sql(
                                        SELECT
                                                + """
                                                JOIN recorded.member_role g ON g.member = m.id
                                                WHERE g.role = :role
                                                ORDER BY g.given_at, m.id LIMIT 1
                                                """)
                                .param("role", role.name()))
                .stream()
                .findFirst();
    }

    Optional<Locale> language(MemberId id) {
        return db.sql("SELECT language FROM recorded.member WHERE id = :id")
                .param("id", id.id())
                .query(String.class)
                .optional()
                .map(Locale::forLanguageTag);
    }

    void speak(MemberId id, Locale language) {
        db.sql("UPDATE recorded.member SET language = :language WHERE id = :id")
                .param("language", language.toLanguageTag())
                .param("id", id.id())
                .update();
    }

    Optional<Credentials> credentials(Email email) {
        return db.sql("SELECT id, password_hash FROM recorded.member WHERE email = :email")
                .param("email", email.address())
                .query((row, number) ->
                        new Credentials(
                                new MemberId(row.getObject("id", UUID.class)),
                                row.getString("password_hash")))
                .optional();
    }

    /** What a password is checked against. */
    record Credentials(MemberId member, String passwordHash) {

        @Override
        public String toString() {
            return "Credentials[" + member + "]";
        }
    }

    private static List<Member> members(StatementSpec statement) {
        return statement.query((row, number) -> member(row)).list();
    }

    private static Member member(ResultSet row) throws SQLException {
        return new Member(
                new MemberId(row.getObject("id", UUID.class)),
                row.getString("name"),
                Address.of(row.getBytes("account")),
                roles(row.getArray("roles")),
                row.getObject("joined", OffsetDateTime.class).toInstant());
    }

    private static Set<Role> roles(Array names) throws SQLException {
        return Arrays.stream((String[]) names.getArray())
                .map(Role::valueOf)
                .collect(Collectors.toUnmodifiableSet());
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
