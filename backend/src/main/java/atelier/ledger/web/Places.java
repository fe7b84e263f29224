package atelier.ledger.web;

import atelier.kernel.Refused;
import atelier.ledger.Place;
import org.jspecify.annotations.Nullable;

/** Reads the cursor of a statement from an address. */
final class Places {

    private Places() {}

    static Place read(@Nullable String text) {
        try {
            return text == null ? Place.END : Place.parse(text);
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("points.place");
        }
    }
}
