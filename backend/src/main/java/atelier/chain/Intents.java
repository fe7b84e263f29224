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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
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

    private static final String INSERT =
            """
            INSERT INTO recorded.intent (id, owner, kind, business_key, request_key,
                request_hash, call, signer, target, data, recipient, amount,
                deadline, result_path, created, state, era, tx, block)
            SELECT i.id, i.owner, i.kind, i.business_key, i.request_key, i.request_hash,
                i.call, i.signer, i.target, i.data, i.recipient, i.amount,
                i.deadline::timestamptz, i.result_path, :created::timestamptz,
                CASE WHEN e.final THEN 'FINAL' WHEN NOT e.final THEN 'IN_BLOCK'
                    ELSE 'WAITING' END, e.era, e.tx, e.block
            FROM unnest(:ids::bytea[], :owners::uuid[], :kinds::text[],
                    :businessKeys::text[], :requestKeys::text[], :requestHashes::bytea[],
                    :calls::text[], :signers::bytea[], :targets::text[], :datas::bytea[],
                    :recipients::bytea[], :amounts::text[]::numeric[], :deadlines::text[],
                    :resultPaths::text[])
                AS i (id, owner, kind, business_key, request_key, request_hash, call,
                    signer, target, data, recipient, amount, deadline, result_path)
            LEFT JOIN LATERAL (
                SELECT e.era, e.tx, e.block, e.final FROM recorded.execution e
                WHERE e.era = (SELECT max(era) FROM recorded.era) AND
            """
                    + SqlExecutions.SAME
                    + """
                    LIMIT 1 FOR SHARE OF e) e ON true
                    ON CONFLICT DO NOTHING
                    RETURNING *, NULL::bytea AS attempt
                    """;

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
        return submitNew(List.of(request)).stream()
                .findFirst()
                .or(() ->
                        Optional.ofNullable(request.key())
                                .flatMap(
                                        key -> replay(request.owner(), key, request.requestHash())))
                .orElseGet(() -> sameRequest(id(request), request.requestHash()));
    }

    /**
     * Records those of several intents that are new, in the caller's transaction; left out are
     * those whose key, or kind and business key, are taken: {@link #submit} knows by what.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Intent> submitNew(Collection<IntentRequest> requests) {
        SortedMap<Hash32, IntentRequest> byId = new TreeMap<>();
        requests.forEach(one -> byId.putIfAbsent(id(one).hash(), one));
        List<Intent> added = insert(byId);
        if (!added.isEmpty()) {
            wakeups.intentSubmitted();
        }
        return added;
    }

    /** Takes back intents that the caller's own transaction has submitted. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void takeBack(Collection<IntentId> ids) {
        int taken =
                database.sql(
                                "DELETE FROM recorded.intent WHERE id = ANY (:ids) AND xmin ="
                                        + " pg_current_xact_id()::xid")
                        .param("ids", bytes(ids))
                        .update();
        if (taken != ids.size()) {
            throw new IllegalStateException("Another transaction has submitted one of these");
        }
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
                .param("ids", bytes(ids))
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

    /** In the order of their ids: who inserts the same waits, and never in a circle. */
    private List<Intent> insert(SortedMap<Hash32, IntentRequest> byId) {
        List<IntentRequest> requests = List.copyOf(byId.values());
        var insert =
                database.sql(INSERT)
                        .param(
                                "ids",
                                byId.keySet().stream().map(Hash32::bytes).toArray(byte[][]::new))
                        .param(
                                "owners",
                                requests.stream().map(Intents::ownerId).toArray(UUID[]::new))
                        .param("kinds", texts(requests, IntentRequest::kind))
                        .param("businessKeys", texts(requests, IntentRequest::businessKey))
                        .param("requestKeys", texts(requests, Intents::keyText))
                        .param(
                                "requestHashes",
                                requests.stream()
                                        .map(one -> one.requestHash().bytes())
                                        .toArray(byte[][]::new))
                        .param("deadlines", texts(requests, one -> one.deadline().toString()))
                        .param("resultPaths", texts(requests, IntentRequest::resultPath))
                        .param("created", clock.instant().atOffset(ZoneOffset.UTC));
        return CallColumns.bindAll(insert, requests.stream().map(IntentRequest::call).toList())
                .query(IntentRows::intent)
                .list();
    }

    private static String[] texts(
            List<IntentRequest> requests, Function<IntentRequest, @Nullable String> text) {
        return requests.stream().map(text).toArray(String[]::new);
    }

    private static @Nullable UUID ownerId(IntentRequest request) {
        return request.owner() == null ? null : request.owner().id();
    }

    private static @Nullable String keyText(IntentRequest request) {
        return request.key() == null ? null : request.key().value();
    }

    private static IntentId id(IntentRequest request) {
        return IntentIds.of(request.kind(), request.businessKey());
    }

    private static byte[][] bytes(Collection<IntentId> ids) {
        return ids.stream().map(id -> id.hash().bytes()).toArray(byte[][]::new);
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
