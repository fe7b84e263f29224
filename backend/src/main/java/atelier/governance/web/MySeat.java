package atelier.governance.web;

import atelier.governance.SeatStanding;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a member stands with their seat, for pages and programs.
 *
 * @param state {@code seated}, {@code on-its-way}, {@code waiting}, {@code taken-away} or {@code
 *     none}
 * @param mayVote on what is proposed now
 * @param seat its number; null where there is none
 * @param until when a seat can be given at the earliest, while one is waited for
 * @param reason why a vote took the seat away
 * @param intent what to watch while it is being given
 */
record MySeat(
        String state,
        boolean mayVote,
        @Nullable Long seat,
        @Nullable Instant taken,
        @Nullable Instant mayVoteFrom,
        @Nullable Instant until,
        @Nullable String reason,
        @Nullable String intent) {

    static MySeat of(SeatStanding standing) {
        return switch (standing) {
            case SeatStanding.Seated(var seat, var from, var mayVote) ->
                    new MySeat(
                            "seated", mayVote, seat.number(), seat.taken(), from, null, null, null);
            case SeatStanding.OnItsWay(var intent) ->
                    new MySeat(
                            "on-its-way", false, null, null, null, null, null, intent.toString());
            case SeatStanding.Waiting(var until) ->
                    new MySeat("waiting", false, null, null, null, until, null, null);
            case SeatStanding.TakenAway(var seat, var reason) ->
                    new MySeat("taken-away", false, seat, null, null, null, reason, null);
            case SeatStanding.None _ ->
                    new MySeat("none", false, null, null, null, null, null, null);
        };
    }
}
