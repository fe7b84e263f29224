package atelier.profit;

import org.jspecify.annotations.Nullable;

/**
 * A closed epoch: its statement, and what the chain says of it.
 *
 * @param publication of this statement, or else of another for the same epoch; null until there is
 *     one
 */
public record EpochView(KeptStatement statement, @Nullable Publication publication) {

    public long number() {
        return statement.epoch();
    }

    /**
     * How far it is: a publication's state, {@code made} before, {@code empty} if it needs none.
     */
    public String state() {
        if (publication != null) {
            return publication.state().key();
        }
        return statement.gives() ? "made" : "empty";
    }

    /** Whether a statement waits or counts on the chain that these facts do not give. */
    public boolean differs() {
        return publication != null
                && publication.state() != Publication.State.CANCELLED
                && !publication.of(statement);
    }

    /** Whether its shares can be claimed. */
    public boolean counts() {
        return publication != null && publication.counts() && !differs();
    }
}
