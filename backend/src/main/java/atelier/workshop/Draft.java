package atelier.workshop;

import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import atelier.kernel.RecipeId;
import atelier.kernel.WorkId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A picture that is to become a work: what a member chose and wrote, and how far the making is.
 *
 * @param picture hash of a picture that the maker brought
 * @param parents the works that it is a remix of, if any
 * @param intent the making, once confirmed; null before
 * @param work the work, once it is in a block; null before
 */
public record Draft(
        DraftId id,
        MemberId maker,
        RecipeId recipe,
        Hash32 picture,
        String title,
        String description,
        List<WorkId> parents,
        Instant created,
        @Nullable IntentId intent,
        @Nullable WorkId work) {

    public Draft {
        parents = List.copyOf(parents);
    }

    /** The page on which it is reviewed and confirmed. */
    public String href() {
        return "/studio/drafts/" + id;
    }
}
