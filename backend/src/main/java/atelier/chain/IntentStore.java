package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Moves intents from state to state. Every step names the state it starts from, so that a step
 * taken twice, or by a process that came too late, changes nothing.
 */
@Component
class IntentStore {

    /** An intent that nothing has been signed for. */
    record Waiting(
            IntentId id, long number, @Nullable MemberId owner, Call call, Instant deadline) {

        /** The member whose key signs. */
        MemberId signer() {
            if (owner == null) {
                throw new IllegalStateException("Nobody signs " + id);
            }
            return owner;
        }
    }

    private final JdbcClient database;

    IntentStore(JdbcClient database) {
        this.database = database;
    }

    /** The kind of call that has waited longest, of those this key makes. */
    List<Waiting> oldest(List<String> calls, int limit) {
        return database.sql(
                        """
                        SELECT * FROM recorded.intent WHERE state = 'WAITING' AND call =
                            (SELECT call FROM recorded.intent WHERE state = 'WAITING'
                             AND call IN (:calls) ORDER BY number LIMIT 1)
                        ORDER BY number LIMIT :limit
                        """)
                .param("calls", calls)
                .param("limit", limit)
                .query(IntentStore::waiting)
                .list();
    }

    /** Whether nothing submitted before this intent is still waiting or on its way. */
    boolean first(Waiting intent) {
        return database.sql(
                        "SELECT NOT EXISTS (SELECT 1 FROM recorded.intent WHERE state IN ('WAITING',"
                                + " 'SENT') AND number < :number)")
                .param("number", intent.number())
                .query(Boolean.class)
                .single();
    }

    /** Whether anything is waiting or in a block that is not final. */
    boolean anyOpen() {
        return database.sql(
                        "SELECT EXISTS (SELECT 1 FROM recorded.intent WHERE state IN ('WAITING',"
                                + " 'SENT', 'IN_BLOCK'))")
                .query(Boolean.class)
                .single();
    }

    Call call(IntentId id) {
        return database.sql("SELECT * FROM recorded.intent WHERE id = :id")
                .param("id", id.hash().bytes())
                .query((row, _) -> call(row))
                .single();
    }

    /** Gives up on what nobody wants any more; how many those were. */
    int expire(Instant now) {
        return database.sql(
                        "UPDATE recorded.intent SET state = 'FAILED', failure_code ="
                                + " 'intent.expired', failure_values = '[]' WHERE state = 'WAITING'"
                                + " AND deadline < :now")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Ends an intent that would revert; nothing has been signed for it. */
    void refuse(IntentId id, Refused why) {
        database.sql(
                        "UPDATE recorded.intent SET state = 'FAILED', failure_code = :code,"
                                + " failure_values = :values::jsonb WHERE id = :id AND state ="
                                + " 'WAITING'")
                .param("code", why.code())
                .param("values", Words.write(why.values()))
                .param("id", id.hash().bytes())
                .update();
    }

    /**
     * Puts an intent into a slot.
     *
     * @throws IllegalStateException if it is not waiting any more
     */
    void pack(IntentId id, Slots.Place place, int position, @Nullable BigInteger forwardNonce) {
        int packed =
                database.sql(
                                """
                                UPDATE recorded.intent SET state = 'SENT', era = :era,
                                    relayer = :key, nonce = :nonce, position = :position,
                                    forward_nonce = :forwardNonce
                                WHERE id = :id AND state = 'WAITING'
                                """)
                        .param("era", place.era())
                        .param("key", place.key().bytes())
                        .param("nonce", place.nonce())
                        .param("position", position)
                        .param(
                                "forwardNonce",
                                forwardNonce == null ? null : new BigDecimal(forwardNonce))
                        .param("id", id.hash().bytes())
                        .update();
        if (packed != 1) {
            throw new IllegalStateException("Intent " + id + " is not waiting any more");
        }
    }

    void executed(IntentId id, Hash32 tx, long block) {
        database.sql(
                        "UPDATE recorded.intent SET state = 'IN_BLOCK', tx = :tx, block = :block"
                                + " WHERE id = :id AND state = 'SENT'")
                .param("tx", tx.bytes())
                .param("block", block)
                .param("id", id.hash().bytes())
                .update();
    }

    void failed(IntentId id, Hash32 tx, long block, Refused why) {
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

    /** Takes intents out of a slot whose nonce went elsewhere for good. */
    void release(Slots.Place place) {
        database.sql(
                        """
                        UPDATE recorded.intent SET state = 'WAITING', era = NULL, relayer = NULL,
                            nonce = NULL, position = NULL, forward_nonce = NULL
                        WHERE era = :era AND relayer = :key AND nonce = :nonce AND state = 'SENT'
                        """)
                .param("era", place.era())
                .param("key", place.key().bytes())
                .param("nonce", place.nonce())
                .update();
    }

    private static Waiting waiting(ResultSet row, int number) throws SQLException {
        UUID owner = row.getObject("owner", UUID.class);
        return new Waiting(
                new IntentId(Hash32.of(row.getBytes("id"))),
                row.getLong("number"),
                owner == null ? null : new MemberId(owner),
                call(row),
                row.getObject("deadline", OffsetDateTime.class).toInstant());
    }

    private static Call call(ResultSet row) throws SQLException {
        String call = row.getString("call");
        return switch (call) {
            case "FORWARD" ->
                    new Call.Forward(
                            Address.of(row.getBytes("signer")),
                            ContractKind.named(row.getString("target")),
                            row.getBytes("data"));
            case "ISSUE" ->
                    new Call.Issue(
                            Address.of(row.getBytes("recipient")),
                            new TokenAmount(row.getBigDecimal("amount").toBigIntegerExact()));
            case "DIRECT" ->
                    new Call.Direct(
                            ContractKind.named(row.getString("target")), row.getBytes("data"));
            default -> throw new IllegalStateException("No call is called " + call);
        };
    }
}
