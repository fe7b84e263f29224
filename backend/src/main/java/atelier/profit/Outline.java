package atelier.profit;

import atelier.kernel.Hash32;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** What has to be known of all facts before the first is counted: epochs, rules, refusals. */
final class Outline {

    private static final long FIRST_VERSION = 1;

    private final List<Epoch> opened = new ArrayList<>();
    private final List<Fact.RuleChanged> changes = new ArrayList<>();
    private final Set<Refusal> cancelled = new HashSet<>();

    /** Two epochs' statements may have one root. */
    private record Refusal(long epoch, Hash32 root) {}

    private Outline() {}

    /**
     * Reads all facts.
     *
     * @throws IllegalArgumentException if an epoch is missing, or ends before it begins
     */
    static Outline of(Iterable<Fact> facts) {
        Outline outline = new Outline();
        facts.forEach(outline::note);
        return outline;
    }

    /** All epochs but the one that was opened last, in their order. */
    List<Epoch> closed() {
        return opened.isEmpty() ? List.of() : List.copyOf(opened.subList(0, opened.size() - 1));
    }

    /**
     * The rules as they were when an epoch began; the first version counts from the beginning.
     *
     * @throws IllegalArgumentException if one was never set
     */
    ProfitRules rules(Epoch epoch) {
        TreeMap<Integer, BigInteger> values = new TreeMap<>();
        changes.stream()
                .filter(change ->
                        change.version() == FIRST_VERSION || change.place().time() < epoch.start())
                .forEach(change -> values.put(change.rule(), change.current()));
        return new ProfitRules(values);
    }

    /** Whether a vote ended the statement. */
    boolean isRefused(Statement statement) {
        if (cancelled.isEmpty()) {
            return false; // the tree need not be hashed
        }
        return isRefused(statement.epoch().number(), statement.tree().root());
    }

    boolean isRefused(long epoch, Hash32 root) {
        return cancelled.contains(new Refusal(epoch, root));
    }

    private void note(Fact fact) {
        switch (fact) {
            case Fact.EpochOpened(_, long number, long start, long end) ->
                    open(new Epoch(number, start, end));
            case Fact.RuleChanged changed -> changes.add(changed);
            case Fact.Cancelled(_, long epoch, Hash32 root) ->
                    cancelled.add(new Refusal(epoch, root));
            case Fact.Collected _,
                    Fact.CostPaid _,
                    Fact.Spent _,
                    Fact.SupplyDefined _,
                    Fact.RecipeProposed _,
                    Fact.Bought _,
                    Fact.Crafted _,
                    Fact.Sold _,
                    Fact.Promoted _,
                    Fact.Remixed _,
                    Fact.SeatMoved _ -> {}
        }
    }

    private void open(Epoch next) {
        if (next.end() < next.start()) {
            throw new IllegalArgumentException(next + " ends before it begins");
        }
        boolean follows = opened.isEmpty() ? next.number() == 1 : next.follows(opened.getLast());
        if (!follows) {
            throw new IllegalArgumentException(
                    "Facts are missing: %s follows %s".formatted(next, opened));
        }
        opened.add(next);
    }
}
