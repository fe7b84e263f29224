package atelier.market;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The sales that the mirror holds. */
@Repository
class Sales {

    private static final String DATED =
            """
            select s.*, b.mined_at, p.promoter from derived.sale s
            join derived.block b on b.number = s.block_number and b.canonical
            left join lateral (
                select promoter from derived.promotion
                where order_hash = s.order_hash and block_number = s.block_number
                order by log_index limit 1) p on true
            """;

    private final JdbcClient jdbc;

    Sales(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Sale> find(Hash32 orderHash) {
        return jdbc.sql(DATED + " where s.order_hash = :hash")
                .param("hash", orderHash.bytes())
                .query(Sales::row)
                .optional();
    }

    /** The sales of these transactions: how a line of a statement finds its receipt. */
    List<Sale> in(Collection<Hash32> transactions) {
        if (transactions.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(DATED + " where s.tx_hash in (:transactions)")
                .param("transactions", transactions.stream().map(Hash32::bytes).toList())
                .query(Sales::row)
                .list();
    }

    /** What an account bought and sold, the newest first. */
    List<Sale> by(Address account, int limit) {
        return jdbc.sql(
                        DATED
                                + """
                                 where s.buyer = :account or s.seller = :account
                                order by s.block_number desc, s.log_index desc limit :limit
                                """)
                .param("account", account.bytes())
                .param("limit", limit)
                .query(Sales::row)
                .list();
    }

    /** A work's sales, the newest first. */
    List<Sale> of(WorkId work) {
        return jdbc.sql(
                        DATED
                                + " where s.token_id = :work order by s.block_number desc, s.log_index desc")
                .param("work", work.tokenId())
                .query(Sales::row)
                .list();
    }

    /** Sales in the order of the chain, from after the given place. */
    List<Sale> after(long block, int logIndex, int limit) {
        return jdbc.sql(
                        DATED
                                + """
                                 where (s.block_number, s.log_index) > (:block, :index)
                                order by s.block_number, s.log_index limit :limit
                                """)
                .param("block", block)
                .param("index", logIndex)
                .param("limit", limit)
                .query(Sales::row)
                .list();
    }

    private static Sale row(ResultSet row, int number) throws SQLException {
        return new Sale(
                Hash32.of(row.getBytes("order_hash")),
                new WorkId(row.getBigDecimal("token_id").toBigIntegerExact()),
                Address.of(row.getBytes("buyer")),
                amount(row, "price"),
                split(row),
                promoter(row),
                row.getLong("block_number"),
                row.getInt("log_index"),
                Hash32.of(row.getBytes("tx_hash")),
                row.getObject("mined_at", OffsetDateTime.class).toInstant());
    }

    private static @Nullable Address promoter(ResultSet row) throws SQLException {
        byte[] named = row.getBytes("promoter");
        return named == null ? null : Address.of(named);
    }

    private static Split split(ResultSet row) throws SQLException {
        return new Split(
                Address.of(row.getBytes("seller")),
                amount(row, "seller_paid"),
                Address.of(row.getBytes("creator")),
                amount(row, "creator_paid"),
                Address.of(row.getBytes("author")),
                amount(row, "author_paid"),
                amount(row, "treasury_paid"));
    }

    private static TokenAmount amount(ResultSet row, String column) throws SQLException {
        return new TokenAmount(row.getBigDecimal(column).toBigIntegerExact());
    }
}
