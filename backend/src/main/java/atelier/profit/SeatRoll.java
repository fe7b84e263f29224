package atelier.profit;

import atelier.kernel.Address;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

/** Who holds which seat, and since when the seat is taken. */
final class SeatRoll {

    private record Held(Address by, Fact.SeatMoved taken) {

        long since() {
            return taken.place().time();
        }
    }

    private final Map<BigInteger, Held> seats = new HashMap<>();

    void note(Fact.SeatMoved moved) {
        Held held = seats.remove(moved.seat());
        Address before = held == null ? Address.ZERO : held.by();
        if (!before.equals(moved.from())) {
            throw new IllegalArgumentException(
                    "Facts are missing: seat %s was with %s, not with %s"
                            .formatted(moved.seat(), before, moved.from()));
        }
        if (!moved.to().equals(Address.ZERO)) {
            seats.put(moved.seat(), new Held(moved.to(), held == null ? moved : held.taken()));
        }
    }

    /** One for the holder of each seat that was taken long enough before the epoch's end. */
    void count(Doings doings) {
        BigInteger latest =
                BigInteger.valueOf(doings.epoch().end())
                        .subtract(doings.rules().value(ProfitRules.WAITING_TIME));
        seats.values().stream()
                .filter(held -> BigInteger.valueOf(held.since()).compareTo(latest) < 0)
                .forEach(held -> doings.held(held.taken(), held.by()));
    }
}
