package atelier.profit;

import atelier.kernel.Address;
import atelier.kernel.WorkId;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which works were made after which, and what a sale is worth to those who made the former. */
final class Lineage {

    /** The weight of a work itself; an ancestor's is a part of it. */
    static final BigInteger SCALE = BigInteger.TEN.pow(18);

    private static final int DEPTH = 5;

    private final Map<WorkId, List<WorkId>> parents = new HashMap<>();

    /** The first to say so is right. */
    void note(Fact.Remixed remixed) {
        parents.putIfAbsent(remixed.work(), remixed.parents());
    }

    /** What the creators of a work's ancestors have of each unit that its sale is worth. */
    Map<Address, BigInteger> factorsOf(WorkId work, ProfitRules rules) {
        return parents.getOrDefault(work, List.of()).isEmpty()
                ? Map.of()
                : byCreator(capped(weights(work, rules), rules));
    }

    private Map<WorkId, BigInteger> weights(WorkId work, ProfitRules rules) {
        Map<WorkId, BigInteger> all = new HashMap<>();
        Map<WorkId, BigInteger> level = Map.of(work, SCALE);
        for (int depth = 0; depth < DEPTH; depth++) {
            Map<WorkId, BigInteger> next = new HashMap<>();
            level.forEach((child, weight) -> give(child, weight, rules, next));
            next.forEach((ancestor, weight) -> all.merge(ancestor, weight, BigInteger::add));
            level = next;
        }
        return all;
    }

    private void give(
            WorkId child, BigInteger weight, ProfitRules rules, Map<WorkId, BigInteger> next) {
        List<WorkId> all = parents.getOrDefault(child, List.of());
        if (all.isEmpty()) {
            return;
        }
        BigInteger each =
                weight.multiply(rules.value(ProfitRules.ANCESTOR_RATIO))
                        .divide(ProfitRules.WHOLE.multiply(BigInteger.valueOf(all.size())));
        all.forEach(parent -> next.merge(parent, each, BigInteger::add));
    }

    private static Map<WorkId, BigInteger> capped(
            Map<WorkId, BigInteger> weights, ProfitRules rules) {
        BigInteger sum = weights.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger most = rules.part(ProfitRules.ANCESTOR_CAP, SCALE);
        if (sum.compareTo(most) > 0) {
            weights.replaceAll((_, weight) -> weight.multiply(most).divide(sum));
        }
        return weights;
    }

    private static Map<Address, BigInteger> byCreator(Map<WorkId, BigInteger> weights) {
        Map<Address, BigInteger> all = new HashMap<>();
        weights.forEach((work, weight) -> all.merge(work.creator(), weight, BigInteger::add));
        return all;
    }
}
