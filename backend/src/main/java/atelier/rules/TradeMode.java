package atelier.rules;

import java.util.Arrays;
import java.util.Locale;

/** What the community lets its members do with works. */
public enum TradeMode {
    /** Works stay where they are. */
    OFF(0),
    /** Works may be given away, not sold. */
    GIFT(1),
    /** Works may be sold at a fixed price, not given away. */
    FIXED(2),
    /** Works may be sold and given away. */
    FULL(3);

    private final int number;

    TradeMode(int number) {
        this.number = number;
    }

    /** The contract's number for it. */
    public int number() {
        return number;
    }

    /** Lower-case, as in messages. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The mode that the contract knows by this number.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static TradeMode ofNumber(int number) {
        return Arrays.stream(values())
                .filter(mode -> mode.number == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No trade mode " + number));
    }
}
