package atelier.governance;

import java.util.Locale;

/** Where a proposal stands, as OpenZeppelin's Governor names it. */
public enum ProposalState {
    /** The vote has not begun. */
    PENDING,
    /** Being voted on. */
    ACTIVE,
    /** Voted for, and not sent to the timelock yet. */
    SUCCEEDED,
    /** Voted against, or by too few. */
    DEFEATED,
    /** Waits in the timelock. */
    QUEUED,
    /** Done. */
    EXECUTED,
    /** Taken back, or stopped by the guardian. */
    CANCELED;

    /** Whether something can still become of it. */
    public boolean open() {
        return switch (this) {
            case PENDING, ACTIVE, SUCCEEDED, QUEUED -> true;
            case DEFEATED, EXECUTED, CANCELED -> false;
        };
    }

    /** Lower-case, as in messages and on the API. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
