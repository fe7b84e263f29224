package atelier.workshop;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.MemberId;
import atelier.kernel.RecipeId;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the mirrored recipes with the words that belong to their hashes. */
@Repository
class RecipeRows {

    // The contract numbers a recipe's works from 1: the last number says how many there are.
    private static final String SELECT =
            """
            SELECT recipe.id, recipe.author, recipe.supersedes, recipe.fee,
                   recipe.definition_hash, recipe.proposed_at, words.title, words.description,
                   coalesce((SELECT status FROM derived.recipe_step step
                             WHERE step.recipe = recipe.id
                             ORDER BY block_number DESC, log_index DESC LIMIT 1), 1) AS status,
                   coalesce((SELECT max(serial) FROM derived.work
                             WHERE work.recipe = recipe.id), 0) AS made
            FROM derived.recipe recipe
            LEFT JOIN recorded.recipe_text words USING (definition_hash)
            """;

    private record Row(
            RecipeId id,
            Address author,
            @Nullable RecipeId supersedes,
            TokenAmount fee,
            Hash32 definitionHash,
            Instant proposed,
            @Nullable String title,
            @Nullable String description,
            RecipeStatus status,
            long made) {}

    private record Part(RecipeId recipe, SupplyId supply, long amount) {}

    private final JdbcClient jdbc;
    private final Parties parties;
    private final SupplyRows supplies;

    RecipeRows(JdbcClient jdbc, Parties parties, SupplyRows supplies) {
        this.jdbc = jdbc;
        this.parties = parties;
        this.supplies = supplies;
    }

    List<RecipeView> all(Tariff tariff) {
        return views(
                jdbc.sql(SELECT + "ORDER BY recipe.id").query((row, _) -> row(row)).list(), tariff);
    }

    List<RecipeView> find(Collection<RecipeId> ids, Tariff tariff) {
        List<Row> rows =
                jdbc.sql(SELECT + "WHERE recipe.id = ANY (:ids)")
                        .param("ids", ids.stream().map(RecipeId::number).toArray(Long[]::new))
                        .query((row, _) -> row(row))
                        .list();
        return views(rows, tariff);
    }

    Optional<Address> author(RecipeId id) {
        return jdbc.sql("SELECT author FROM derived.recipe WHERE id = :id")
                .param("id", id.number())
                .query((row, _) -> Address.of(row.getBytes("author")))
                .optional();
    }

    Map<RecipeId, String> titles(Collection<RecipeId> ids) {
        Map<RecipeId, String> titles = new HashMap<>();
        jdbc.sql(
                        """
                        SELECT recipe.id, words.title FROM derived.recipe recipe
                        LEFT JOIN recorded.recipe_text words USING (definition_hash)
                        WHERE recipe.id = ANY (:ids)
                        """)
                .param("ids", ids.stream().map(RecipeId::number).toArray(Long[]::new))
                .query(row -> {
                    RecipeId id = new RecipeId(row.getLong("id"));
                    titles.put(id, title(id, row.getString("title")));
                });
        return titles;
    }

    /** What a recipe without words of its own is called by its number. */
    static String title(RecipeId id, @Nullable String title) {
        return title == null ? "№ " + id : title;
    }

    /** Keeps a recipe's words under the hash that goes on chain; the same words are kept once. */
    void keepWords(Definition definition, MemberId author, Instant at) {
        jdbc.sql(
                        """
                        INSERT INTO recorded.recipe_text
                          (definition_hash, definition, title, description, author, written)
                        VALUES (:hash, :definition, :title, :description, :author, :at)
                        ON CONFLICT (definition_hash) DO NOTHING
                        """)
                .param("hash", definition.hash().bytes())
                .param("definition", definition.json())
                .param("title", definition.title())
                .param("description", definition.description())
                .param("author", author.id())
                .param("at", Timestamp.from(at))
                .update();
    }

    private static Row row(ResultSet row) throws SQLException {
        long supersedes = row.getLong("supersedes");
        return new Row(
                new RecipeId(row.getLong("id")),
                Address.of(row.getBytes("author")),
                supersedes == 0 ? null : new RecipeId(supersedes),
                new TokenAmount(row.getBigDecimal("fee").toBigIntegerExact()),
                Hash32.of(row.getBytes("definition_hash")),
                row.getTimestamp("proposed_at").toInstant(),
                row.getString("title"),
                row.getString("description"),
                RecipeStatus.of(row.getInt("status")),
                row.getLong("made"));
    }

    private List<RecipeView> views(List<Row> rows, Tariff tariff) {
        Map<Address, Party> authors = parties.of(rows.stream().map(Row::author).toList());
        Map<RecipeId, List<Part>> parts = parts(rows);
        Map<SupplyId, SupplyView> offered =
                supplies.find(
                        parts.values().stream()
                                .flatMap(List::stream)
                                .map(Part::supply)
                                .collect(Collectors.toSet()));
        return rows.stream()
                .map(row ->
                        view(
                                row,
                                Parties.in(authors, row.author()),
                                inputs(parts.getOrDefault(row.id(), List.of()), offered, tariff),
                                tariff))
                .toList();
    }

    private Map<RecipeId, List<Part>> parts(List<Row> rows) {
        if (rows.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql(
                        """
                        SELECT recipe, supply, amount FROM derived.recipe_input
                        WHERE recipe IN (:recipes) ORDER BY recipe, position
                        """)
                .param("recipes", rows.stream().map(row -> row.id().number()).toList())
                .query((row, _) ->
                        new Part(
                                new RecipeId(row.getLong("recipe")),
                                new SupplyId(row.getLong("supply")),
                                row.getLong("amount")))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Part::recipe));
    }

    private static List<RecipeView.Input> inputs(
            List<Part> parts, Map<SupplyId, SupplyView> offered, Tariff tariff) {
        return parts.stream()
                .map(part -> {
                    SupplyView supply = Objects.requireNonNull(offered.get(part.supply()));
                    BigInteger amount = BigInteger.valueOf(part.amount());
                    return new RecipeView.Input(
                            supply,
                            part.amount(),
                            Tariff.supplierCost(supply, amount),
                            tariff.platformCost(supply, amount));
                })
                .toList();
    }

    private static RecipeView view(
            Row row, Party author, List<RecipeView.Input> inputs, Tariff tariff) {
        TokenAmount toTreasury = tariff.treasuryFee(row.fee());
        return new RecipeView(
                row.id(),
                row.status(),
                title(row.id(), row.title()),
                row.description() == null ? "" : row.description(),
                author,
                row.fee(),
                row.fee().minus(toTreasury),
                toTreasury,
                inputs,
                row.made(),
                row.definitionHash(),
                row.supersedes(),
                row.proposed());
    }
}
