package atelier.rules;

import atelier.chain.ContractLogs;
import atelier.chain.Projection;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes down what the chain said of rules, the Directory's entries and the treasury's income. */
@Component
@Order(100)
class RulesProjection implements Projection {

    private static final String RULE_CHANGES =
            """
            insert into derived.rule_change (version, rule, before_value, current_value,
                effective_block, changed_by, block_number, log_index, tx_hash)
            select derived.topic_uint(topic1), derived.topic_uint(topic2),
                   derived.uint(data, 0), derived.uint(data, 1), derived.uint(data, 2),
                   derived.topic_addr(topic3), block_number, log_index, tx_hash
            from derived.log
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

    // A supply's kind decides whether a purchase brought margin or wear; it was defined before.
    // The topic of SupplyDefined stands as it does in the index that finds it.
    private static final String INCOME =
            """
            insert into derived.income (line, amount, payer, block_number, log_index, tx_hash)
            select line, amount, payer, block_number, log_index, tx_hash
            from (
              select case
                       when topic0 = :sold then 1
                       when topic0 = :bought then (
                         select case derived.uint(supply.data, 0) when 0 then 2 else 3 end
                         from derived.log supply
                         where supply.canonical and supply.contract = 'Supplies'
                           and supply.topic0 = '\\x7c43796b04f2726c905686860daccabc0973b2062bf70e4136c1fe2be8bd7a1d'
                           and supply.topic1 = log.topic2
                           and supply.block_number <= log.block_number
                         limit 1)
                       when topic0 = :crafted then 4
                       else derived.topic_uint(topic1)
                     end as line,
                     case
                       when topic0 = :sold then derived.uint(data, 7)
                       when topic0 = :bought then derived.uint(data, 2)
                       when topic0 = :crafted then derived.uint(data, 1)
                       else derived.uint(data, 0)
                     end as amount,
                     derived.topic_addr(case
                       when topic0 = :bought then topic1
                       when topic0 = :collected then topic2
                       else topic3
                     end) as payer,
                     block_number, log_index, tx_hash
              from derived.log log
              where canonical and block_number between :from and :to
                and contract in ('Market', 'Workshop', 'Treasury')
                and topic0 in (:sold, :bought, :crafted, :collected)) earned
            where amount > 0
            """;

    private final JdbcClient jdbc;

    RulesProjection(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void apply(ContractLogs logs) {
        for (String insert : new String[] {RULE_CHANGES, DIRECTORY_CHANGES, INCOME}) {
            jdbc.sql(insert)
                    .params(Topics.BY_NAME)
                    .param("from", logs.from())
                    .param("to", logs.to())
                    .update();
        }
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
