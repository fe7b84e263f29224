package atelier.market;

import atelier.kernel.Address;
import atelier.kernel.RecipeId;
import java.util.List;

/** Recipes and creators of the works that are for sale now. */
public record ListingFilters(List<RecipeId> recipes, List<Address> creators) {

    public ListingFilters {
        recipes = List.copyOf(recipes);
        creators = List.copyOf(creators);
    }
}
