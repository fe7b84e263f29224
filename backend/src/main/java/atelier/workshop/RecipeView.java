package atelier.workshop;

import atelier.kernel.Hash32;
import atelier.kernel.RecipeId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A version of a recipe.
 *
 * @param fee what its author and the treasury share for every work made from it
 * @param inputs what a work takes, in the recipe's order
 * @param made how many works were made from it
 * @param definitionHash Keccak-256 of title, description and inputs as canonical JSON
 * @param supersedes the version before it
 * @param authorFee the author's part of the fee, by the rules in force
 * @param treasuryFee the treasury's part of the fee, by the rules in force
 */
public record RecipeView(
        RecipeId id,
        RecipeStatus status,
        String title,
        String description,
        Party author,
        TokenAmount fee,
        TokenAmount authorFee,
        TokenAmount treasuryFee,
        List<Input> inputs,
        long made,
        Hash32 definitionHash,
        @Nullable RecipeId supersedes,
        Instant proposed) {

    public RecipeView {
        inputs = List.copyOf(inputs);
    }

    /**
     * One thing a work takes.
     *
     * @param amount pieces of a material, uses of a tool
     * @param supplierCost what its supplier gets if all of it is bought
     * @param platformCost what the treasury gets then: margin of a material, wear of a tool
     */
    public record Input(
            SupplyView supply, long amount, TokenAmount supplierCost, TokenAmount platformCost) {

        /** What it costs if all of it is bought. */
        public TokenAmount cost() {
            return supplierCost.plus(platformCost);
        }
    }

    /** What a work costs someone who has nothing yet. */
    public TokenAmount fullCost() {
        return inputs.stream().map(Input::cost).reduce(fee, TokenAmount::plus);
    }

    /** Why no work can be made from it; nothing if one can. */
    public Optional<Refused> obstacle() {
        return switch (status) {
            case APPROVED -> Optional.empty();
            case PROPOSED -> Optional.of(Refused.conflict("recipe.proposed", title));
            case RETIRED -> Optional.of(Refused.conflict("recipe.retired", title));
        };
    }

    public boolean approved() {
        return status == RecipeStatus.APPROVED;
    }
}
