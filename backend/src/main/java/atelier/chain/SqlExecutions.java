package atelier.chain;

import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Executions as rows of {@code recorded}. */
@Component
class SqlExecutions implements Executions {

    /** That an execution {@code e} is of the intent {@code i}. */
    private static final String SAME =
            """
            e.id = i.id AND e.call = i.call AND e.signer IS NOT DISTINCT FROM i.signer
            AND e.target IS NOT DISTINCT FROM i.target AND e.data IS NOT DISTINCT FROM i.data
            AND e.recipient IS NOT DISTINCT FROM i.recipient
            AND e.amount IS NOT DISTINCT FROM i.amount
            """;

    // A reorg waits for the lock, or the lock for it, so that nothing is adopted that is taken
    // back.
    private static final String ADOPT =
            """
            UPDATE recorded.intent i SET
                state = CASE WHEN e.final THEN 'FINAL' ELSE 'IN_BLOCK' END,
                era = e.era, tx = e.tx, block = e.block,
                failure_code = NULL, failure_values = NULL,
                relayer = CASE WHEN i.state = 'SENT' THEN i.relayer END,
                nonce = CASE WHEN i.state = 'SENT' THEN i.nonce END,
                position = CASE WHEN i.state = 'SENT' THEN i.position END
            FROM (SELECT * FROM recorded.execution WHERE era = :era AND %s FOR SHARE) e
            WHERE i.state IN (:states) AND (
            """
                    + SAME
                    + ")";

    private final JdbcClient database;

    SqlExecutions(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Set<Hash32> foreign(int era, Collection<Hash32> transactions) {
        Set<Hash32> foreign = new HashSet<>(transactions);
        database.sql("SELECT hash FROM recorded.attempt WHERE era = :era AND hash = ANY (:hashes)")
                .param("era", era)
                .param("hashes", bytes(transactions))
                .query((row, _) -> Hash32.of(row.getBytes("hash")))
                .list()
                .forEach(foreign::remove);
        return foreign;
    }

    @Override
    public Optional<IntentId> rider(int era, IntentStore.Request request) {
        return database.sql(
                        "SELECT id FROM recorded.intent WHERE state = 'SENT' AND era = :era AND"
                                + " signer = :signer AND forward_nonce = :nonce LIMIT 1")
                .param("era", era)
                .param("signer", request.signer().bytes())
                .param("nonce", new BigDecimal(request.nonce()))
                .query((row, _) -> new IntentId(Hash32.of(row.getBytes("id"))))
                .optional();
    }

    @Override
    public void add(int era, List<Execution> executions) {
        for (Execution execution : executions) {
            insert(era, execution);
        }
        database.sql(ADOPT.formatted("id = ANY (:ids)"))
                .param("era", era)
                .param("states", List.of("WAITING", "SENT", "FAILED"))
                .param(
                        "ids",
                        executions.stream().map(e -> e.id().hash().bytes()).toArray(byte[][]::new))
                .update();
    }

    private void insert(int era, Execution execution) {
        var row =
                database.sql(
                                """
                                INSERT INTO recorded.execution
                                    (era, id, tx, block, call, signer, target, data, recipient, amount)
                                SELECT :era::int, :id::bytea, :tx::bytea, :block::bigint, :call::text,
                                    :signer::bytea, :target::text, :data::bytea, :recipient::bytea,
                                    :amount::numeric
                                WHERE NOT EXISTS (SELECT FROM recorded.execution
                                    WHERE era = :era AND id = :id AND tx = :tx)
                                """)
                        .param("era", era)
                        .param("id", execution.id().hash().bytes())
                        .param("tx", execution.tx().bytes())
                        .param("block", execution.block());
        CallColumns.bind(row, execution.call()).update();
    }

    @Override
    public int adopt(int era) {
        return database.sql(ADOPT.formatted("true"))
                .param("era", era)
                .param("states", List.of("WAITING"))
                .update();
    }

    @Override
    public void finish(int era, long height) {
        database.sql(
                        "UPDATE recorded.execution SET final = true WHERE era = :era AND NOT final"
                                + " AND block <= :height")
                .param("era", era)
                .param("height", height)
                .update();
    }

    @Override
    public void revert(int era, long from) {
        database.sql("DELETE FROM recorded.execution WHERE era = :era AND block >= :from")
                .param("era", era)
                .param("from", from)
                .update();
    }

    @Override
    public boolean examined(int era, Node.Header block) {
        return database.sql(
                        """
                        SELECT EXISTS (SELECT 1 FROM derived.cursor c JOIN derived.block b
                            ON b.canonical AND b.number = :number AND b.hash = :hash
                            WHERE c.era = :era AND c.height >= :number)
                        """)
                .param("number", block.number())
                .param("hash", block.hash().bytes())
                .param("era", era)
                .query(Boolean.class)
                .single();
    }

    private static byte[][] bytes(Collection<Hash32> hashes) {
        return hashes.stream().map(Hash32::bytes).toArray(byte[][]::new);
    }
}
