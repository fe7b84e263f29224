package atelier.workshop;

import atelier.kernel.RecipeId;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What making costs by some recipes, at one look at the mirror: enough to quote for many makers.
 */
record PriceList(Tariff tariff, Map<RecipeId, RecipeView> recipes) {

    PriceList {
        recipes = Map.copyOf(recipes);
    }

    /**
     * What it costs whoever has so much; nothing if there is no such recipe.
     *
     * @param have supplies that no other making will use up
     * @param available points that nothing on its way will spend
     */
    Optional<MakeQuote> quote(RecipeId id, Map<SupplyId, BigInteger> have, TokenAmount available) {
        return Optional.ofNullable(recipes.get(id))
                .map(recipe -> quote(recipe, lines(recipe, have), available));
    }

    private List<MakeQuote.Line> lines(RecipeView recipe, Map<SupplyId, BigInteger> have) {
        return recipe.inputs().stream()
                .map(input ->
                        MakeQuote.Line.of(
                                input.supply(),
                                BigInteger.valueOf(input.amount()),
                                have.getOrDefault(input.supply().id(), BigInteger.ZERO),
                                tariff))
                .toList();
    }

    private static MakeQuote quote(
            RecipeView recipe, List<MakeQuote.Line> lines, TokenAmount available) {
        TokenAmount total =
                lines.stream().map(MakeQuote.Line::cost).reduce(recipe.fee(), TokenAmount::plus);
        return new MakeQuote(
                recipe, lines, recipe.authorFee(), recipe.treasuryFee(), total, available);
    }
}
