package atelier.ledger;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.TokenAmount;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads an account's postings, newest first, each with the balance it left. */
@Component
class Statements {

    private final JdbcClient jdbc;

    Statements(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Posting> before(Address account, Asset asset, Place place, int limit) {
        return jdbc.sql(
                        """
                        select p.*, b.mined_at from derived.posting p
                        join derived.block b on b.number = p.block_number and b.canonical
                        where p.account = :account and p.asset_class = :class and p.asset_id = :id
                          and p.canonical
                          and (p.block_number, p.log_index, p.item) < (:block, :log, :item)
                        order by p.block_number desc, p.log_index desc, p.item desc
                        limit :limit
                        """)
                .param("account", account.bytes())
                .param("class", asset.kind())
                .param("id", asset.number())
                .param("block", place.block())
                .param("log", place.logIndex())
                .param("item", place.item())
                .param("limit", limit)
                .query(Statements::posting)
                .list();
    }

    /** Points that an account gave in some blocks, by who received them. */
    Map<Address, TokenAmount> given(Address from, long after, long upTo) {
        return jdbc
                .sql(
                        """
                        select counterparty, -sum(amount) as given from derived.posting
                        where canonical and account = :from and asset_class = 'points'
                          and asset_id = 0 and amount < 0
                          and block_number > :after and block_number <= :upTo
                        group by counterparty
                        """)
                .param("from", from.bytes())
                .param("after", after)
                .param("upTo", upTo)
                .query((row, _) ->
                        Map.entry(
                                Address.of(row.getBytes("counterparty")),
                                new TokenAmount(number(row, "given"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Posting posting(ResultSet row, int index) throws SQLException {
        return new Posting(
                Address.of(row.getBytes("account")),
                Asset.of(row.getString("asset_class"), number(row, "asset_id")),
                number(row, "amount"),
                number(row, "balance"),
                Address.of(row.getBytes("counterparty")),
                Code.ofKey(row.getString("code")),
                new Place(row.getLong("block_number"), row.getInt("log_index"), row.getInt("item")),
                Hash32.of(row.getBytes("tx_hash")),
                row.getTimestamp("mined_at").toInstant());
    }

    private static BigInteger number(ResultSet row, String column) throws SQLException {
        return row.getBigDecimal(column).toBigIntegerExact();
    }
}
