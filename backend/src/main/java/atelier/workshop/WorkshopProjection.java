package atelier.workshop;

import atelier.chain.ContractKind;
import atelier.chain.ContractLog;
import atelier.chain.ContractLogs;
import atelier.chain.CopyRows;
import atelier.chain.LogTable;
import atelier.chain.Projection;
import atelier.chain.Topics;
import atelier.kernel.Address;
import atelier.kernel.WorkId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes down what the chain said of supplies, recipes and works. What it says often is decoded
 * here and copied; the rest is for {@link Definitions}.
 */
@Component
@Order(300)
class WorkshopProjection implements Projection {

    private static final String TRANSFERRED =
            """
            SELECT token_id, max(nonce) + 1 AS next FROM derived.work_transfer
            WHERE token_id = ANY (:tokens::text[]::numeric[]) GROUP BY token_id
            """;

    private static final String LATEST =
            """
            UPDATE derived.work
            SET owner = latest.to_account, transfer_nonce = latest.nonce,
                acquired_block = latest.block_number, acquired_at = latest.at
            FROM (SELECT DISTINCT ON (token_id) * FROM derived.work_transfer
                  WHERE token_id %s ORDER BY token_id, nonce DESC) latest
            WHERE work.token_id = latest.token_id
            """;

    private static final String OWNERS = LATEST.formatted("= ANY (:tokens::text[]::numeric[])");

    private static final String OWNERS_BEFORE =
            LATEST.formatted(
                    "IN (SELECT token_id FROM derived.work WHERE acquired_block >= :from)");

    private static final List<String> TABLES =
            List.of("work", "work_parent", "work_transfer", "work_payment", "supply_purchase");

    private static final LogTable PAYMENTS =
            LogTable.of("derived.work_payment")
                    .numeric("token_id", log -> log.numberTopic(1))
                    .numeric("author_paid", log -> log.number(0))
                    .numeric("treasury_paid", log -> log.number(1))
                    .block();

    private static final LogTable PURCHASES =
            LogTable.of("derived.supply_purchase")
                    .address("buyer", log -> log.addressTopic(1))
                    .bigint("supply", log -> log.numberTopic(2).longValueExact())
                    .address("supplier", log -> log.addressTopic(3))
                    .numeric("amount", log -> log.number(0))
                    .numeric("supplier_paid", log -> log.number(1))
                    .numeric("treasury_paid", log -> log.number(2))
                    .place()
                    .tx()
                    .time("at", ContractLog::time);

    /** How a work stands after its latest transfer. */
    private record Standing(Address owner, long nonce, long block, Instant since) {}

    private final JdbcClient jdbc;
    private final JdbcTemplate copy;
    private final Definitions definitions;

    WorkshopProjection(JdbcClient jdbc, JdbcTemplate copy) {
        this.jdbc = jdbc;
        this.copy = copy;
        this.definitions = new Definitions(jdbc);
    }

    @Override
    public void apply(ContractLogs logs) {
        definitions.add(logs);
        Map<BigInteger, Standing> moved = move(logs.of(ContractKind.WORKS, Topics.TRANSFER));
        make(logs.of(ContractKind.WORKS, Topics.MINTED), moved);
        descend(logs.of(ContractKind.WORKS, Topics.REMIXED));
        pass(moved);
        PAYMENTS.copy(logs.of(ContractKind.WORKSHOP, Topics.CRAFTED), copy);
        PURCHASES.copy(logs.of(ContractKind.WORKSHOP, Topics.BOUGHT), copy);
    }

    /** Copies the transfers; how each work stands after them. */
    private Map<BigInteger, Standing> move(List<ContractLog> transfers) {
        Map<BigInteger, Long> nonces = nonces(transfers);
        Map<BigInteger, Standing> moved = new LinkedHashMap<>();
        CopyRows rows =
                CopyRows.into(
                        "derived.work_transfer",
                        "token_id",
                        "nonce",
                        "from_account",
                        "to_account",
                        "block_number",
                        "log_index",
                        "tx_hash",
                        "at");
        for (ContractLog log : transfers) {
            BigInteger token = log.numberTopic(3);
            Address owner = log.addressTopic(2);
            long nonce = nonces.merge(token, 1L, Long::sum) - 1;
            rows.row()
                    .numeric(token)
                    .bigint(nonce)
                    .bytes(log.addressTopic(1).bytes())
                    .bytes(owner.bytes())
                    .bigint(log.block())
                    .integer(log.index())
                    .bytes(log.tx().bytes())
                    .time(log.time());
            moved.put(token, new Standing(owner, nonce, log.block(), log.time()));
        }
        rows.write(copy);
        return moved;
    }

    /** Each work's next nonce; what is made here has not been transferred before. */
    private Map<BigInteger, Long> nonces(List<ContractLog> transfers) {
        Map<BigInteger, Long> nonces = new HashMap<>();
        for (ContractLog log : transfers) {
            if (log.addressTopic(1).equals(Address.ZERO)) {
                nonces.put(log.numberTopic(3), 0L);
            }
        }
        String[] older =
                tokens(
                        transfers.stream()
                                .map(log -> log.numberTopic(3))
                                .filter(token -> !nonces.containsKey(token)));
        if (older.length > 0) {
            jdbc.sql(TRANSFERRED)
                    .param("tokens", older)
                    .query(row -> {
                        nonces.put(
                                row.getBigDecimal("token_id").toBigIntegerExact(),
                                row.getLong("next"));
                    });
        }
        return nonces;
    }

    /** Copies the works that were made, and takes them off those that were moved. */
    private void make(List<ContractLog> minted, Map<BigInteger, Standing> moved) {
        CopyRows rows =
                CopyRows.into(
                        "derived.work",
                        "token_id",
                        "recipe",
                        "creator",
                        "serial",
                        "content_hash",
                        "block_number",
                        "log_index",
                        "tx_hash",
                        "minted_at",
                        "owner",
                        "transfer_nonce",
                        "acquired_block",
                        "acquired_at");
        for (ContractLog log : minted) {
            WorkId work = new WorkId(log.numberTopic(1));
            rows.row()
                    .numeric(work.tokenId())
                    .bigint(work.recipe().number())
                    .bytes(work.creator().bytes())
                    .bigint(work.serial())
                    .bytes(log.data())
                    .bigint(log.block())
                    .integer(log.index())
                    .bytes(log.tx().bytes())
                    .time(log.time());
            stand(rows, moved.remove(work.tokenId()));
        }
        rows.write(copy);
    }

    private static void stand(CopyRows rows, @Nullable Standing standing) {
        if (standing == null) {
            rows.nothing().nothing().nothing().nothing();
        } else {
            rows.bytes(standing.owner().bytes())
                    .bigint(standing.nonce())
                    .bigint(standing.block())
                    .time(standing.since());
        }
    }

    /** Copies what the works that were made are remixes of. */
    private void descend(List<ContractLog> remixed) {
        CopyRows rows =
                CopyRows.into(
                        "derived.work_parent",
                        "token_id",
                        "position",
                        "parent",
                        "block_number",
                        "log_index");
        for (ContractLog log : remixed) {
            List<BigInteger> parents = log.numbers(0);
            for (int i = 0; i < parents.size(); i++) {
                rows.row()
                        .numeric(log.numberTopic(1))
                        .smallint(i)
                        .numeric(parents.get(i))
                        .bigint(log.block())
                        .integer(log.index());
            }
        }
        rows.write(copy);
    }

    /** Older works have the owner now that their latest transfer gave them. */
    private void pass(Map<BigInteger, Standing> moved) {
        if (!moved.isEmpty()) {
            jdbc.sql(OWNERS).param("tokens", tokens(moved.keySet().stream())).update();
        }
    }

    private static String[] tokens(Stream<BigInteger> tokens) {
        return tokens.distinct().map(BigInteger::toString).toArray(String[]::new);
    }

    @Override
    public void revert(long fromBlock) {
        Stream.concat(Definitions.TABLES.stream(), TABLES.stream())
                .forEach(table ->
                        jdbc.sql("DELETE FROM derived." + table + " WHERE block_number >= :from")
                                .param("from", fromBlock)
                                .update());
        jdbc.sql(OWNERS_BEFORE).param("from", fromBlock).update();
    }
}
