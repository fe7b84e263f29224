package atelier.profit;

import atelier.chain.ContractKind;
import atelier.chain.ContractLog;
import atelier.chain.ContractLogs;
import atelier.chain.Projection;
import atelier.chain.Topics;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Takes away statements that the chain no longer says: a block that they were read from is gone, or
 * a vote refused one that they open with. They are made anew outside the reader's transaction.
 */
@Component
@Order(140)
class StatementsProjection implements Projection {

    private final KeptStatements kept;

    StatementsProjection(JdbcClient jdbc, JdbcTemplate copy) {
        this.kept = new KeptStatements(jdbc, copy);
    }

    @Override
    public void apply(ContractLogs logs) {
        logs.of(ContractKind.PROFIT_SHARE, Topics.CANCELLED).stream()
                .mapToLong(StatementsProjection::epoch)
                .min()
                .ifPresent(kept::dropAfter);
    }

    private static long epoch(ContractLog cancelled) {
        return cancelled.numberTopic(1).longValueExact();
    }

    @Override
    public void revert(long fromBlock) {
        kept.dropReadTo(fromBlock);
    }
}
