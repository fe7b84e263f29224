package atelier.workshop;

import atelier.kernel.Hash32;
import atelier.kernel.RecipeId;

/** What a member chooses and writes to begin a work. */
public record NewDraft(RecipeId recipe, Hash32 picture, String title, String description) {

    /** Checks the words. */
    public NewDraft {
        title = Words.title(title);
        description = Words.description(description);
    }
}
