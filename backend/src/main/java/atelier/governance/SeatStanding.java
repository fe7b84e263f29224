package atelier.governance;

import atelier.kernel.IntentId;
import java.time.Instant;

/** How a member stands with their seat. */
public sealed interface SeatStanding {

    /** They have one, and may vote on what is proposed now, or from a time on. */
    record Seated(Seat seat, Instant mayVoteFrom, boolean mayVote) implements SeatStanding {}

    /** It is being given to them. */
    record OnItsWay(IntentId intent) implements SeatStanding {}

    /** They will get one; the seats of this period are all taken, and the next begins then. */
    record Waiting(Instant until) implements SeatStanding {}

    /** A vote took it away, and only a vote lets them have one again. */
    record TakenAway(long seat, String reason) implements SeatStanding {}

    /** They have none, and have not asked for one. */
    record None() implements SeatStanding {}
}
