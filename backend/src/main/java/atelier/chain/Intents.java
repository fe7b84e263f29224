package atelier.chain;

import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The door for doing something on the chain: write the intent down with your own rows, in one
 * commit; what becomes of it can be watched. It happens at most once, whatever crashes.
 */
@Component
public class Intents {

    private final JdbcClient database;
    private final Clock clock;
    private final Wakeups wakeups;
    private final Simulation simulation;

    Intents(JdbcClient database, Clock clock, Wakeups wakeups, Simulation simulation) {
        this.database = database;
        this.clock = clock;
        this.wakeups = wakeups;
        this.simulation = simulation;
    }

    /**
     * Records an intent in the caller's transaction. The same request again answers with the first
     * intent; what the chain executed before a backup was restored is what the chain says it is.
     *
     * @throws Refused {@code idempotency.mismatch} if the key, or kind and business key, already
     *     stand for another request
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Intent submit(IntentRequest request) {
        IntentId id = IntentIds.of(request.kind(), request.businessKey());
        Optional<Intent> added = insert(id, request);
        if (added.isPresent()) {
            wakeups.intentSubmitted();
            return added.get();
        }
        return Optional.ofNullable(request.key())
                .flatMap(key -> replay(request.owner(), key, request.requestHash()))
                .orElseGet(() -> sameRequest(id, request.requestHash()));
    }

    /**
     * The answer that this owner's key already got, if any. Inside a transaction it also makes a
     * second request with the same key wait for the first, so ask before writing business rows.
     *
     * @throws Refused {@code idempotency.mismatch} if the key stands for another request
     */
    @Transactional(propagation = Propagation.SUPPORTS)
    public Optional<Intent> replay(
            @Nullable MemberId owner, IdempotencyKey key, Hash32 requestHash) {
        String scope = owner == null ? "system" : owner.toString();
        database.sql("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(:name, 0))")
                .param("name", scope + ' ' + key.value())
                .query(Integer.class)
                .single();
        Optional<IntentId> first =
                database.sql(
                                "SELECT id FROM recorded.intent WHERE scope = :scope AND request_key ="
                                        + " :key")
                        .param("scope", scope)
                        .param("key", key.value())
                        .query((row, _) -> new IntentId(Hash32.of(row.getBytes("id"))))
                        .optional();
        return first.map(id -> sameRequest(id, requestHash));
    }

    /** One intent. */
    public Optional<Intent> find(IntentId id) {
        return database.sql(IntentRows.SELECT + "WHERE i.id = :id")
                .param("id", id.hash().bytes())
                .query(IntentRows::intent)
                .optional();
    }

    /** Several intents, in any order; those that do not exist are left out. */
    public List<Intent> findAll(Collection<IntentId> ids) {
        return database.sql(IntentRows.SELECT + "WHERE i.id = ANY (:ids)")
                .param("ids", ids.stream().map(id -> id.hash().bytes()).toArray(byte[][]::new))
                .query(IntentRows::intent)
                .list();
    }

    /** A member's intents that can still change, newest first. */
    public List<Intent> open(MemberId owner) {
        return database.sql(
                        IntentRows.SELECT
                                + "WHERE i.owner = :owner AND i.state IN ('WAITING', 'SENT',"
                                + " 'IN_BLOCK') ORDER BY i.number DESC LIMIT 100")
                .param("owner", owner.id())
                .query(IntentRows::intent)
                .list();
    }

    /**
     * Tries a call on the newest block without sending it. A node that does not answer decides
     * nothing: the call then counts as possible, and the sender tries it again.
     *
     * @throws Refused {@code contract.<ErrorName>} with the error's values if it would revert
     */
    public void simulate(Call call) {
        simulation.tryOut(call);
    }

    private Optional<Intent> insert(IntentId id, IntentRequest request) {
        var insert =
                database.sql(
                                """
                                WITH done AS (
                                    SELECT era, tx, block, final FROM recorded.execution
                                    WHERE era = (SELECT max(era) FROM recorded.era)
                                        AND id = :id::bytea AND call = :call::text
                                        AND signer IS NOT DISTINCT FROM :signer::bytea
                                        AND target IS NOT DISTINCT FROM :target::text
                                        AND data IS NOT DISTINCT FROM :data::bytea
                                        AND recipient IS NOT DISTINCT FROM :recipient::bytea
                                        AND amount IS NOT DISTINCT FROM :amount::numeric
                                    LIMIT 1 FOR SHARE)
                                INSERT INTO recorded.intent (id, owner, kind, business_key, request_key,
                                    request_hash, call, signer, target, data, recipient, amount,
                                    deadline, result_path, created, state, era, tx, block)
                                SELECT :id::bytea, :owner::uuid, :kind::text, :businessKey::text,
                                    :requestKey::text, :requestHash::bytea, :call::text,
                                    :signer::bytea, :target::text, :data::bytea, :recipient::bytea,
                                    :amount::numeric, :deadline::timestamptz, :resultPath::text,
                                    :created::timestamptz,
                                    coalesce((SELECT CASE WHEN final THEN 'FINAL' ELSE 'IN_BLOCK' END
                                        FROM done), 'WAITING'),
                                    (SELECT era FROM done), (SELECT tx FROM done),
                                    (SELECT block FROM done)
                                ON CONFLICT DO NOTHING
                                RETURNING *, NULL::bytea AS attempt
                                """)
                        .param("id", id.hash().bytes())
                        .param("owner", request.owner() == null ? null : request.owner().id())
                        .param("kind", request.kind())
                        .param("businessKey", request.businessKey())
                        .param("requestKey", request.key() == null ? null : request.key().value())
                        .param("requestHash", request.requestHash().bytes())
                        .param("deadline", request.deadline().atOffset(ZoneOffset.UTC))
                        .param("resultPath", request.resultPath())
                        .param("created", clock.instant().atOffset(ZoneOffset.UTC));
        return CallColumns.bind(insert, request.call()).query(IntentRows::intent).optional();
    }

    private Intent sameRequest(IntentId id, Hash32 requestHash) {
        byte[] recorded =
                database.sql("SELECT request_hash FROM recorded.intent WHERE id = :id")
                        .param("id", id.hash().bytes())
                        .query(byte[].class)
                        .single();
        if (!Hash32.of(recorded).equals(requestHash)) {
            throw Refused.conflict("idempotency.mismatch");
        }
        return find(id).orElseThrow(
                        () -> new IllegalStateException("No intent " + Bytes.hex(recorded)));
    }
}
