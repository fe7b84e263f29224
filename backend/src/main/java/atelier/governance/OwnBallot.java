package atelier.governance;

import atelier.kernel.Refused;

/** A voter's latest ballot on a proposal, and what became of it. */
public record OwnBallot(Vote choice, int number, Fate fate) {

    /** What became of a ballot. */
    public sealed interface Fate {

        /** On its way to the chain. */
        record OnItsWay() implements Fate {}

        /** In the tally. */
        record Counts() implements Fate {}

        /** Not in the tally, and why. */
        record DoesNotCount(Refused why) implements Fate {}
    }

    /** Whether it is still on its way. */
    public boolean underWay() {
        return fate instanceof Fate.OnItsWay;
    }

    /** Whether the chain counted it. */
    public boolean counts() {
        return fate instanceof Fate.Counts;
    }
}
