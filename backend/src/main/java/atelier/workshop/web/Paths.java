package atelier.workshop.web;

import atelier.kernel.RecipeId;
import atelier.kernel.Refused;
import atelier.kernel.SupplyId;
import atelier.kernel.WorkId;
import atelier.workshop.DraftId;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns what stands in an address into a type; what cannot be one does not exist. */
final class Paths {

    private static final int LONGEST_ID = 78;

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

    /** A parent that somebody names in a request; null stands for none. */
    static WorkId parent(@Nullable String text) {
        String id = text == null ? "" : text;
        try {
            return WorkId.parse(digits(id));
        } catch (IllegalArgumentException e) {
            throw Refused.invalid(
                    "parents.unknown", id.substring(0, Math.min(id.length(), LONGEST_ID)));
        }
    }

    /** The same, or nothing where it is no work's id. */
    static Optional<WorkId> parentIfAny(String text) {
        try {
            return Optional.of(parent(text));
        } catch (Refused noWork) {
            return Optional.empty();
        }
    }

    private static String digits(String id) {
        if (id.length() > LONGEST_ID) {
            throw new IllegalArgumentException("More digits than 256 bits can have");
        }
        return id;
    }

    private static <T> T parse(String text, Function<String, T> parser, String unknown) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw Refused.notFound(unknown);
        }
    }
}
