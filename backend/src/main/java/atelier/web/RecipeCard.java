package atelier.web;

import atelier.kernel.TokenAmount;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a work takes by a recipe, part by part with who is paid; the parts always sum to the total.
 *
 * @param href the recipe's page, when the card is shown elsewhere
 */
public record RecipeCard(
        String title,
        @Nullable String summary,
        @Nullable String href,
        List<Part> parts,
        TokenAmount total) {

    /** What a part is: used up, worn by one use or more, or a fee. */
    public enum Kind {
        MATERIAL,
        TOOL,
        FEE;

        String css() {
            return switch (this) {
                case MATERIAL -> "part-material";
                case TOOL -> "part-tool";
                case FEE -> "part-fee";
            };
        }
    }

    /**
     * One part.
     *
     * @param count pieces of a material or uses of a tool; a fee has none
     * @param note who is paid how much of it
     * @param amount what it costs altogether
     */
    public record Part(Kind kind, String name, long count, String note, TokenAmount amount) {

        /** Whether a count belongs behind the name. */
        public boolean counted() {
            return kind != Kind.FEE;
        }
    }

    /**
     * @throws IllegalArgumentException if the parts do not sum to the total, or one is negative
     */
    public RecipeCard {
        parts = List.copyOf(parts);
        Sums.require(parts.stream().map(Part::amount).toList(), total);
    }
}
