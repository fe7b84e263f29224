package atelier.workshop;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.RecipeId;
import atelier.kernel.WorkId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the mirrored works with the words that their makers wrote. */
@Repository
class WorkRows {

    // The n-th work of one picture, recipe and creator belongs to the n-th such draft ordered.
    private static final String SELECT =
            """
            SELECT work.*, picture.hash IS NOT NULL AS pictured,
                   draft.title, draft.description, words.title AS recipe_title
            FROM %s work
            LEFT JOIN recorded.picture picture ON picture.hash = work.content_hash
            LEFT JOIN derived.recipe recipe ON recipe.id = work.recipe
            LEFT JOIN recorded.recipe_text words USING (definition_hash)
            LEFT JOIN LATERAL (
                SELECT title, description FROM recorded.draft
                WHERE draft.picture = work.content_hash AND draft.account = work.creator
                  AND draft.recipe = work.recipe AND draft.ordered IS NOT NULL
                ORDER BY draft.ordered, draft.id
                OFFSET (SELECT count(*) FROM derived.work twin
                        WHERE twin.content_hash = work.content_hash
                          AND twin.creator = work.creator AND twin.recipe = work.recipe
                          AND twin.serial < work.serial)
                LIMIT 1) draft ON true
            """;

    private record Row(
            WorkId id,
            @Nullable String title,
            @Nullable String description,
            Hash32 contentHash,
            boolean pictured,
            Address creator,
            Address owner,
            RecipeId recipe,
            @Nullable String recipeTitle,
            long serial,
            long transferNonce,
            WorkView.Event minted,
            Instant acquired) {}

    private record Move(Address to, long nonce, long block, Hash32 tx, Instant at) {}

    private final JdbcClient jdbc;
    private final Parties parties;

    WorkRows(JdbcClient jdbc, Parties parties) {
        this.jdbc = jdbc;
        this.parties = parties;
    }

    List<WorkView> all(Collection<WorkId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return named(
                jdbc.sql(
                                SELECT.formatted("derived.work")
                                        + "WHERE work.token_id = ANY (CAST(:ids AS numeric[]))")
                        .param("ids", numbers(ids))
                        .query((row, _) -> row(row))
                        .list());
    }

    List<WorkView> latest(String condition, Map<String, ?> values, int limit, long offset) {
        return named(
                jdbc.sql(latest(condition))
                        .params(values)
                        .param("limit", limit)
                        .param("offset", offset)
                        .query((row, _) -> row(row))
                        .list());
    }

    /** Which works are on the page is known before anything else is looked up for them. */
    private static String latest(String condition) {
        String page =
                """
                (SELECT * FROM derived.work WHERE token_id = ANY (ARRAY(
                    SELECT token_id FROM derived.work WHERE %s
                    ORDER BY block_number DESC, log_index DESC LIMIT :limit OFFSET :offset)))
                """
                        .formatted(condition);
        return SELECT.formatted(page) + " ORDER BY work.block_number DESC, work.log_index DESC";
    }

    /** One parameter however many there are: one statement to plan. */
    private static String[] numbers(Collection<WorkId> ids) {
        return ids.stream().map(id -> id.tokenId().toString()).toArray(String[]::new);
    }

    long count(String condition, Map<String, ?> values) {
        return jdbc.sql("SELECT count(*) FROM derived.work WHERE " + condition)
                .params(values)
                .query(Long.class)
                .single();
    }

    List<Ownership> provenance(WorkId id) {
        List<Move> moves =
                jdbc.sql(
                                """
                                SELECT to_account, nonce, block_number, tx_hash, at
                                FROM derived.work_transfer WHERE token_id = :id ORDER BY nonce
                                """)
                        .param("id", id.tokenId())
                        .query((row, _) -> move(row))
                        .list();
        Map<Address, Party> owners = parties.of(moves.stream().map(Move::to).toList());
        return moves.stream()
                .map(move ->
                        new Ownership(
                                Parties.in(owners, move.to()),
                                move.nonce(),
                                move.block(),
                                move.tx(),
                                move.at()))
                .toList();
    }

    /** By the transfers' key, from the newest back. */
    Optional<Ownership> ownerAt(WorkId id, long block) {
        return jdbc.sql(
                        """
                        SELECT to_account, nonce, block_number, tx_hash, at
                        FROM derived.work_transfer
                        WHERE token_id = :id AND block_number <= :block
                        ORDER BY nonce DESC LIMIT 1
                        """)
                .param("id", id.tokenId())
                .param("block", block)
                .query((row, _) -> move(row))
                .optional()
                .map(move ->
                        new Ownership(
                                Parties.in(parties.of(List.of(move.to())), move.to()),
                                move.nonce(),
                                move.block(),
                                move.tx(),
                                move.at()));
    }

    /** The work that a draft became, if it did: the n-th for the n-th ordered draft. */
    Optional<WorkId> madeFrom(DraftId draft) {
        return jdbc.sql(
                        """
                        SELECT work.token_id
                        FROM recorded.draft draft
                        CROSS JOIN LATERAL (
                            SELECT token_id FROM derived.work
                            WHERE content_hash = draft.picture AND creator = draft.account
                              AND recipe = draft.recipe
                            ORDER BY serial
                            OFFSET (SELECT count(*) FROM recorded.draft earlier
                                    WHERE earlier.picture = draft.picture
                                      AND earlier.account = draft.account
                                      AND earlier.recipe = draft.recipe
                                      AND (earlier.ordered, earlier.id)
                                          < (draft.ordered, draft.id))
                            LIMIT 1) work
                        WHERE draft.id = :draft AND draft.ordered IS NOT NULL
                        """)
                .param("draft", draft.id())
                .query((row, _) -> new WorkId(row.getBigDecimal(1).toBigIntegerExact()))
                .optional();
    }

    private static Move move(ResultSet row) throws SQLException {
        return new Move(
                Address.of(row.getBytes("to_account")),
                row.getLong("nonce"),
                row.getLong("block_number"),
                Hash32.of(row.getBytes("tx_hash")),
                row.getTimestamp("at").toInstant());
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new WorkId(row.getBigDecimal("token_id").toBigIntegerExact()),
                row.getString("title"),
                row.getString("description"),
                Hash32.of(row.getBytes("content_hash")),
                row.getBoolean("pictured"),
                Address.of(row.getBytes("creator")),
                Address.of(row.getBytes("owner")),
                new RecipeId(row.getLong("recipe")),
                row.getString("recipe_title"),
                row.getLong("serial"),
                row.getLong("transfer_nonce"),
                new WorkView.Event(
                        row.getLong("block_number"),
                        Hash32.of(row.getBytes("tx_hash")),
                        row.getTimestamp("minted_at").toInstant()),
                row.getTimestamp("acquired_at").toInstant());
    }

    private List<WorkView> named(List<Row> rows) {
        Map<Address, Party> people =
                parties.of(
                        rows.stream()
                                .flatMap(row -> Stream.of(row.creator(), row.owner()))
                                .collect(Collectors.toSet()));
        return rows.stream()
                .map(row ->
                        view(
                                row,
                                Parties.in(people, row.creator()),
                                Parties.in(people, row.owner())))
                .toList();
    }

    private static WorkView view(Row row, Party creator, Party owner) {
        String recipeTitle = RecipeRows.title(row.recipe(), row.recipeTitle());
        return new WorkView(
                row.id(),
                row.title() == null ? recipeTitle + " " + row.serial() : row.title(),
                row.description() == null ? "" : row.description(),
                row.contentHash(),
                row.pictured(),
                creator,
                owner,
                row.recipe(),
                recipeTitle,
                row.serial(),
                row.transferNonce(),
                row.minted(),
                row.acquired());
    }
}
