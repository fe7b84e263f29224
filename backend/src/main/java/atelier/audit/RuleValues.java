package atelier.audit;

import atelier.chain.ChainHistory;
import atelier.chain.ContractKind;
import atelier.chain.ContractLog;
import atelier.chain.Topics;
import atelier.kernel.Address;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rules in force, change by change. */
final class RuleValues implements ChainHistory.Listener {

    static final int TRADING_FEE = 0;
    static final int CREATOR_ROYALTY = 1;
    static final int AUTHOR_ROYALTY = 2;
    static final int MATERIAL_MARGIN = 3;
    static final int TOOL_WEAR = 4;
    static final int RECIPE_FEE_TREASURY_SHARE = 6;

    private static final BigInteger WHOLE = BigInteger.valueOf(10_000);

    private final Address ruleBook;
    private final Findings findings;
    private final Map<Integer, BigInteger> values = new TreeMap<>();

    RuleValues(Address ruleBook, Findings findings) {
        this.ruleBook = ruleBook;
        this.findings = findings;
    }

    @Override
    public void hear(ContractLog log, Address contract) {
        if (log.contract() == ContractKind.RULE_BOOK
                && contract.equals(ruleBook)
                && log.is(Topics.RULE_CHANGED)) {
            change(log);
        }
    }

    private void change(ContractLog log) {
        int rule = log.numberTopic(2).intValue();
        BigInteger before = value(rule);
        if (!before.equals(log.number(0))) {
            findings.add(
                    log,
                    "Rule %d is changed from %d, but it was %d."
                            .formatted(rule, log.number(0), before));
        }
        if (!log.number(2).equals(BigInteger.valueOf(log.block()))) {
            findings.add(
                    log,
                    "Rule %d is said to be in force from block %d on."
                            .formatted(rule, log.number(2)));
        }
        values.put(rule, log.number(1));
    }

    BigInteger value(int rule) {
        return values.getOrDefault(rule, BigInteger.ZERO);
    }

    /** A rule's part of an amount, where the rule is in basis points, as the contracts round. */
    BigInteger part(int rule, BigInteger amount) {
        return amount.multiply(value(rule)).divide(WHOLE);
    }

    /** Asks the contract for all rules, as of a block. */
    void compare(ChainHistory history, long block) {
        byte[] answer =
                history.ask(ruleBook, List.of(ChainHistory.call("values()")), block).getFirst();
        List<BigInteger> words = ChainHistory.words(answer);
        for (int rule = 0; rule + 2 < words.size(); rule++) {
            if (!value(rule).equals(words.get(rule + 2))) {
                findings.add(
                        "By its changes rule %d is %d, the RuleBook says %d."
                                .formatted(rule, value(rule), words.get(rule + 2)));
            }
        }
    }
}
