package atelier.profit;

import java.util.Arrays;
import java.util.Locale;

/** What costs are for; the contract keeps the number and leaves its meaning to who pays. */
public enum CostKind {
    OTHER(0),
    HOSTING(1),
    MATERIAL(2),
    WORK(3),
    PRIZES(4);

    private final int number;

    CostKind(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** Lower case, as in messages. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A number that means nothing here is another kind of cost. */
    static CostKind of(int number) {
        return Arrays.stream(values())
                .filter(kind -> kind.number == number)
                .findFirst()
                .orElse(OTHER);
    }
}
