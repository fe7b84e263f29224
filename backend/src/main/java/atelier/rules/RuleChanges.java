package atelier.rules;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the mirrored changes of rules. */
@Component
class RuleChanges {

    private final JdbcClient jdbc;

    RuleChanges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The rules as they stood after that block, or nothing if the mirror does not hold them. */
    Optional<Rulebook> asOf(long block) {
        Map<Rule, BigInteger> values = new EnumMap<>(Rule.class);
        long[] last = new long[2];
        jdbc.sql(
                        """
                        select distinct on (rule) rule, current_value, version, effective_block
                        from derived.rule_change
                        where canonical and effective_block <= :block
                        order by rule, effective_block desc, version desc
                        """)
                .param("block", block)
                .query(row -> {
                    values.put(Rule.ofId(row.getInt("rule")), number(row, "current_value"));
                    last[0] = Math.max(last[0], row.getLong("version"));
                    last[1] = Math.max(last[1], row.getLong("effective_block"));
                });
        return values.size() == Rule.values().length
                ? Optional.of(new Rulebook(last[0], last[1], values))
                : Optional.empty();
    }

    /** Changes of one rule, or of all, the newest first. */
    List<RuleChange> newest(Optional<Rule> rule, int limit) {
        return jdbc.sql(
                        """
                        select c.*, b.mined_at
                        from derived.rule_change c
                        join derived.block b on b.number = c.block_number and b.canonical
                        where c.canonical and (:rule < 0 or c.rule = :rule)
                        order by c.block_number desc, c.log_index limit :limit
                        """)
                .param("rule", rule.map(Rule::id).orElse(-1))
                .param("limit", limit)
                .query(RuleChanges::change)
                .list();
    }

    private static RuleChange change(ResultSet row, int index) throws SQLException {
        Timestamp minedAt = row.getTimestamp("mined_at");
        return new RuleChange(
                row.getLong("version"),
                Rule.ofId(row.getInt("rule")),
                number(row, "before_value"),
                number(row, "current_value"),
                row.getLong("effective_block"),
                Address.of(row.getBytes("changed_by")),
                Hash32.of(row.getBytes("tx_hash")),
                minedAt.toInstant());
    }

    private static BigInteger number(ResultSet row, String column) throws SQLException {
        return row.getBigDecimal(column).toBigIntegerExact();
    }
}
