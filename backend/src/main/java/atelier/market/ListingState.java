package atelier.market;

import java.util.Locale;

/** What the mirrored chain, the clock and the rules in force say about an order. */
public enum ListingState {
    /** Anyone may buy. */
    OPEN,
    /** Bought under this order. */
    SOLD,
    /** Cancelled in a block. */
    CANCELLED,
    /**
     * Hidden by its seller; the cancellation is not in a block yet, so a direct fill may still win.
     */
    CANCELLING,
    /** Signed for a state that is past: the work moved on, or its maker cancelled all orders. */
    STALE,
    /** Its last second has passed. */
    EXPIRED,
    /** Under the rules in force the seller would get less than the least they signed for. */
    FEES_ROSE,
    /** Under the rules in force no payment may be as large as its price. */
    ABOVE_CEILING,
    /** Under the rules in force its owner has not had the work for long enough to sell it. */
    HELD,
    /** The community allows no sales at present. */
    CLOSED;

    /** Whether no later block can make this order good again, reorgs aside. */
    boolean dead() {
        return switch (this) {
            case SOLD, CANCELLED, STALE, EXPIRED -> true;
            case OPEN, CANCELLING, FEES_ROSE, ABOVE_CEILING, HELD, CLOSED -> false;
        };
    }

    /** Whether a rule changed and only its seller can make it good, by offering it anew. */
    public boolean waitsForSeller() {
        return this == FEES_ROSE || this == ABOVE_CEILING;
    }

    /** Lower-case with hyphens, as in messages and answers. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Dotted code under which its refusal is worded. */
    String code() {
        return "listing." + key();
    }
}
