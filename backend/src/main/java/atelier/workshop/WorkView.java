package atelier.workshop;

import atelier.kernel.Hash32;
import atelier.kernel.RecipeId;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import atelier.web.WorkCard;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A work someone owns.
 *
 * @param contentHash SHA-256 of the picture's bytes, as on chain
 * @param pictured whether the picture is stored here
 * @param transferNonce how often it was transferred; the next transfer ends every listing signed
 *     for this number
 * @param minted where and when it was made
 * @param acquired since when its owner has it
 */
public record WorkView(
        WorkId id,
        String title,
        String description,
        Hash32 contentHash,
        boolean pictured,
        Party creator,
        Party owner,
        RecipeId recipe,
        String recipeTitle,
        long serial,
        long transferNonce,
        Event minted,
        Instant acquired) {

    /** A transaction in a block. */
    public record Event(long block, Hash32 tx, Instant at) {}

    /** The work's page. */
    public String href() {
        return "/works/" + id;
    }

    /** Where the picture's small version is served. */
    public String preview() {
        return "/pictures/" + contentHash + "/preview";
    }

    /** Where the picture itself is served. */
    public String picture() {
        return "/pictures/" + contentHash;
    }

    /** The work on a wall, with a price where it is for sale. */
    public WorkCard card(@Nullable TokenAmount price) {
        return new WorkCard(href(), preview(), title, creator.name(), recipeTitle, serial, price);
    }
}
