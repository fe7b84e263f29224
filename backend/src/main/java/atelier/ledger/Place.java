package atelier.ledger;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a transfer stands in the chain; also the cursor from which a statement goes on.
 *
 * @param item the position within a batch transfer, from 0
 */
public record Place(long block, int logIndex, int item) {

    /** After everything: a statement from here starts with the newest. */
    public static final Place END = new Place(Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})-(\\d{1,9})-(\\d{1,9})");

    /**
     * Reads what {@link #toString()} wrote.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static Place parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Not a place in the chain: " + text);
        }
        return new Place(
                Long.parseLong(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)));
    }

    @Override
    public String toString() {
        return block + "-" + logIndex + "-" + item;
    }
}
