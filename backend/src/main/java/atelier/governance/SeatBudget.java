package atelier.governance;

import atelier.rules.Rule;
import atelier.rules.Rulebook;
import java.math.BigInteger;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** How many seats a period has left: the contract counts periods from 1970 in their length. */
@Component
class SeatBudget {

    private final SeatRows seats;

    SeatBudget(SeatRows seats) {
        this.seats = seats;
    }

    /** Seats that may still be taken in the period of that moment. */
    long left(Rulebook rules, Instant now) {
        long budget = rules.value(Rule.SEAT_BUDGET).longValueExact();
        return Math.max(0, budget - seats.takenSince(began(rules, now)));
    }

    /** When the next period begins. */
    static Instant nextPeriod(Rulebook rules, Instant now) {
        return began(rules, now).plusSeconds(length(rules));
    }

    private static Instant began(Rulebook rules, Instant now) {
        long length = length(rules);
        return Instant.ofEpochSecond(now.getEpochSecond() / length * length);
    }

    private static long length(Rulebook rules) {
        BigInteger seconds = rules.value(Rule.EPOCH_LENGTH);
        return seconds.longValueExact();
    }
}
