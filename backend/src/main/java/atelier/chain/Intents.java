package atelier.chain;

import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
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

    // What it is and how far it is, in one statement: neither is ever without the other.
    private static final String INSERT =
            """
            WITH asked AS (
                SELECT * FROM unnest(:ids::bytea[], :owners::uuid[], :kinds::text[],
                        :businessKeys::text[], :requestKeys::text[], :requestHashes::bytea[],
                        :calls::text[], :signers::bytea[], :targets::text[], :datas::bytea[],
                        :recipients::bytea[], :amounts::text[]::numeric[], :deadlines::text[],
                        :resultPaths::text[], :holds::text[]::numeric[])
                    AS asked (id, owner, kind, business_key, request_key, request_hash, call,
                        signer, target, data, recipient, amount, deadline, result_path, held)),
            i AS (
                INSERT INTO recorded.intent (id, owner, kind, business_key, request_key,
                    request_hash, call, signer, target, data, recipient, amount, result_path,
                    created)
                SELECT id, owner, kind, business_key, request_key, request_hash, call, signer,
                    target, data, recipient, amount, result_path, :created::timestamptz
                FROM asked
                ON CONFLICT DO NOTHING
                RETURNING id, number, call, signer, target, data, recipient, amount)
            INSERT INTO recorded.progress
                (id, number, signer, held, deadline, call, shard, state, era, tx, block)
            SELECT i.id, i.number, i.signer, asked.held, asked.deadline::timestamptz, i.call,
                get_byte(coalesce(i.signer, i.recipient), 19),
                CASE WHEN e.block IS NULL THEN 'WAITING' ELSE 'IN_BLOCK' END, e.era, e.tx, e.block
            FROM i JOIN asked USING (id)
            LEFT JOIN LATERAL (
                SELECT e.era, e.tx, e.block FROM recorded.execution e
                WHERE e.era = (SELECT max(era) FROM recorded.era) AND
            """
                    + SqlExecutions.SAME
                    + """
                    LIMIT 1 FOR SHARE OF e) e ON true
                    RETURNING id, block
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
     * Records those of several intents that are new, in the caller's transaction and in this order,
     * in which a member's are also carried out; left out are those whose key, or kind and business
     * key, are taken: {@link #submit} knows by what.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Intent> submitNew(Collection<IntentRequest> requests) {
        if (requests.isEmpty()) {
            return List.of();
        }
        SequencedMap<Hash32, IntentRequest> byId = new LinkedHashMap<>();
        requests.forEach(one -> byId.putIfAbsent(id(one).hash(), one));
        List<Intent> added = insert(byId);
        if (!added.isEmpty()) {
            wakeups.intentSubmitted();
        }
        return added;
    }

    /**
     * Those of several requests whose keys no other command is using; none will, until the caller's
     * transaction ends. Nobody is waited for.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<IntentRequest> claim(List<IntentRequest> requests) {
        Set<Integer> free =
                database.sql(
                                """
                                SELECT place FROM unnest(:names::text[]) WITH ORDINALITY
                                    AS wanted (name, place)
                                WHERE name IS NULL
                                    OR pg_try_advisory_xact_lock(hashtextextended(name, 0))
                                """)
                        .param("names", texts(requests, Intents::lockName))
                        .query((row, _) -> row.getInt("place"))
                        .set();
        return IntStream.range(0, requests.size())
                .filter(i -> free.contains(i + 1))
                .mapToObj(requests::get)
                .toList();
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
        String scope = scope(owner);
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
    private List<Intent> insert(SequencedMap<Hash32, IntentRequest> byId) {
        List<IntentRequest> requests = List.copyOf(byId.values());
        Instant created = clock.instant().truncatedTo(ChronoUnit.MICROS);
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
                        .param("holds", texts(requests, Intents::held))
                        .param("created", created.atOffset(ZoneOffset.UTC));
        return CallColumns.bindAll(insert, requests.stream().map(IntentRequest::call).toList())
                .query((row, _) -> {
                    IntentId id = new IntentId(Hash32.of(row.getBytes("id")));
                    return row.getObject("block") == null
                            ? waiting(id, Objects.requireNonNull(byId.get(id.hash())), created)
                            : find(id).orElseThrow();
                })
                .list();
    }

    private static Intent waiting(IntentId id, IntentRequest request, Instant created) {
        return new Intent(
                id,
                request.owner(),
                request.kind(),
                request.businessKey(),
                new IntentState.Waiting(),
                created,
                request.resultPath());
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

    private static @Nullable String held(IntentRequest request) {
        return request.held() == null ? null : request.held().units().toString();
    }

    private static @Nullable String lockName(IntentRequest request) {
        return request.key() == null ? null : scope(request.owner()) + ' ' + request.key().value();
    }

    private static String scope(@Nullable MemberId owner) {
        return owner == null ? "system" : owner.toString();
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
