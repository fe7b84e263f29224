package atelier.profit;

import atelier.kernel.Hash32;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What has to be known of all facts before the first is counted: epochs, rules, refusals. */
final class Outline {

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

    RuleHistory rules() {
        return new RuleHistory(List.copyOf(changes));
    }

    /** Whether a vote ended the statement. */
    boolean isRefused(Statement statement) {
        if (cancelled.isEmpty()) {
            return false; // the tree need not be hashed
        }
        return cancelled.contains(new Refusal(statement.epoch().number(), statement.tree().root()));
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
