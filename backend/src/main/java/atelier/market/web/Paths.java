package atelier.market.web;

import atelier.kernel.Hash32;
import atelier.kernel.Refused;
import atelier.kernel.WorkId;

/** Reads what stands in an address; what cannot be read there does not exist. */
final class Paths {

    private Paths() {}

    /** An order's hash. */
    static Hash32 order(String text) {
        try {
            return Hash32.parse(text);
        } catch (IllegalArgumentException e) {
            throw Refused.notFound("listing.unknown");
        }
    }

    /** A work's decimal id. */
    static WorkId work(String text) {
        // As many digits as 256 bits can have: more would only be slow to read.
        if (!text.matches("\\d{1,78}")) {
            throw Refused.notFound("work.unknown");
        }
        try {
            return WorkId.parse(text);
        } catch (IllegalArgumentException e) {
            throw Refused.notFound("work.unknown");
        }
    }
}
