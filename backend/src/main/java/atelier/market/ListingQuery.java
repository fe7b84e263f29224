package atelier.market;

import atelier.kernel.Address;
import atelier.kernel.RecipeId;
import org.jspecify.annotations.Nullable;

/**
 * What someone looks for in the market.
 *
 * @param text part of a title, a creator's or a recipe's name; empty for everything
 * @param page from 1, as far as the {@value #REACH} works that are counted; what lies behind them
 *     is reached by {@code after}
 * @param size works on a page, at most {@value #MAX_SIZE}
 * @param after where to go on, whatever page is asked for; null for the page
 */
public record ListingQuery(
        String text,
        @Nullable RecipeId recipe,
        @Nullable Address creator,
        ListingSort sort,
        int page,
        int size,
        @Nullable ListingPlace after) {

    /** Most works on a page. */
    public static final int MAX_SIZE = 100;

    /** So many works are counted, and reached by a page's number. */
    public static final int REACH = 240;

    private static final int MAX_TEXT = 100;

    /** Puts what cannot be meant back into bounds: a page number typed by hand is no mistake. */
    public ListingQuery {
        String stripped = text.strip();
        text = stripped.substring(0, Math.min(stripped.length(), MAX_TEXT));
        size = Math.clamp(size, 1, MAX_SIZE);
        page = Math.clamp(page, 1, Math.ceilDiv(REACH, size));
    }

    /** A page by its number. */
    public ListingQuery(
            String text,
            @Nullable RecipeId recipe,
            @Nullable Address creator,
            ListingSort sort,
            int page,
            int size) {
        this(text, recipe, creator, sort, page, size, null);
    }

    int offset() {
        return (page - 1) * size;
    }
}
