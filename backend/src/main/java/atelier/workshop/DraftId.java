package atelier.workshop;

import java.util.UUID;

/** A draft, as the database knows it; never on chain. */
public record DraftId(UUID id) {

    /**
     * Parses what {@link #toString()} wrote.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static DraftId parse(String text) {
        return new DraftId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
