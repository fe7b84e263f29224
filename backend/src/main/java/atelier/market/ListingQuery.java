package atelier.market;

import atelier.kernel.Address;
import atelier.kernel.RecipeId;
import org.jspecify.annotations.Nullable;

/**
 * What someone looks for in the market.
 *
 * @param text part of a title, a creator's or a recipe's name; empty for everything
 * @param page from 1
 * @param size works on a page, at most {@value #MAX_SIZE}
 */
public record ListingQuery(
        String text,
        @Nullable RecipeId recipe,
        @Nullable Address creator,
        ListingSort sort,
        int page,
        int size) {

    /** Most works on a page. */
    public static final int MAX_SIZE = 100;

    private static final int MAX_TEXT = 100;
    private static final int MAX_PAGE = 1_000_000;

    /** Puts what cannot be meant back into bounds: a page number typed by hand is no mistake. */
    public ListingQuery {
        String stripped = text.strip();
        text = stripped.substring(0, Math.min(stripped.length(), MAX_TEXT));
        page = Math.clamp(page, 1, MAX_PAGE);
        size = Math.clamp(size, 1, MAX_SIZE);
    }

    long offset() {
        return (long) (page - 1) * size;
    }
}
