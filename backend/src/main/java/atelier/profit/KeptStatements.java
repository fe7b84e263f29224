package atelier.profit;

import atelier.chain.CopyRows;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.TokenAmount;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Statements and the shares in them, as rows of {@code derived}. */
@Component
class KeptStatements {

    private static final String SELECT =
            "SELECT read_to, depth, root, total, digest, head FROM derived.statement ";

    /** What is kept of an epoch is not what was once written down. */
    static final class Unsound extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final long epoch;

        private Unsound(long epoch, String why) {
            super("The statement kept of epoch %d is not sound: %s".formatted(epoch, why));
            this.epoch = epoch;
        }

        long epoch() {
            return epoch;
        }
    }

    private final JdbcClient jdbc;
    private final JdbcTemplate copy;

    KeptStatements(JdbcClient jdbc, JdbcTemplate copy) {
        this.jdbc = jdbc;
        this.copy = copy;
    }

    /** The epochs that have a statement. */
    Set<Long> epochs() {
        return jdbc.sql("SELECT epoch FROM derived.statement")
                .query((row, _) -> row.getLong("epoch"))
                .set();
    }

    /** All of them, newest first. */
    List<KeptStatement> all() {
        return jdbc.sql(SELECT + "ORDER BY epoch DESC").query(KeptStatements::statement).list();
    }

    /** The newest of them, oldest first. */
    List<KeptStatement> last(int count) {
        return jdbc.sql(SELECT + "ORDER BY epoch DESC LIMIT :count")
                .param("count", count)
                .query(KeptStatements::statement)
                .list()
                .reversed();
    }

    Optional<KeptStatement> find(long epoch) {
        return jdbc.sql(SELECT + "WHERE epoch = :epoch")
                .param("epoch", epoch)
                .query(KeptStatements::statement)
                .optional();
    }

    /** The bytes whose SHA-256 is published. */
    Optional<byte[]> text(long epoch) {
        return jdbc.sql("SELECT text FROM derived.statement WHERE epoch = :epoch")
                .param("epoch", epoch)
                .query(byte[].class)
                .optional();
    }

    /** The oldest that gives anybody anything and is none of those that were published. */
    Optional<KeptStatement> oldestBeside(List<Publication> published) {
        return jdbc.sql(
                        SELECT
                                + """
                                WHERE fresh > 0 AND (epoch, root) NOT IN (
                                    SELECT * FROM unnest(:epochs::bigint[], :roots::bytea[]))
                                ORDER BY epoch LIMIT 1
                                """)
                .param("epochs", published.stream().map(Publication::epoch).toArray(Long[]::new))
                .param(
                        "roots",
                        published.stream().map(one -> one.root().bytes()).toArray(byte[][]::new))
                .query(KeptStatements::statement)
                .optional();
    }

    /**
     * What the statement of an epoch opens with: all of it is in the text of the one before, which
     * has to be whole. Its hash is what was, or will be, published.
     *
     * @throws Unsound if that text has not its hash, or says what no statement says
     */
    Opening opening(Epoch epoch, Outline outline) {
        long before = epoch.number() - 1;
        if (before == 0) {
            return Opening.FIRST;
        }
        Statement last = whole(before);
        return outline.isRefused(last) ? Opening.afterRefused(last) : Opening.after(last);
    }

    /** The same without the accounts, for whoever needs none. */
    Opening moneyFor(Epoch epoch, Outline outline) {
        return find(epoch.number() - 1)
                .map(last ->
                        outline.isRefused(last.epoch(), last.root())
                                ? Opening.afterRefused(last.head())
                                : Opening.after(last.head()))
                .orElse(Opening.FIRST);
    }

    private Statement whole(long epoch) {
        KeptStatement statement =
                find(epoch).orElseThrow(() -> new Unsound(epoch, "there is none"));
        byte[] text = text(epoch).orElseThrow();
        if (!CostReceipts.sha256(text).equals(statement.digest())) {
            throw new Unsound(epoch, "its text has another hash than " + statement.digest());
        }
        try {
            return StatementReader.whole(text);
        } catch (IllegalArgumentException e) {
            throw new Unsound(epoch, String.valueOf(e.getMessage()));
        }
    }

    /** The events behind an account's line. */
    List<Trail.Step> trail(long epoch, Address account) {
        return jdbc.sql(
                        "SELECT deeds FROM derived.share WHERE epoch = :epoch AND account = :account")
                .param("epoch", epoch)
                .param("account", account.bytes())
                .query(byte[].class)
                .optional()
                .map(Trail::read)
                .orElse(List.of());
    }

    /** Lines by number, from one on. */
    List<Line> lines(long epoch, int from, int limit) {
        return jdbc.sql(
                        """
                        SELECT * FROM derived.share
                        WHERE epoch = :epoch AND number >= :from ORDER BY number LIMIT :limit
                        """)
                .param("epoch", epoch)
                .param("from", from)
                .param("limit", limit)
                .query((row, _) -> line(row))
                .list();
    }

    /** Who got most, the first of them first. */
    List<Line> largest(long epoch, int limit) {
        return jdbc.sql(
                        """
                        SELECT * FROM derived.share
                        WHERE epoch = :epoch
                          AND creator + author + supplier + promoter + ancestor + member > 0
                        ORDER BY creator + author + supplier + promoter + ancestor + member DESC,
                            number
                        LIMIT :limit
                        """)
                .param("epoch", epoch)
                .param("limit", limit)
                .query((row, _) -> line(row))
                .list();
    }

    /** How many accounts an epoch's statement has. */
    int accounts(long epoch) {
        return jdbc.sql("SELECT count(*) FROM derived.share WHERE epoch = :epoch")
                .param("epoch", epoch)
                .query(Integer.class)
                .single();
    }

    Optional<Line> line(long epoch, Address account) {
        return jdbc.sql("SELECT * FROM derived.share WHERE epoch = :epoch AND account = :account")
                .param("epoch", epoch)
                .param("account", account.bytes())
                .query((row, _) -> line(row))
                .optional();
    }

    /** An account's lines, newest first. */
    List<KeptShare> of(Address account) {
        return jdbc.sql("SELECT * FROM derived.share WHERE account = :account ORDER BY epoch DESC")
                .param("account", account.bytes())
                .query((row, _) -> new KeptShare(row.getLong("epoch"), line(row)))
                .list();
    }

    /** In the caller's transaction. */
    void keep(Statement statement, Trail trail, long readTo) {
        ShareTree tree = statement.tree();
        StatementText written = new StatementText(statement, tree);
        byte[] text = written.bytes();
        jdbc.sql(
                        """
                        INSERT INTO derived.statement VALUES (
                            :epoch, :readTo, :depth, :root, :total, :fresh, :digest, :text, :head)
                        """)
                .param("epoch", statement.epoch().number())
                .param("readTo", readTo)
                .param("depth", tree.depth())
                .param("root", tree.root().bytes())
                .param("total", statement.total().units())
                .param("fresh", statement.fresh().units())
                .param("digest", CostReceipts.sha256(text).bytes())
                .param("text", text)
                .param("head", written.head())
                .update();
        keepLines(statement, trail);
    }

    private void keepLines(Statement statement, Trail trail) {
        CopyRows rows =
                CopyRows.into(
                        "derived.share",
                        Stream.concat(
                                        Stream.of("epoch", "number", "account", "total", "deeds"),
                                        Role.OF_ACCOUNTS.stream().map(Role::key))
                                .toArray(String[]::new));
        for (Line line : statement.lines()) {
            rows.row()
                    .bigint(statement.epoch().number())
                    .integer(line.number())
                    .bytes(line.account().bytes())
                    .numeric(line.total().units())
                    .bytes(trail.of(line.account()));
            Role.OF_ACCOUNTS.forEach(role -> rows.numeric(line.by(role).units()));
        }
        rows.write(copy);
    }

    /** Takes away what a block from this one on may have been read for. */
    void dropReadTo(long block) {
        jdbc.sql("DELETE FROM derived.statement WHERE read_to >= :block")
                .param("block", block)
                .update();
    }

    /** Takes away the statements that open with an epoch's. */
    void dropAfter(long epoch) {
        jdbc.sql("DELETE FROM derived.statement WHERE epoch > :epoch")
                .param("epoch", epoch)
                .update();
    }

    private static KeptStatement statement(ResultSet row, int number) throws SQLException {
        return new KeptStatement(
                StatementReader.head(row.getBytes("head")),
                Hash32.of(row.getBytes("root")),
                row.getInt("depth"),
                amount(row, "total"),
                Hash32.of(row.getBytes("digest")),
                row.getLong("read_to"));
    }

    private static Line line(ResultSet row) throws SQLException {
        Map<Role, TokenAmount> byRole = new EnumMap<>(Role.class);
        for (Role role : Role.OF_ACCOUNTS) {
            TokenAmount share = amount(row, role.name().toLowerCase(Locale.ROOT));
            if (share.signum() > 0) {
                byRole.put(role, share);
            }
        }
        return new Line(
                row.getInt("number"),
                Address.of(row.getBytes("account")),
                amount(row, "total"),
                byRole);
    }

    private static TokenAmount amount(ResultSet row, String column) throws SQLException {
        return new TokenAmount(row.getBigDecimal(column).toBigIntegerExact());
    }
}
