package atelier.workshop;

import atelier.kernel.RecipeId;
import atelier.kernel.Refused;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A recipe that a member proposes.
 *
 * @param fee what its author and the treasury share for every work made from it
 * @param inputs what a work takes; each supply once, at most {@value #MOST_INPUTS}
 * @param supersedes the author's recipe that this is a new version of
 */
public record NewRecipe(
        String title,
        String description,
        TokenAmount fee,
        List<Input> inputs,
        @Nullable RecipeId supersedes) {

    /** As many as the contract takes. */
    public static final int MOST_INPUTS = 8;

    private static final long MOST_PIECES = 1_000_000;
    private static final long HIGHEST_FEE = 10_000_000_000L;

    /** So many pieces of a material, or uses of a tool. */
    public record Input(SupplyId supply, long amount) {}

    /** Checks what is written before the contract would refuse it. */
    public NewRecipe {
        title = Words.title(title);
        description = Words.description(description);
        inputs = List.copyOf(inputs);
        if (fee.signum() < 0 || fee.compareTo(TokenAmount.ofUnits(HIGHEST_FEE)) > 0) {
            throw Refused.invalid("recipe.fee", TokenAmount.ofUnits(HIGHEST_FEE));
        }
        if (inputs.isEmpty() || inputs.size() > MOST_INPUTS) {
            throw Refused.invalid("recipe.inputs", MOST_INPUTS);
        }
        requireDistinct(inputs);
    }

    private static void requireDistinct(List<Input> inputs) {
        if (inputs.stream().map(Input::supply).distinct().count() != inputs.size()) {
            throw Refused.invalid("recipe.input.duplicate");
        }
        if (inputs.stream().anyMatch(input -> input.amount() < 1 || input.amount() > MOST_PIECES)) {
            throw Refused.invalid("recipe.input.amount", MOST_PIECES);
        }
    }

    Definition definition() {
        SequencedMap<SupplyId, Long> amounts = new LinkedHashMap<>();
        inputs.forEach(input -> amounts.put(input.supply(), input.amount()));
        return new Definition(title, description, fee, amounts);
    }
}
