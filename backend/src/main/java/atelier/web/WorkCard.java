package atelier.web;

import atelier.kernel.TokenAmount;
import org.jspecify.annotations.Nullable;

/**
 * A work as it hangs on a wall: the picture in its mat and the museum label under it.
 *
 * @param href the work's page
 * @param picture address of the picture's preview
 * @param serial which one of its recipe's works it is
 * @param price what it costs, when it is for sale
 */
public record WorkCard(
        String href,
        String picture,
        String title,
        String creator,
        String recipe,
        long serial,
        @Nullable TokenAmount price) {}
