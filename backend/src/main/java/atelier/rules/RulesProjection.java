package atelier.rules;

import atelier.chain.ContractKind;
import atelier.chain.ContractLog;
import atelier.chain.ContractLogs;
import atelier.chain.CopyRows;
import atelier.chain.Projection;
import atelier.chain.Topics;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes down what the chain said of rules, the Directory's entries and the treasury's income. */
@Component
@Order(100)
class RulesProjection implements Projection {

    // The timelock changes rules. Who proposed it says the Ratchet in the same transaction, if it
    // was an operator and done at once: the operation is the next that the timelock names.
    private static final String RULE_CHANGES =
            """
            insert into derived.rule_change (version, rule, before_value, current_value,
                effective_block, changed_by, block_number, log_index, tx_hash)
            select derived.topic_uint(topic1), derived.topic_uint(topic2),
                   derived.uint(data, 0), derived.uint(data, 1), derived.uint(data, 2),
                   coalesce(
                       (select derived.topic_addr(proposed.topic2) from derived.log proposed
                        where proposed.canonical and proposed.block_number = change.block_number
                          and proposed.tx_hash = change.tx_hash
                          and proposed.contract = 'Ratchet' and proposed.topic0 = :scheduled
                          and proposed.topic1 =
                              (select done.topic1 from derived.log done
                               where done.canonical and done.block_number = change.block_number
                                 and done.tx_hash = change.tx_hash
                                 and done.contract = 'Timelock' and done.topic0 = :callExecuted
                                 and done.log_index > change.log_index
                               order by done.log_index limit 1)),
                       derived.topic_addr(topic3)),
                   block_number, log_index, tx_hash
            from derived.log change
            where canonical and block_number between :from and :to
              and contract = 'RuleBook' and topic0 = :ruleChanged
            """;

    private static final String DIRECTORY_CHANGES =
            """
            insert into derived.directory_change (event, kind, address, at_block, block_number,
                log_index)
            select case topic0 when :listed then 'listed' else 'delisted' end,
                   convert_from(rtrim(topic1, '\\x00'), 'UTF8'), derived.topic_addr(topic2),
                   derived.uint(data, 0), block_number, log_index
            from derived.log
            where canonical and block_number between :from and :to
              and contract = 'Directory' and topic0 in (:listed, :delisted)
            """;

    // The topic stands there as it does in the index that finds such logs.
    private static final String TOOLS =
            """
            select topic1 from derived.log
            where canonical and contract = 'Supplies'
              and topic0 = '\\x%s' and derived.uint(data, 0) <> 0
            """
                    .formatted(Topics.SUPPLY_DEFINED.toString().substring(2));

    private static final Set<Hash32> CHANGES =
            Set.of(Topics.RULE_CHANGED, Topics.LISTED, Topics.DELISTED);

    /** Those statements know the events by these names. */
    private static final Map<String, byte[]> NAMES =
            Map.of(
                    "ruleChanged", Topics.RULE_CHANGED.bytes(),
                    "scheduled", Topics.SCHEDULED.bytes(),
                    "callExecuted", Topics.CALL_EXECUTED.bytes(),
                    "listed", Topics.LISTED.bytes(),
                    "delisted", Topics.DELISTED.bytes());

    // The kinds of income as the Treasury numbers them.
    private static final int TRADING_FEE = 1;
    private static final int MATERIAL_MARGIN = 2;
    private static final int TOOL_WEAR = 3;
    private static final int RECIPE_FEE = 4;

    private final JdbcClient jdbc;
    private final JdbcTemplate copy;

    RulesProjection(JdbcClient jdbc, JdbcTemplate copy) {
        this.jdbc = jdbc;
        this.copy = copy;
    }

    @Override
    public void apply(ContractLogs logs) {
        if (logs.sayAny(CHANGES)) {
            change(RULE_CHANGES, logs);
            change(DIRECTORY_CHANGES, logs);
        }
        earn(logs);
    }

    private void change(String insert, ContractLogs logs) {
        jdbc.sql(insert).params(NAMES).param("from", logs.from()).param("to", logs.to()).update();
    }

    private void earn(ContractLogs logs) {
        CopyRows rows =
                CopyRows.into(
                        "derived.income",
                        "line",
                        "amount",
                        "payer",
                        "block_number",
                        "log_index",
                        "tx_hash");
        for (ContractLog log : logs.of(ContractKind.MARKET, Topics.SOLD)) {
            earn(rows, log, TRADING_FEE, log.number(7), log.addressTopic(3));
        }
        List<ContractLog> bought = logs.of(ContractKind.WORKSHOP, Topics.BOUGHT);
        Set<Hash32> tools = bought.isEmpty() ? Set.of() : tools();
        for (ContractLog log : bought) {
            int line = tools.contains(log.topics().get(2)) ? TOOL_WEAR : MATERIAL_MARGIN;
            earn(rows, log, line, log.number(2), log.addressTopic(1));
        }
        for (ContractLog log : logs.of(ContractKind.WORKSHOP, Topics.CRAFTED)) {
            earn(rows, log, RECIPE_FEE, log.number(1), log.addressTopic(3));
        }
        for (ContractLog log : logs.of(ContractKind.TREASURY, Topics.COLLECTED)) {
            int line = log.numberTopic(1).intValueExact();
            earn(rows, log, line, log.number(0), log.addressTopic(2));
        }
        rows.write(copy);
    }

    private static void earn(
            CopyRows rows, ContractLog log, int line, BigInteger amount, Address payer) {
        if (amount.signum() > 0) {
            rows.row()
                    .smallint(line)
                    .numeric(amount)
                    .bytes(payer.bytes())
                    .bigint(log.block())
                    .integer(log.index())
                    .bytes(log.tx().bytes());
        }
    }

    /** Supplies whose purchase brings wear and not margin, as they were defined. */
    private Set<Hash32> tools() {
        return new HashSet<>(
                jdbc.sql(TOOLS).query((row, _) -> Hash32.of(row.getBytes("topic1"))).list());
    }

    @Override
    public void revert(long fromBlock) {
        for (String table : new String[] {"rule_change", "directory_change", "income"}) {
            jdbc.sql(
                            "update derived.%s set canonical = false where canonical and block_number >= :from"
                                    .formatted(table))
                    .param("from", fromBlock)
                    .update();
        }
    }
}
