package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Intents as rows of {@code recorded}. */
@Component
class SqlIntentStore implements IntentStore {

    // Plans must be right before the tables are first analyzed: each of these walks one index.
    private static final String WAITS =
            """
            SELECT min((SELECT min(number) FROM recorded.progress
                WHERE state = 'WAITING' AND call = c))
            FROM unnest('{FORWARD,ISSUE,DIRECT}'::text[]) AS c
            """;

    private static final String SENT =
            "SELECT min(number) FROM recorded.progress WHERE state = 'SENT'";

    private static final String NEWEST_BLOCK =
            """
            SELECT max(block) FROM recorded.progress
            WHERE era = (SELECT max(era) FROM recorded.era) AND block IS NOT NULL
            """;

    private static final String FINAL =
            """
            SELECT height FROM recorded.finality WHERE era = (SELECT max(era) FROM recorded.era)
            """;

    // One look, for a reader moves requests from one of these to another meanwhile. Through the
    // signers' index: by what is on its way, all of that would be read for each signer.
    private static final String SIGNATURES =
            """
            WITH open AS MATERIALIZED (
                SELECT era, relayer, nonce FROM recorded.slot WHERE state = 'OPEN'),
            asked AS MATERIALIZED (
                SELECT DISTINCT signer FROM unnest(:signers::bytea[]) AS asked (signer)),
            signed AS MATERIALIZED (
                SELECT p.id, p.signer, p.state, p.forward_nonce, p.forward_until,
                    o.nonce IS NOT NULL AS leaves
                FROM asked CROSS JOIN LATERAL (
                    SELECT id, signer, state, forward_nonce, forward_until, era, relayer, nonce
                    FROM recorded.progress
                    WHERE signer = asked.signer AND forward_nonce IS NOT NULL
                        AND (state IN ('WAITING', 'SENT') OR (state = 'FAILED'
                            AND block IS NULL AND forward_nonce IS NOT NULL)) OFFSET 0) p
                LEFT JOIN open o USING (era, relayer, nonce))
            SELECT signer, min(forward_nonce) AS lowest, max(forward_nonce) AS highest,
                -1 AS taken, NULL::bytea AS id, NULL::bigint AS forward_nonce,
                NULL::timestamptz AS forward_until
            FROM signed WHERE leaves AND state = 'SENT' GROUP BY signer
            UNION ALL
            SELECT asked.signer, -1, -1, used.forward_nonce, NULL, NULL, NULL
            FROM asked CROSS JOIN LATERAL (
                SELECT forward_nonce FROM recorded.progress
                WHERE signer = asked.signer AND forward_nonce IS NOT NULL AND era = :era
                    AND block IS NOT NULL
                ORDER BY forward_nonce DESC LIMIT 1) used
            UNION ALL
            SELECT signer, -1, -1, -1, id, forward_nonce, forward_until
            FROM signed WHERE NOT leaves
            """;

    private final JdbcClient database;
    private final Finality finality;

    SqlIntentStore(JdbcClient database) {
        this.database = database;
        this.finality = new Finality(database);
    }

    @Override
    public List<Waiting> oldest(List<String> calls, Share share, int limit) {
        String ours = share.of() == 1 ? "TRUE" : "shard % :of = :number";
        return database.sql(
                        """
                        SELECT i.id, i.number, i.owner, i.call, i.signer, i.target, i.data,
                            i.recipient, i.amount, p.deadline, p.forward_nonce, p.forward_until
                        FROM (
                            SELECT id, number, deadline, forward_nonce, forward_until
                            FROM recorded.progress
                            WHERE state = 'WAITING' AND %s AND call =
                                (SELECT c FROM unnest(:calls::text[]) AS c ORDER BY
                                    (SELECT min(number) FROM recorded.progress
                                     WHERE state = 'WAITING' AND %s AND call = c) LIMIT 1)
                            ORDER BY number LIMIT :limit) p
                        JOIN recorded.intent i USING (id) ORDER BY p.number
                        """
                                .formatted(ours, ours))
                .param("calls", calls.toArray(String[]::new))
                .param("of", share.of())
                .param("number", share.number())
                .param("limit", limit)
                .query(SqlIntentStore::waiting)
                .list();
    }

    @Override
    public long firstOpen() {
        return database.sql("SELECT least((%s), (%s), 9223372036854775807)".formatted(WAITS, SENT))
                .query(Long.class)
                .single();
    }

    @Override
    public Signatures signatures(int era, Collection<Address> signers) {
        Map<Address, Nonces> nonces = new HashMap<>();
        List<Stranded> stranded = new ArrayList<>();
        database.sql(SIGNATURES)
                .param("signers", bytes(signers))
                .param("era", era)
                .query(row -> {
                    Address signer = Address.of(row.getBytes("signer"));
                    byte[] id = row.getBytes("id");
                    if (id == null) {
                        nonces.merge(signer, nonces(row), Nonces::and);
                    } else {
                        stranded.add(
                                new Stranded(
                                        new IntentId(Hash32.of(id)),
                                        signer,
                                        Objects.requireNonNull(signature(row))));
                    }
                });
        return new Signatures(nonces, stranded);
    }

    private static Nonces nonces(ResultSet row) throws SQLException {
        return new Nonces(row.getLong("lowest"), row.getLong("highest"), row.getLong("taken"));
    }

    private static byte[][] bytes(Collection<Address> addresses) {
        return addresses.stream().map(Address::bytes).toArray(byte[][]::new);
    }

    @Override
    public boolean anyOpen() {
        return database.sql(
                        ("SELECT (%s) IS NOT NULL OR (%s) IS NOT NULL OR coalesce((%s), -1) >"
                                        + " coalesce((%s), -1)")
                                .formatted(WAITS, SENT, NEWEST_BLOCK, FINAL))
                .query(Boolean.class)
                .single();
    }

    @Override
    public Call call(IntentId id) {
        return database.sql("SELECT * FROM recorded.intent WHERE id = :id")
                .param("id", id.hash().bytes())
                .query((row, _) -> CallColumns.read(row))
                .single();
    }

    @Override
    public int expire(Instant now, Instant settled) {
        return database.sql(
                        "UPDATE recorded.progress SET state = 'FAILED', failure_code ="
                                + " 'intent.expired', failure_values = '[]' WHERE state = 'WAITING'"
                                + " AND deadline < :now AND (forward_until IS NULL OR forward_until"
                                + " < :settled)")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("settled", settled.atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public void refuse(IntentId id, Refused why) {
        database.sql(
                        "UPDATE recorded.progress SET state = 'FAILED', failure_code = :code,"
                                + " failure_values = :values::jsonb WHERE id = :id AND state ="
                                + " 'WAITING'")
                .param("code", why.code())
                .param("values", Words.write(why.values()))
                .param("id", id.hash().bytes())
                .update();
    }

    @Override
    public void pack(Slots.Place place, List<Packed> intents, @Nullable Instant until) {
        int packed =
                database.sql(
                                """
                                UPDATE recorded.progress p SET state = 'SENT', era = s.era,
                                    relayer = s.relayer, nonce = s.nonce,
                                    forward_nonce = r.forward_nonce,
                                    forward_until = :until::timestamptz
                                FROM recorded.slot s
                                CROSS JOIN unnest(:ids::bytea[], :nonces::bigint[])
                                    AS r (id, forward_nonce)
                                CROSS JOIN LATERAL (
                                    SELECT ctid, state FROM recorded.progress
                                    WHERE id = r.id OFFSET 0) w
                                WHERE s.era = :era AND s.relayer = :key AND s.nonce = :nonce
                                    AND p.ctid = w.ctid AND w.state = 'WAITING'
                                """)
                        .param("era", place.era())
                        .param("key", place.key().bytes())
                        .param("nonce", place.nonce())
                        .param("until", until == null ? null : until.atOffset(ZoneOffset.UTC))
                        .param("ids", ids(intents.stream().map(Packed::id)))
                        .param(
                                "nonces",
                                intents.stream().map(Packed::forwardNonce).toArray(Long[]::new))
                        .update();
        if (packed != intents.size()) {
            throw new IllegalStateException("An intent is not waiting any more");
        }
    }

    @Override
    public void executed(List<IntentId> ids, Hash32 tx, long block) {
        database.sql(
                        "UPDATE recorded.progress SET state = 'IN_BLOCK', tx = :tx, block = :block"
                                + " WHERE id = ANY (:ids) AND state = 'SENT'")
                .param("tx", tx.bytes())
                .param("block", block)
                .param("ids", ids(ids.stream()))
                .update();
    }

    private static byte[][] ids(Stream<IntentId> ids) {
        return ids.map(id -> id.hash().bytes()).toArray(byte[][]::new);
    }

    @Override
    public void failed(IntentId id, Hash32 tx, long block, Refused why) {
        database.sql(
                        """
                        UPDATE recorded.progress SET state = 'FAILED', tx = :tx, block = :block,
                            failure_code = :code, failure_values = :values::jsonb
                        WHERE id = :id AND state = 'SENT'
                        """)
                .param("tx", tx.bytes())
                .param("block", block)
                .param("code", why.code())
                .param("values", Words.write(why.values()))
                .param("id", id.hash().bytes())
                .update();
    }

    @Override
    public void release(Slots.Place place) {
        database.sql(
                        """
                        UPDATE recorded.progress SET state = 'WAITING', era = NULL, relayer = NULL,
                            nonce = NULL
                        WHERE era = :era AND relayer = :key AND nonce = :nonce AND state = 'SENT'
                        """)
                .param("era", place.era())
                .param("key", place.key().bytes())
                .param("nonce", place.nonce())
                .update();
    }

    @Override
    public List<Rider> riders(Slots.Place place) {
        return database.sql(
                        "SELECT id, signer, forward_nonce FROM recorded.progress WHERE era ="
                                + " :era AND relayer = :key AND nonce = :nonce AND state = 'SENT'")
                .param("era", place.era())
                .param("key", place.key().bytes())
                .param("nonce", place.nonce())
                .query((row, _) ->
                        new Rider(
                                new IntentId(Hash32.of(row.getBytes("id"))),
                                request(
                                        row.getBytes("signer"),
                                        row.getObject("forward_nonce", Long.class))))
                .list();
    }

    @Override
    public void finish(int era, long height, int tries) {
        finality.raise(era, height);
        database.sql(
                        """
                        WITH place AS MATERIALIZED (
                            SELECT DISTINCT era, relayer, nonce FROM recorded.progress
                            WHERE state = 'SENT' AND era = :era),
                        settled AS MATERIALIZED (
                            SELECT p.* FROM place p WHERE :height >= (
                                SELECT s.block FROM recorded.slot s
                                WHERE s.era = p.era AND s.relayer = p.relayer AND s.nonce = p.nonce
                                    AND s.state IN ('MINED', 'FINAL')))
                        UPDATE recorded.progress p SET
                            state = CASE WHEN p.tries + 1 < :tries THEN 'WAITING' ELSE 'FAILED' END,
                            failure_code = CASE WHEN p.tries + 1 < :tries THEN NULL
                                ELSE 'intent.unsendable' END,
                            failure_values = CASE WHEN p.tries + 1 < :tries THEN NULL
                                ELSE '[]'::jsonb END,
                            tries = p.tries + 1, era = NULL, relayer = NULL, nonce = NULL
                        FROM settled s
                        WHERE (s.era, s.relayer, s.nonce) = (p.era, p.relayer, p.nonce)
                            AND p.state = 'SENT'
                        """)
                .param("tries", tries)
                .param("era", era)
                .param("height", height)
                .update();
    }

    @Override
    public void revert(int era, long from) {
        finality.revert(era, from);
        database.sql(
                        """
                        UPDATE recorded.progress p SET state = 'SENT', tx = NULL, block = NULL,
                            failure_code = NULL, failure_values = NULL
                        WHERE p.era = :era AND p.block >= :from
                            AND p.state IN ('IN_BLOCK', 'FAILED') AND 'GONE' <> (
                                SELECT s.state FROM recorded.slot s
                                WHERE s.era = p.era AND s.relayer = p.relayer
                                    AND s.nonce = p.nonce)
                        """)
                .param("era", era)
                .param("from", from)
                .update();
        database.sql(
                        """
                        UPDATE recorded.progress SET state = 'WAITING', tx = NULL, block = NULL,
                            failure_code = NULL, failure_values = NULL, era = NULL, relayer = NULL,
                            nonce = NULL
                        WHERE era = :era AND block >= :from AND state IN ('IN_BLOCK', 'FAILED')
                        """)
                .param("era", era)
                .param("from", from)
                .update();
    }

    private static @Nullable Request request(byte @Nullable [] signer, @Nullable Long nonce) {
        return signer == null || nonce == null
                ? null
                : new Request(Address.of(signer), BigInteger.valueOf(nonce));
    }

    private static Waiting waiting(ResultSet row, int number) throws SQLException {
        UUID owner = row.getObject("owner", UUID.class);
        return new Waiting(
                new IntentId(Hash32.of(row.getBytes("id"))),
                row.getLong("number"),
                owner == null ? null : new MemberId(owner),
                CallColumns.read(row),
                row.getObject("deadline", OffsetDateTime.class).toInstant(),
                signature(row));
    }

    private static @Nullable Signature signature(ResultSet row) throws SQLException {
        OffsetDateTime until = row.getObject("forward_until", OffsetDateTime.class);
        return until == null
                ? null
                : new Signature(row.getLong("forward_nonce"), until.toInstant());
    }
}
