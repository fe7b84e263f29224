package atelier.market.web;

import atelier.kernel.Address;
import atelier.kernel.RecipeId;
import atelier.market.ListingPlace;
import atelier.market.ListingQuery;
import atelier.market.ListingSort;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the market's address says; whatever cannot be meant counts as not said, but for a place in
 * the list: going on from elsewhere would show the same works twice.
 *
 * @param recipe number of a recipe
 * @param creator account of a creator
 * @param after where the list goes on, as {@code next} said
 */
record MarketForm(
        @Nullable String q,
        @Nullable String recipe,
        @Nullable String creator,
        @Nullable String sort,
        @Nullable Integer page,
        @Nullable Integer size,
        @Nullable String after) {

    private static final int PAGE_SIZE = 24;

    ListingQuery query() {
        return new ListingQuery(
                text(q),
                recipeId(),
                account(),
                order(),
                page == null ? 1 : page,
                size == null ? PAGE_SIZE : size,
                text(after).isEmpty() ? null : ListingPlace.parse(text(after)));
    }

    /** The same without its page, as the links to the neighbouring pages repeat it. */
    Map<String, String> repeated() {
        Map<String, String> repeated = new LinkedHashMap<>();
        repeated.put("q", text(q));
        repeated.put("recipe", text(recipe));
        repeated.put("creator", text(creator));
        repeated.put("sort", sortName());
        return repeated;
    }

    public String sortName() {
        return order().name().toLowerCase(Locale.ROOT);
    }

    private ListingSort order() {
        return Arrays.stream(ListingSort.values())
                .filter(one -> one.name().equalsIgnoreCase(text(sort)))
                .findFirst()
                .orElse(ListingSort.NEWEST);
    }

    @Nullable RecipeId recipeId() {
        return text(recipe).matches("[1-9]\\d{0,17}")
                ? new RecipeId(Long.parseLong(text(recipe)))
                : null;
    }

    @Nullable Address account() {
        return text(creator).matches("0x[0-9a-fA-F]{40}") ? Address.parse(text(creator)) : null;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }
}
