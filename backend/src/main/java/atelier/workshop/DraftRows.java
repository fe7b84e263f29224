package atelier.workshop;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import atelier.kernel.RecipeId;
import atelier.kernel.WorkId;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The drafts that members keep. */
@Repository
class DraftRows {

    private static final String SELECT =
            """
            SELECT id, maker, account, recipe, picture, title, description, parents, created,
                   request_hash, intent, attempts, ordered
            FROM recorded.draft
            """;

    /** A draft with what only its keeping needs. */
    record Row(
            DraftId id,
            MemberId maker,
            Address account,
            RecipeId recipe,
            Hash32 picture,
            String title,
            String description,
            List<WorkId> parents,
            Instant created,
            Hash32 requestHash,
            @Nullable IntentId intent,
            int attempts,
            @Nullable Instant ordered) {}

    private final JdbcClient jdbc;

    DraftRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps a new draft; false if the maker's key already stands for one. */
    boolean add(Row draft, @Nullable IdempotencyKey key) {
        return jdbc.sql(
                                """
                                INSERT INTO recorded.draft (id, maker, account, recipe, picture,
                                  title, description, parents, created, request_key,
                                  request_hash)
                                VALUES (:id, :maker, :account, :recipe, :picture, :title,
                                  :description, CAST(:parents AS numeric[]), :created, :key,
                                  :requestHash)
                                ON CONFLICT (maker, request_key) DO NOTHING
                                """)
                        .param("id", draft.id().id())
                        .param("maker", draft.maker().id())
                        .param("account", draft.account().bytes())
                        .param("recipe", draft.recipe().number())
                        .param("picture", draft.picture().bytes())
                        .param("title", draft.title())
                        .param("description", draft.description())
                        .param(
                                "parents",
                                draft.parents().stream()
                                        .map(WorkId::toString)
                                        .toArray(String[]::new))
                        .param("created", Timestamp.from(draft.created()))
                        .param("key", key == null ? null : key.value())
                        .param("requestHash", draft.requestHash().bytes())
                        .update()
                == 1;
    }

    Optional<Row> byKey(MemberId maker, IdempotencyKey key) {
        return jdbc.sql(SELECT + "WHERE maker = :maker AND request_key = :key")
                .param("maker", maker.id())
                .param("key", key.value())
                .query((row, _) -> row(row))
                .optional();
    }

    Optional<Row> find(DraftId id, MemberId maker) {
        return one(id, maker, "");
    }

    /** The same, and nobody else changes it until the caller's transaction ends. */
    Optional<Row> lock(DraftId id, MemberId maker) {
        return one(id, maker, " FOR UPDATE");
    }

    private Optional<Row> one(DraftId id, MemberId maker, String lock) {
        return jdbc.sql(SELECT + "WHERE id = :id AND maker = :maker" + lock)
                .param("id", id.id())
                .param("maker", maker.id())
                .query((row, _) -> row(row))
                .optional();
    }

    /** Whose these drafts are. */
    Set<Address> accounts(Collection<DraftId> ids) {
        return jdbc.sql("SELECT DISTINCT account FROM recorded.draft WHERE id = ANY (:ids)")
                .param("ids", ids(ids))
                .query((row, _) -> Address.of(row.getBytes("account")))
                .set();
    }

    /**
     * Those of these drafts that were never ordered, nor another of the same motif; nobody else
     * changes them until the caller's transaction ends. Left out is what somebody else is changing.
     */
    List<Row> lockFresh(Collection<DraftId> ids) {
        return jdbc.sql(
                        SELECT
                                + """
                                WHERE id = ANY (:ids) AND intent IS NULL AND NOT EXISTS (
                                    SELECT FROM recorded.draft twin
                                    WHERE twin.picture = draft.picture
                                      AND twin.account = draft.account
                                      AND twin.recipe = draft.recipe
                                      AND twin.ordered IS NOT NULL)
                                FOR UPDATE SKIP LOCKED
                                """)
                .param("ids", ids(ids))
                .query((row, _) -> row(row))
                .list();
    }

    private static UUID[] ids(Collection<DraftId> ids) {
        return ids.stream().map(DraftId::id).toArray(UUID[]::new);
    }

    List<Row> latestOf(MemberId maker, int limit) {
        return jdbc.sql(SELECT + "WHERE maker = :maker ORDER BY created DESC, id LIMIT :limit")
                .param("maker", maker.id())
                .param("limit", limit)
                .query((row, _) -> row(row))
                .list();
    }

    /** Other ordered drafts of the same picture by the same recipe and account. */
    List<Row> twinsOf(Row draft) {
        return jdbc.sql(
                        SELECT
                                + """
                                WHERE picture = :picture AND account = :account
                                  AND recipe = :recipe AND ordered IS NOT NULL AND id <> :id
                                """)
                .param("picture", draft.picture().bytes())
                .param("account", draft.account().bytes())
                .param("recipe", draft.recipe().number())
                .param("id", draft.id().id())
                .query((row, _) -> row(row))
                .list();
    }

    /** Notes the intents that are to make works of these drafts. */
    void order(Map<DraftId, IntentId> ordered, Instant at) {
        if (ordered.isEmpty()) {
            return;
        }
        List<Map.Entry<DraftId, IntentId>> rows = List.copyOf(ordered.entrySet());
        jdbc.sql(
                        """
                        UPDATE recorded.draft
                        SET intent = making.intent, attempts = attempts + 1, ordered = :at
                        FROM unnest(:ids::uuid[], :intents::bytea[]) AS making (id, intent)
                        WHERE draft.id = making.id
                        """)
                .param("ids", ids(rows.stream().map(Map.Entry::getKey).toList()))
                .param(
                        "intents",
                        rows.stream()
                                .map(row -> row.getValue().hash().bytes())
                                .toArray(byte[][]::new))
                .param("at", Timestamp.from(at))
                .update();
    }

    void withdraw(DraftId id) {
        jdbc.sql("UPDATE recorded.draft SET ordered = NULL WHERE id = :id")
                .param("id", id.id())
                .update();
    }

    private static List<WorkId> works(Array numbers) throws SQLException {
        return Arrays.stream((BigDecimal[]) numbers.getArray())
                .map(number -> new WorkId(number.toBigIntegerExact()))
                .toList();
    }

    private static Row row(ResultSet row) throws SQLException {
        byte[] intent = row.getBytes("intent");
        Timestamp ordered = row.getTimestamp("ordered");
        return new Row(
                new DraftId(row.getObject("id", UUID.class)),
                new MemberId(row.getObject("maker", UUID.class)),
                Address.of(row.getBytes("account")),
                new RecipeId(row.getLong("recipe")),
                Hash32.of(row.getBytes("picture")),
                row.getString("title"),
                row.getString("description"),
                works(row.getArray("parents")),
                row.getTimestamp("created").toInstant(),
                Hash32.of(row.getBytes("request_hash")),
                intent == null ? null : new IntentId(Hash32.of(intent)),
                row.getInt("attempts"),
                ordered == null ? null : ordered.toInstant());
    }
}
