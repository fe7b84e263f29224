package atelier.site;

import atelier.web.WorkCard;
import java.time.Instant;
import java.util.List;

/**
 * What anyone may see of a member.
 *
 * @param count how many works they own, also those beyond the ones shown
 */
record Shelf(String name, Instant joined, long count, List<WorkCard> works) {

    Shelf {
        works = List.copyOf(works);
    }
}
