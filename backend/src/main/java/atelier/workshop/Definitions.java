package atelier.workshop;

import atelier.chain.ContractLogs;
import atelier.chain.Topics;
import atelier.kernel.Hash32;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Supplies and recipes as they were defined. That is said seldom and has parts of many kinds, so
 * statements take it from the mirrored logs.
 */
final class Definitions {

    private static final String LOGS =
            """
            FROM derived.log log JOIN derived.block block ON block.hash = log.block_hash
            WHERE log.canonical AND log.block_number BETWEEN :from AND :to
            """;

    private static final String SUPPLIES =
            """
            INSERT INTO derived.supply (id, kind, supplier, name, block_number)
            SELECT derived.topic_uint(topic1), derived.uint(data, 0), derived.topic_addr(topic2),
                   coalesce(derived.text_at(data, 2), ''), block_number
            """
                    + LOGS
                    + "AND contract = 'Supplies' AND topic0 = :supplyDefined";

    private static final String SUPPLY_PRICES =
            """
            INSERT INTO derived.supply_price (supply, price, block_number, log_index)
            SELECT derived.topic_uint(topic1), derived.uint(data, 1), block_number, log_index
            """
                    + LOGS
                    + "AND contract = 'Supplies' AND topic0 IN (:supplyDefined, :priceChanged)";

    private static final String RECIPES =
            """
            INSERT INTO derived.recipe
                (id, author, supersedes, fee, definition_hash, proposed_at, block_number)
            SELECT derived.topic_uint(topic1), derived.topic_addr(topic2),
                   nullif(derived.topic_uint(topic3), 0), derived.uint(data, 0),
                   derived.bytes32(data, 2), mined_at, block_number
            """
                    + LOGS
                    + "AND contract = 'Workshop' AND topic0 = :recipeProposed";

    // The array follows the three words of the head: its length, then two words for each input.
    private static final String RECIPE_INPUTS =
            """
            INSERT INTO derived.recipe_input (recipe, position, supply, amount, block_number)
            SELECT derived.topic_uint(topic1), place, derived.uint(data, 4 + 2 * place),
                   derived.uint(data, 5 + 2 * place), block_number
            FROM derived.log log
            CROSS JOIN LATERAL generate_series(0, derived.uint(data, 3)::integer - 1) place
            WHERE log.canonical AND log.block_number BETWEEN :from AND :to
              AND contract = 'Workshop' AND topic0 = :recipeProposed
            """;

    private static final String RECIPE_STEPS =
            """
            INSERT INTO derived.recipe_step (recipe, status, block_number, log_index)
            SELECT derived.topic_uint(topic1), CASE topic0 WHEN :recipeApproved THEN 2 ELSE 3 END,
                   block_number, log_index
            """
                    + LOGS
                    + "AND contract = 'Workshop' AND topic0 IN (:recipeApproved, :recipeRetired)";

    private static final List<String> STEPS =
            List.of(SUPPLIES, SUPPLY_PRICES, RECIPES, RECIPE_INPUTS, RECIPE_STEPS);

    /** Events by the names that the statements know them under. */
    private static final Map<String, byte[]> TOPICS =
            Map.of(
                    "supplyDefined", Topics.SUPPLY_DEFINED.bytes(),
                    "priceChanged", Topics.PRICE_CHANGED.bytes(),
                    "recipeProposed", Topics.RECIPE_PROPOSED.bytes(),
                    "recipeApproved", Topics.RECIPE_APPROVED.bytes(),
                    "recipeRetired", Topics.RECIPE_RETIRED.bytes());

    private static final Set<Hash32> EVENTS =
            Set.of(
                    Topics.SUPPLY_DEFINED,
                    Topics.PRICE_CHANGED,
                    Topics.RECIPE_PROPOSED,
                    Topics.RECIPE_APPROVED,
                    Topics.RECIPE_RETIRED);

    static final List<String> TABLES =
            List.of("supply", "supply_price", "recipe", "recipe_input", "recipe_step");

    private final JdbcClient jdbc;

    Definitions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(ContractLogs logs) {
        if (!logs.sayAny(EVENTS)) {
            return;
        }
        for (String step : STEPS) {
            jdbc.sql(step)
                    .params(TOPICS)
                    .param("from", logs.from())
                    .param("to", logs.to())
                    .update();
        }
    }
}
