package atelier.profit;

import atelier.kernel.Address;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who holds which seat, and since when the seat is taken. */
final class SeatRoll {

    /** A seat's holder, and the fact by which it was last taken; moving it changes nothing. */
    record Held(Address by, Fact.SeatMoved taken) {

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

    /** All seats that are held now. */
    List<Held> held() {
        return List.copyOf(seats.values());
    }
}
