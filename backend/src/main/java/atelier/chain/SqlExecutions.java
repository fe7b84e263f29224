package atelier.chain;

import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import java.math.BigDecimal;
import java.util.Arrays;
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
    static final String SAME =
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
            UPDATE recorded.progress p SET
                state = 'IN_BLOCK', era = e.era, tx = e.tx, block = e.block,
                failure_code = NULL, failure_values = NULL,
                relayer = CASE WHEN p.state = 'SENT' THEN p.relayer END,
                nonce = CASE WHEN p.state = 'SENT' THEN p.nonce END
            FROM (SELECT * FROM recorded.execution WHERE era = :era AND id = ANY (:ids)
                FOR SHARE) e, recorded.intent i
            WHERE p.id = i.id AND p.state IN (:states) AND (
            """
                    + SAME
                    + ")";

    /** The first of an id in a transaction counts, and only if it is not known yet. */
    private static final String INSERT =
            """
            INSERT INTO recorded.execution
                (era, id, tx, block, call, signer, target, data, recipient, amount)
            SELECT DISTINCT ON (id, tx)
                :era, id, tx, block, call, signer, target, data, recipient, amount::numeric
            FROM unnest(:ids::bytea[], :txs::bytea[], :blocks::bigint[], :calls::text[],
                    :signers::bytea[], :targets::text[], :datas::bytea[], :recipients::bytea[],
                    :amounts::text[]) WITH ORDINALITY
                AS found (id, tx, block, call, signer, target, data, recipient, amount, place)
            WHERE (id, tx) NOT IN (SELECT id, tx FROM recorded.execution
                WHERE era = :era AND block = ANY (:heights::bigint[]))
            ORDER BY id, tx, place
            """;

    private final JdbcClient database;
    private final Finality finality;

    SqlExecutions(JdbcClient database) {
        this.database = database;
        this.finality = new Finality(database);
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
                        "SELECT id FROM recorded.progress WHERE state = 'SENT' AND era = :era AND"
                                + " signer = :signer AND forward_nonce::numeric = :nonce ORDER BY"
                                + " forward_until DESC LIMIT 1")
                .param("era", era)
                .param("signer", request.signer().bytes())
                .param("nonce", new BigDecimal(request.nonce()))
                .query((row, _) -> new IntentId(Hash32.of(row.getBytes("id"))))
                .optional();
    }

    @Override
    public void add(int era, List<Execution> executions) {
        byte[][] ids = bytes(executions.stream().map(e -> e.id().hash()).toList());
        Long[] blocks = executions.stream().map(Execution::block).toArray(Long[]::new);
        var rows =
                database.sql(INSERT)
                        .param("era", era)
                        .param("ids", ids)
                        .param("txs", bytes(executions.stream().map(Execution::tx).toList()))
                        .param("blocks", blocks)
                        .param("heights", Arrays.stream(blocks).distinct().toArray(Long[]::new));
        CallColumns.bindAll(rows, executions.stream().map(Execution::call).toList()).update();
        adopt(
                era,
                List.of("WAITING", "SENT", "FAILED"),
                database.sql("SELECT id FROM recorded.intent WHERE id = ANY (:ids)")
                        .param("ids", ids)
                        .query((row, _) -> row.getBytes("id"))
                        .list());
    }

    @Override
    public int adopt(int era) {
        return adopt(
                era,
                List.of("WAITING"),
                database.sql(
                                """
                                SELECT id FROM recorded.progress p WHERE state = 'WAITING'
                                    AND EXISTS (SELECT FROM recorded.execution e
                                        WHERE e.era = :era AND e.id = p.id)
                                """)
                        .param("era", era)
                        .query((row, _) -> row.getBytes("id"))
                        .list());
    }

    /** Of all that was executed few are intents here, and only their rows are locked. */
    private int adopt(int era, List<String> states, List<byte[]> ids) {
        if (ids.isEmpty()) {
            return 0;
        }
        return database.sql(ADOPT)
                .param("era", era)
                .param("states", states)
                .param("ids", ids.toArray(byte[][]::new))
                .update();
    }

    @Override
    public void finish(int era, long height) {
        finality.raise(era, height);
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
