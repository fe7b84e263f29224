package atelier.workshop;

import atelier.kernel.Address;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the mirrored supplies. */
@Repository
class SupplyRows {

    // The stock is what the supplier holds: read beside the price, for one view of both.
    private static final String SELECT =
            """
            SELECT supply.id, supply.kind, supply.supplier, supply.name, latest.price,
                   coalesce(stock.amount, 0) AS stock
            FROM derived.supply supply
            CROSS JOIN LATERAL (SELECT price FROM derived.supply_price
                                WHERE supply = supply.id
                                ORDER BY block_number DESC, log_index DESC LIMIT 1) latest
            LEFT JOIN derived.holding stock ON stock.account = supply.supplier
                 AND stock.asset_class = 'supply' AND stock.asset_id = supply.id
            """;

    private record Row(
            SupplyId id,
            SupplyKind kind,
            Address supplier,
            String name,
            TokenAmount price,
            BigInteger stock) {}

    private final JdbcClient jdbc;
    private final Parties parties;

    SupplyRows(JdbcClient jdbc, Parties parties) {
        this.jdbc = jdbc;
        this.parties = parties;
    }

    List<SupplyView> all() {
        return named(jdbc.sql(SELECT + "ORDER BY supply.id").query((row, _) -> row(row)).list());
    }

    Map<SupplyId, SupplyView> find(Collection<SupplyId> ids) {
        return named(
                        jdbc.sql(SELECT + "WHERE supply.id = ANY (:ids)")
                                .param(
                                        "ids",
                                        ids.stream().map(SupplyId::number).toArray(Long[]::new))
                                .query((row, _) -> row(row))
                                .list())
                .stream()
                .collect(Collectors.toMap(SupplyView::id, Function.identity()));
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new SupplyId(row.getLong("id")),
                SupplyKind.of(row.getInt("kind")),
                Address.of(row.getBytes("supplier")),
                row.getString("name"),
                new TokenAmount(row.getBigDecimal("price").toBigIntegerExact()),
                row.getBigDecimal("stock").toBigIntegerExact());
    }

    private List<SupplyView> named(List<Row> rows) {
        Map<Address, Party> suppliers = parties.of(rows.stream().map(Row::supplier).toList());
        return rows.stream()
                .map(row ->
                        new SupplyView(
                                row.id(),
                                row.kind(),
                                row.name(),
                                Parties.in(suppliers, row.supplier()),
                                row.price(),
                                row.stock()))
                .toList();
    }
}
