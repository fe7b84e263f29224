package atelier.profit;

import atelier.kernel.WorkId;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which works were made after which, and what a sale is worth to those who made the former. */
final class Lineage {

    /** The weight of a work itself; an ancestor's is a part of it. */
    static final BigInteger SCALE = BigInteger.TEN.pow(18);

    private static final int DEPTH = 5;

    /** A work that is a remix, or that one is a remix of. */
    private static final class Work {

        private final int creator;
        private Fact.@Nullable Place remixed;
        private List<Work> parents = List.of();

        private Work(int creator) {
            this.creator = creator;
        }

        private List<Work> parentsBefore(Fact.Place place) {
            return remixed != null && place.isAfter(remixed) ? parents : List.of();
        }
    }

    private final Map<WorkId, Work> works = new HashMap<>();
    private final Accounts accounts;

    Lineage(Accounts accounts) {
        this.accounts = accounts;
    }

    /** The first to say so is right. */
    void note(Fact.Remixed remixed) {
        Work work = work(remixed.work());
        if (work.remixed == null) {
            work.remixed = remixed.place();
            work.parents = remixed.parents().stream().map(this::work).toList();
        }
    }

    private Work work(WorkId id) {
        return works.computeIfAbsent(id, _ -> new Work(accounts.number(id.creator())));
    }

    /** Whether anything noted so far says that a work has parents. */
    boolean isRemix(WorkId id) {
        Work work = works.get(id);
        return work != null && !work.parents.isEmpty();
    }

    /**
     * What the creators of a work's ancestors have of each unit that its sale is worth, by the
     * creators' numbers. What was said after the sale does not count.
     */
    Map<Integer, BigInteger> factorsOf(Fact.Sold sold, ProfitRules rules) {
        Work work = works.get(sold.work());
        return work == null
                ? Map.of()
                : byCreator(capped(weights(work, sold.place(), rules), rules));
    }

    private static Map<Work, BigInteger> weights(Work sold, Fact.Place at, ProfitRules rules) {
        BigInteger ratio = rules.value(ProfitRules.ANCESTOR_RATIO);
        Map<Work, BigInteger> all = new HashMap<>();
        Map<Work, BigInteger> level = Map.of(sold, SCALE);
        for (int depth = 0; depth < DEPTH && !level.isEmpty(); depth++) {
            Map<Work, BigInteger> next = new HashMap<>();
            for (Map.Entry<Work, BigInteger> child : level.entrySet()) {
                List<Work> parents = child.getKey().parentsBefore(at);
                if (!parents.isEmpty()) {
                    give(parents, child.getValue().multiply(ratio), next);
                }
            }
            next.forEach((ancestor, weight) -> all.merge(ancestor, weight, BigInteger::add));
            level = next;
        }
        return all;
    }

    private static void give(List<Work> parents, BigInteger whole, Map<Work, BigInteger> next) {
        BigInteger each =
                whole.divide(ProfitRules.WHOLE.multiply(BigInteger.valueOf(parents.size())));
        for (Work parent : parents) {
            next.merge(parent, each, BigInteger::add);
        }
    }

    private static Map<Work, BigInteger> capped(Map<Work, BigInteger> weights, ProfitRules rules) {
        BigInteger sum = weights.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger most = rules.part(ProfitRules.ANCESTOR_CAP, SCALE);
        if (sum.compareTo(most) > 0) {
            weights.replaceAll((_, weight) -> weight.multiply(most).divide(sum));
        }
        return weights;
    }

    private static Map<Integer, BigInteger> byCreator(Map<Work, BigInteger> weights) {
        Map<Integer, BigInteger> all = new HashMap<>();
        weights.forEach((work, weight) -> all.merge(work.creator, weight, BigInteger::add));
        return all;
    }
}
