package atelier.workshop.web;

import atelier.kernel.RecipeId;
import atelier.kernel.Refused;
import atelier.kernel.SupplyId;
import atelier.kernel.WorkId;
import atelier.workshop.DraftId;
import java.util.function.Function;

/** Turns what stands in an address into a type; what cannot be one does not exist. */
final class Paths {

    private Paths() {}

    static WorkId work(String text) {
        return parse(text, WorkId::parse, "work.unknown");
    }

    static RecipeId recipe(String text) {
        return parse(text, number -> new RecipeId(Long.parseLong(number)), "recipe.unknown");
    }

    static SupplyId supply(String text) {
        return parse(text, number -> new SupplyId(Long.parseLong(number)), "supply.unknown");
    }

    static DraftId draft(String text) {
        return parse(text, DraftId::parse, "draft.unknown");
    }

    private static <T> T parse(String text, Function<String, T> parser, String unknown) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw Refused.notFound(unknown);
        }
    }
}
