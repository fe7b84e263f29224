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

    // What stands before the first account; a statement of nobody is short as a whole.
    private static final String SELECT =
            """
            SELECT read_to, depth, root, total, digest,
                substring(text FOR coalesce(nullif(position('\\x0a6163636f756e7420' IN text), 0),
                    length(text))) AS head
            FROM derived.statement
            """;

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
    void keep(Statement statement, long readTo) {
        byte[] text = statement.text();
        ShareTree tree = statement.tree();
        jdbc.sql(
                        """
                        INSERT INTO derived.statement
                        VALUES (:epoch, :readTo, :depth, :root, :total, :fresh, :digest, :text)
                        """)
                .param("epoch", statement.epoch().number())
                .param("readTo", readTo)
                .param("depth", tree.depth())
                .param("root", tree.root().bytes())
                .param("total", statement.total().units())
                .param("fresh", statement.fresh().units())
                .param("digest", CostReceipts.sha256(text).bytes())
                .param("text", text)
                .update();
        keepLines(statement);
    }

    private void keepLines(Statement statement) {
        CopyRows rows =
                CopyRows.into(
                        "derived.share",
                        Stream.concat(
                                        Stream.of("epoch", "number", "account", "total"),
                                        Role.OF_ACCOUNTS.stream().map(Role::key))
                                .toArray(String[]::new));
        for (Line line : statement.lines()) {
            rows.row()
                    .bigint(statement.epoch().number())
                    .integer(line.number())
                    .bytes(line.account().bytes())
                    .numeric(line.total().units());
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
