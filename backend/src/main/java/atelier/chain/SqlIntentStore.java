package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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

    private final JdbcClient database;

    SqlIntentStore(JdbcClient database) {
        this.database = database;
    }

    @Override
    public List<Waiting> oldest(List<String> calls, Share share, int limit) {
        String ours =
                share.of() == 1
                        ? "TRUE"
                        : "get_byte(coalesce(signer, recipient), 19) % :of = :number";
        return database.sql(
                        """
                        SELECT * FROM recorded.intent WHERE state = 'WAITING' AND %s AND call =
                            (SELECT call FROM recorded.intent WHERE state = 'WAITING'
                             AND call IN (:calls) AND %s ORDER BY number LIMIT 1)
                        ORDER BY number LIMIT :limit
                        """
                                .formatted(ours, ours))
                .param("calls", calls)
                .param("of", share.of())
                .param("number", share.number())
                .param("limit", limit)
                .query(SqlIntentStore::waiting)
                .list();
    }

    @Override
    public long firstOpen() {
        return database.sql(
                        """
                        SELECT least(
                            (SELECT min(number) FROM recorded.intent WHERE state = 'WAITING'),
                            (SELECT min(number) FROM recorded.intent WHERE state = 'SENT'),
                            9223372036854775807)
                        """)
                .query(Long.class)
                .single();
    }

    @Override
    public Map<Address, Nonces> nonces(int era, Collection<Address> signers) {
        Map<Address, Nonces> nonces = new HashMap<>();
        database.sql(
                        """
                        SELECT k.signer, coalesce(r.lowest, -1) AS lowest,
                            coalesce(r.highest, -1) AS highest, coalesce(t.taken, -1) AS taken
                        FROM unnest(:signers::bytea[]) AS k (signer)
                        LEFT JOIN (
                            SELECT i.signer, min(i.forward_nonce) AS lowest,
                                max(i.forward_nonce) AS highest
                            FROM recorded.intent i
                            JOIN recorded.slot s USING (era, relayer, nonce)
                            WHERE i.signer = ANY (:signers) AND i.state = 'SENT'
                                AND i.forward_nonce IS NOT NULL AND s.state = 'OPEN'
                            GROUP BY i.signer) r USING (signer)
                        LEFT JOIN LATERAL (
                            SELECT i.forward_nonce AS taken FROM recorded.intent i
                            WHERE i.signer = k.signer AND i.forward_nonce IS NOT NULL
                                AND i.era = :era AND i.block IS NOT NULL
                            ORDER BY i.forward_nonce DESC LIMIT 1) t ON true
                        """)
                .param("signers", bytes(signers))
                .param("era", era)
                .query(row -> {
                    nonces.put(
                            Address.of(row.getBytes("signer")),
                            new Nonces(
                                    row.getLong("lowest"),
                                    row.getLong("highest"),
                                    row.getLong("taken")));
                });
        return nonces;
    }

    @Override
    public List<Stranded> stranded(Collection<Address> signers) {
        return database.sql(
                        """
                        SELECT i.* FROM recorded.intent i
                        LEFT JOIN recorded.slot s USING (era, relayer, nonce)
                        WHERE i.signer = ANY (:signers)
                            AND i.state IN ('WAITING', 'SENT', 'FAILED') AND i.block IS NULL
                            AND i.forward_nonce IS NOT NULL AND s.state IS DISTINCT FROM 'OPEN'
                        """)
                .param("signers", bytes(signers))
                .query((row, _) ->
                        new Stranded(
                                new IntentId(Hash32.of(row.getBytes("id"))),
                                Address.of(row.getBytes("signer")),
                                Objects.requireNonNull(signature(row))))
                .list();
    }

    private static byte[][] bytes(Collection<Address> addresses) {
        return addresses.stream().map(Address::bytes).toArray(byte[][]::new);
    }

    @Override
    public boolean anyOpen() {
        return database.sql(
                        "SELECT EXISTS (SELECT 1 FROM recorded.intent WHERE state IN ('WAITING',"
                                + " 'SENT', 'IN_BLOCK'))")
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
                        "UPDATE recorded.intent SET state = 'FAILED', failure_code ="
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
                        "UPDATE recorded.intent SET state = 'FAILED', failure_code = :code,"
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
                                UPDATE recorded.intent i SET state = 'SENT', era = :era,
                                    relayer = :key, nonce = :nonce, position = p.position - 1,
                                    forward_nonce = p.forward_nonce,
                                    forward_until = :until::timestamptz
                                FROM unnest(:ids::bytea[], :nonces::bigint[]) WITH ORDINALITY
                                    AS p (id, forward_nonce, position)
                                WHERE i.id = p.id AND i.state = 'WAITING'
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
                        "UPDATE recorded.intent SET state = 'IN_BLOCK', tx = :tx, block = :block"
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
                        UPDATE recorded.intent SET state = 'FAILED', tx = :tx, block = :block,
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
                        UPDATE recorded.intent SET state = 'WAITING', era = NULL, relayer = NULL,
                            nonce = NULL, position = NULL
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
                        "SELECT id, signer, forward_nonce FROM recorded.intent WHERE era ="
                                + " :era AND relayer = :key AND nonce = :nonce AND state = 'SENT'")
                .param("era", place.era())
                .param("key", place.key().bytes())
                .param("nonce", place.nonce())
                .query((row, _) ->
                        new Rider(
                                new IntentId(Hash32.of(row.getBytes("id"))),
                                request(
                                        row.getBytes("signer"),
                                        row.getBigDecimal("forward_nonce"))))
                .list();
    }

    @Override
    public void finish(int era, long height, int tries) {
        database.sql(
                        "UPDATE recorded.intent SET state = 'FINAL' WHERE era = :era AND state ="
                                + " 'IN_BLOCK' AND block <= :height")
                .param("era", era)
                .param("height", height)
                .update();
        database.sql(
                        """
                        UPDATE recorded.intent i SET
                            state = CASE WHEN i.tries + 1 < :tries THEN 'WAITING' ELSE 'FAILED' END,
                            failure_code = CASE WHEN i.tries + 1 < :tries THEN NULL
                                ELSE 'intent.unsendable' END,
                            failure_values = CASE WHEN i.tries + 1 < :tries THEN NULL
                                ELSE '[]'::jsonb END,
                            tries = i.tries + 1, era = NULL, relayer = NULL, nonce = NULL,
                            position = NULL
                        FROM recorded.slot s
                        WHERE (s.era, s.relayer, s.nonce) = (i.era, i.relayer, i.nonce)
                            AND i.state = 'SENT' AND s.state IN ('MINED', 'FINAL') AND s.era = :era
                            AND s.block <= :height
                        """)
                .param("tries", tries)
                .param("era", era)
                .param("height", height)
                .update();
    }

    @Override
    public void revert(int era, long from) {
        database.sql(
                        """
                        UPDATE recorded.intent i SET state = 'SENT', tx = NULL, block = NULL,
                            failure_code = NULL, failure_values = NULL
                        FROM recorded.slot s
                        WHERE i.era = :era AND i.block >= :from
                            AND i.state IN ('IN_BLOCK', 'FINAL', 'FAILED') AND s.state <> 'GONE'
                            AND (s.era, s.relayer, s.nonce) = (i.era, i.relayer, i.nonce)
                        """)
                .param("era", era)
                .param("from", from)
                .update();
        database.sql(
                        """
                        UPDATE recorded.intent SET state = 'WAITING', tx = NULL, block = NULL,
                            failure_code = NULL, failure_values = NULL, era = NULL, relayer = NULL,
                            nonce = NULL, position = NULL
                        WHERE era = :era AND block >= :from
                            AND state IN ('IN_BLOCK', 'FINAL', 'FAILED')
                        """)
                .param("era", era)
                .param("from", from)
                .update();
    }

    private static @Nullable Request request(byte @Nullable [] signer, @Nullable BigDecimal nonce) {
        return signer == null || nonce == null
                ? null
                : new Request(Address.of(signer), nonce.toBigIntegerExact());
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
