package atelier.profit;

import java.util.List;

/**
 * The events behind what one role brought an account.
 *
 * @param count how many there are
 * @param first the first of them, in their order
 */
public record Deeds(int count, List<Deed> first) {

    public static final Deeds NONE = new Deeds(0, List.of());

    public Deeds {
        first = List.copyOf(first);
    }

    /** How many are not among the first. */
    public int more() {
        return count - first.size();
    }
}
