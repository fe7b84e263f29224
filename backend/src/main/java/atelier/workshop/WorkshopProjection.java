package atelier.workshop;

import atelier.chain.ContractLogs;
import atelier.chain.Projection;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes down what the chain said of supplies, recipes and works. */
@Component
@Order(300)
class WorkshopProjection implements Projection {

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

    // A token id is recipe, creator and serial: 8, 20 and 4 bytes of its topic.
    private static final String WORKS =
            """
            INSERT INTO derived.work (token_id, recipe, creator, serial, content_hash,
                block_number, log_index, tx_hash, minted_at)
            SELECT derived.topic_uint(topic1),
                   ('x' || encode(substr(topic1, 1, 8), 'hex'))::bit(64)::bigint,
                   substr(topic1, 9, 20),
                   ('x' || encode(substr(topic1, 29, 4), 'hex'))::bit(32)::bigint,
                   data, block_number, log_index, tx_hash, mined_at
            """
                    + LOGS
                    + "AND contract = 'Works' AND topic0 = :minted";

    private static final String WORK_TRANSFERS =
            """
            INSERT INTO derived.work_transfer (token_id, nonce, from_account, to_account,
                block_number, log_index, tx_hash, at)
            SELECT moved.token_id,
                   (SELECT count(*) FROM derived.work_transfer before
                    WHERE before.token_id = moved.token_id)
                     + row_number() OVER (PARTITION BY moved.token_id
                                          ORDER BY block_number, log_index) - 1,
                   from_account, to_account, block_number, log_index, tx_hash, mined_at
            FROM (SELECT derived.topic_uint(topic3) AS token_id,
                         derived.topic_addr(topic1) AS from_account,
                         derived.topic_addr(topic2) AS to_account,
                         block_number, log_index, tx_hash, mined_at
            """
                    + LOGS
                    + "AND contract = 'Works' AND topic0 = :transfer) moved";

    private static final String OWNERS =
            """
            UPDATE derived.work
            SET owner = latest.to_account, transfer_nonce = latest.nonce,
                acquired_block = latest.block_number, acquired_at = latest.at
            FROM (SELECT DISTINCT ON (token_id) * FROM derived.work_transfer
                  WHERE token_id IN (SELECT token_id FROM derived.work_transfer
                                     WHERE block_number BETWEEN :from AND :to)
                  ORDER BY token_id, nonce DESC) latest
            WHERE work.token_id = latest.token_id
            """;

    private static final String WORK_PAYMENTS =
            """
            INSERT INTO derived.work_payment (token_id, author_paid, treasury_paid, block_number)
            SELECT derived.topic_uint(topic1), derived.uint(data, 0), derived.uint(data, 1),
                   block_number
            """
                    + LOGS
                    + "AND contract = 'Workshop' AND topic0 = :crafted";

    private static final String PURCHASES =
            """
            INSERT INTO derived.supply_purchase (buyer, supply, supplier, amount, supplier_paid,
                treasury_paid, block_number, log_index, tx_hash, at)
            SELECT derived.topic_addr(topic1), derived.topic_uint(topic2),
                   derived.topic_addr(topic3), derived.uint(data, 0), derived.uint(data, 1),
                   derived.uint(data, 2), block_number, log_index, tx_hash, mined_at
            """
                    + LOGS
                    + "AND contract = 'Workshop' AND topic0 = :bought";

    private static final List<String> STEPS =
            List.of(
                    SUPPLIES,
                    SUPPLY_PRICES,
                    RECIPES,
                    RECIPE_INPUTS,
                    RECIPE_STEPS,
                    WORKS,
                    WORK_TRANSFERS,
                    OWNERS,
                    WORK_PAYMENTS,
                    PURCHASES);

    private static final List<String> TABLES =
            List.of(
                    "supply",
                    "supply_price",
                    "recipe",
                    "recipe_input",
                    "recipe_step",
                    "work",
                    "work_transfer",
                    "work_payment",
                    "supply_purchase");

    private static final String OWNERS_BEFORE =
            """
            UPDATE derived.work
            SET owner = latest.to_account, transfer_nonce = latest.nonce,
                acquired_block = latest.block_number, acquired_at = latest.at
            FROM (SELECT DISTINCT ON (token_id) * FROM derived.work_transfer
                  WHERE token_id IN (SELECT token_id FROM derived.work
                                     WHERE acquired_block >= :from)
                  ORDER BY token_id, nonce DESC) latest
            WHERE work.token_id = latest.token_id
            """;

    private final JdbcClient jdbc;

    WorkshopProjection(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void apply(ContractLogs logs) {
        for (String step : STEPS) {
            jdbc.sql(step)
                    .params(Topics.BY_NAME)
                    .param("from", logs.from())
                    .param("to", logs.to())
                    .update();
        }
    }

    @Override
    public void revert(long fromBlock) {
        for (String table : TABLES) {
            jdbc.sql("DELETE FROM derived." + table + " WHERE block_number >= :from")
                    .param("from", fromBlock)
                    .update();
        }
        jdbc.sql(OWNERS_BEFORE).param("from", fromBlock).update();
    }
}
