package atelier.rules;

import atelier.kernel.TokenAmount;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the treasury earned, by fee line, from the events of market, workshop and treasury. */
@Component
public class Income {

    private final JdbcClient jdbc;

    Income(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All that was ever earned; every line is there, if only with nothing. */
    public Map<FeeLine, TokenAmount> byLine() {
        return byLine(0, Long.MAX_VALUE);
    }

    /** What was earned from one block to another, both included. */
    public Map<FeeLine, TokenAmount> byLine(long fromBlock, long toBlock) {
        Map<FeeLine, TokenAmount> lines = new EnumMap<>(FeeLine.class);
        for (FeeLine line : FeeLine.values()) {
            lines.put(line, TokenAmount.ZERO);
        }
        jdbc.sql(
                        """
                        select line, sum(amount) as amount from derived.income
                        where canonical and block_number between :from and :to group by line
                        """)
                .param("from", fromBlock)
                .param("to", toBlock)
                .query(row -> {
                    lines.merge(
                            FeeLine.ofKind(row.getInt("line")),
                            new TokenAmount(row.getBigDecimal("amount").toBigIntegerExact()),
                            TokenAmount::plus);
                });
        return lines;
    }

    /** All lines together. */
    public TokenAmount total() {
        return byLine().values().stream().reduce(TokenAmount.ZERO, TokenAmount::plus);
    }
}
