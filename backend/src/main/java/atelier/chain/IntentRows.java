package atelier.chain;

import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads intents from their rows. */
final class IntentRows {

    /** An intent, if sent with the newest attempt of its slot; a condition on {@code i} follows. */
    static final String SELECT =
            """
            SELECT i.id, i.owner, i.kind, i.business_key, i.state, i.created, i.result_path, i.tx,
                i.block, i.failure_code, i.failure_values,
                CASE WHEN i.state = 'SENT' THEN
                    (SELECT a.hash FROM recorded.attempt a
                     WHERE (a.era, a.relayer, a.nonce) = (i.era, i.relayer, i.nonce)
                     ORDER BY a.created DESC LIMIT 1) END AS attempt
            FROM recorded.intent_now i
            """;

    private IntentRows() {}

    static Intent intent(ResultSet row, int number) throws SQLException {
        return new Intent(
                new IntentId(Hash32.of(row.getBytes("id"))),
                member(row.getObject("owner", UUID.class)),
                row.getString("kind"),
                row.getString("business_key"),
                state(row),
                row.getTimestamp("created").toInstant(),
                row.getString("result_path"));
    }

    private static @Nullable MemberId member(@Nullable UUID owner) {
        return owner == null ? null : new MemberId(owner);
    }

    private static IntentState state(ResultSet row) throws SQLException {
        String state = row.getString("state");
        return switch (state) {
            case "WAITING" -> new IntentState.Waiting();
            case "SENT" -> new IntentState.Sent(Hash32.of(row.getBytes("attempt")));
            case "IN_BLOCK" ->
                    new IntentState.InBlock(Hash32.of(row.getBytes("tx")), row.getLong("block"));
            case "FINAL" ->
                    new IntentState.Final(Hash32.of(row.getBytes("tx")), row.getLong("block"));
            case "FAILED" ->
                    new IntentState.Failed(
                            row.getString("failure_code"),
                            Words.read(row.getString("failure_values")));
            case "LOST" -> new IntentState.Lost();
            default -> throw new IllegalStateException("No state is called " + state);
        };
    }
}
