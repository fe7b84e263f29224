package atelier.workshop;

import atelier.kernel.Hash32;
import atelier.kernel.RecipeId;
import atelier.kernel.Refused;
import atelier.kernel.WorkId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a member chooses and writes to begin a work.
 *
 * @param parents the works that it is a remix of, if any; at most {@value #MOST_PARENTS}, each once
 */
public record NewDraft(
        RecipeId recipe, Hash32 picture, String title, String description, List<WorkId> parents) {

    /** How many parents the contract lets a work name. */
    public static final int MOST_PARENTS = 8;

    /**
     * Checks the words and the parents.
     *
     * @throws Refused {@code title.invalid}, {@code description.invalid}, {@code parents.too-many},
     *     {@code parents.twice}
     */
    public NewDraft {
        title = Words.title(title);
        description = Words.description(description);
        parents = checked(parents);
    }

    /** A work of nobody else's. */
    public NewDraft(RecipeId recipe, Hash32 picture, String title, String description) {
        this(recipe, picture, title, description, List.of());
    }

    private static List<WorkId> checked(List<WorkId> parents) {
        if (parents.size() > MOST_PARENTS) {
            throw Refused.invalid("parents.too-many", MOST_PARENTS);
        }
        Set<WorkId> known = new HashSet<>();
        for (WorkId parent : parents) {
            if (!known.add(parent)) {
                throw Refused.invalid("parents.twice", parent.toString());
            }
        }
        return List.copyOf(parents);
    }
}
