package atelier.ledger;

import atelier.kernel.Address;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts every asset twice, from the events and from the holdings, at one mirrored block. */
@Component
class AssetProofs {

    // One statement sees one state of the mirror, so both counts are of the same block.
    private static final String COUNTED_TWICE =
            """
            with held as (
              select asset_class, case asset_class when 'work' then 0 else asset_id end as asset_id,
                     sum(amount) as amount
              from derived.holding where account <> :nobody group by 1, 2),
            total as (
              select asset_class, case asset_class when 'work' then 0 else asset_id end as asset_id,
                     sum(amount) as amount
              from derived.asset_total group by 1, 2)
            select (select height from derived.cursor) as block, asset_class, asset_id,
                   coalesce(total.amount, 0) as supply, coalesce(held.amount, 0) as holdings
            from total full join held using (asset_class, asset_id)
            order by asset_class, asset_id
            """;

    private final JdbcClient jdbc;
    private final PointsOnChain points;

    AssetProofs(JdbcClient jdbc, PointsOnChain points) {
        this.jdbc = jdbc;
        this.points = points;
    }

    /** Both counts and, where its contract counts too, what that says. */
    List<AssetProof> all() {
        return counted().stream().map(this::asked).toList();
    }

    /** Both counts of ours. */
    List<AssetProof> counted() {
        return jdbc.sql(COUNTED_TWICE)
                .param("nobody", Address.ZERO.bytes())
                .query(AssetProofs::proof)
                .list();
    }

    private AssetProof asked(AssetProof proof) {
        return proof.asset().equals("points") ? proof.with(points.at(proof.block())) : proof;
    }

    private static AssetProof proof(ResultSet row, int index) throws SQLException {
        BigInteger number = row.getBigDecimal("asset_id").toBigIntegerExact();
        return new AssetProof(
                row.getLong("block"),
                name(row.getString("asset_class"), number),
                row.getBigDecimal("supply").toBigIntegerExact(),
                row.getBigDecimal("holdings").toBigIntegerExact(),
                null);
    }

    private static String name(String assetClass, BigInteger number) {
        return switch (assetClass) {
            case "work" -> "works";
            case "supply" -> "supply:" + number;
            default -> assetClass;
        };
    }
}
