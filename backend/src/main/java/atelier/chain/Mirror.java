package atelier.chain;

import atelier.kernel.Hash32;
import atelier.kernel.Refused;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The door to what has been mirrored: how far, and which block and transaction. */
@Component
public class Mirror {

    /** A mirrored block. */
    public record Block(long number, Hash32 hash, Hash32 parent, Instant time, boolean isFinal) {

        /** As the API names it. */
        public BlockName name() {
            return new BlockName(number, hash.toString(), time);
        }
    }

    /** Where a transaction that touched our contracts is. */
    public record Transaction(Hash32 hash, int index, Block block) {}

    private static final String BLOCK =
            "SELECT b.number, b.hash, b.parent_hash, b.mined_at FROM derived.block b ";

    private static final Pattern HEIGHT = Pattern.compile("\\d{1,18}");

    private final JdbcClient database;
    private final ChainProperties properties;
    private final NodeView view;

    Mirror(JdbcClient database, ChainProperties properties, NodeView view) {
        this.database = database;
        this.properties = properties;
        this.view = view;
    }

    /** How far the mirror is; nothing before its first block. */
    public Optional<MirrorStatus> status() {
        return database.sql(
                        "SELECT c.start, b.number, b.hash, b.mined_at FROM derived.cursor c JOIN"
                                + " derived.block b ON b.hash = c.hash")
                .query((row, _) ->
                        new MirrorStatus(
                                view.chainId(),
                                Math.max(view.head(), row.getLong("number")),
                                row.getLong("number"),
                                Hash32.of(row.getBytes("hash")),
                                row.getObject("mined_at", OffsetDateTime.class).toInstant(),
                                Math.max(
                                        row.getLong("start") - 1,
                                        row.getLong("number") - properties.confirmations()),
                                view.caughtUp(row.getLong("number"))))
                .optional();
    }

    /** Whether the node answered when it was last asked. */
    public boolean nodeAnswers() {
        return view.trouble() == null;
    }

    /** The canonical block at a height. */
    public Optional<Block> block(long number) {
        long finalHeight = finalHeight();
        return database.sql(BLOCK + "WHERE b.canonical AND b.number = :number")
                .param("number", number)
                .query((row, _) -> block(row, finalHeight))
                .optional();
    }

    /**
     * The mirrored block that somebody asks about, by its height as they wrote it.
     *
     * @throws Refused {@code block.malformed}, {@code block.future} if the mirror is not there yet,
     *     {@code block.too-early} before the first block of the community
     */
    public Block asked(String height) {
        if (!HEIGHT.matcher(height).matches()) {
            throw Refused.invalid("block.malformed");
        }
        long number = Long.parseLong(height);
        MirrorStatus status = status().orElseThrow(() -> Refused.unavailable("chain.deploying"));
        if (number > status.height()) {
            throw Refused.notFound("block.future", number, status.height());
        }
        long first = database.sql("SELECT start FROM derived.cursor").query(Long.class).single();
        if (number < first) {
            throw Refused.notFound("block.too-early", number, first);
        }
        return block(number)
                .orElseThrow(() -> Refused.notFound("block.future", number, number - 1));
    }

    /** The canonical block that holds a transaction, if that touched one of our contracts. */
    public Optional<Transaction> transaction(Hash32 hash) {
        long finalHeight = finalHeight();
        return database.sql(
                        "SELECT b.number, b.hash, b.parent_hash, b.mined_at, l.tx_index FROM"
                                + " derived.log l JOIN derived.block b ON b.hash = l.block_hash WHERE"
                                + " l.tx_hash = :hash AND l.canonical LIMIT 1")
                .param("hash", hash.bytes())
                .query((row, _) ->
                        new Transaction(hash, row.getInt("tx_index"), block(row, finalHeight)))
                .optional();
    }

    /** When the canonical block at a height was mined, by its own clock. */
    public Optional<Instant> time(long number) {
        return block(number).map(Block::time);
    }

    private long finalHeight() {
        return status().map(MirrorStatus::finalHeight).orElse(-1L);
    }

    private static Block block(ResultSet row, long finalHeight) throws SQLException {
        return new Block(
                row.getLong("number"),
                Hash32.of(row.getBytes("hash")),
                Hash32.of(row.getBytes("parent_hash")),
                row.getObject("mined_at", OffsetDateTime.class).toInstant(),
                row.getLong("number") <= finalHeight);
    }
}
