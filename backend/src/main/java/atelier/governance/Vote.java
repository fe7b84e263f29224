package atelier.governance;

import java.util.Arrays;
import java.util.Locale;

/** What a seat can say to a proposal. */
public enum Vote {
    AGAINST(0),
    FOR(1),
    ABSTAIN(2);

    private final int number;

    Vote(int number) {
        this.number = number;
    }

    /** The contract's number for it. */
    public int number() {
        return number;
    }

    /**
     * The choice that the contract knows by this number.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Vote ofNumber(int number) {
        return Arrays.stream(values())
                .filter(vote -> vote.number == number)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("No choice has the number " + number));
    }

    /** Lower-case, as in forms, messages and on the API. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The choice of that {@link #key()}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Vote ofKey(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
