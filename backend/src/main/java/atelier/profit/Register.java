package atelier.profit;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.RecipeId;
import atelier.kernel.SupplyId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What earlier facts made known: supplies, authors, ancestors, seats, who promotes what. */
final class Register {

    private record Recipe(Address workshop, RecipeId number) {}

    private record Offer(Address market, Hash32 order) {}

    private final Map<SupplyId, Fact.SupplyDefined> supplies = new HashMap<>();
    private final Map<Recipe, Address> authors = new HashMap<>();
    private final Map<Offer, Address> promoters = new HashMap<>();
    private final Lineage lineage;
    private final SeatRoll seats = new SeatRoll();
    private long promotionsOf = -1;

    Register(Accounts accounts) {
        this.lineage = new Lineage(accounts);
    }

    /**
     * Keeps what a fact makes known.
     *
     * @throws IllegalArgumentException if it names what none made known
     */
    void note(Fact fact) {
        switch (fact) {
            case Fact.SupplyDefined defined -> supplies.put(defined.supply(), defined);
            case Fact.RecipeProposed proposed ->
                    authors.putIfAbsent(
                            new Recipe(proposed.workshop(), proposed.recipe()), proposed.author());
            case Fact.Promoted promoted -> note(promoted);
            case Fact.Remixed remixed -> lineage.note(remixed);
            case Fact.SeatMoved moved -> seats.note(moved);
            case Fact.Bought bought -> known(supplies.get(bought.supply()), bought);
            case Fact.Crafted made -> known(authors.get(recipe(made)), made);
            case Fact.RuleChanged _,
                    Fact.EpochOpened _,
                    Fact.Collected _,
                    Fact.CostPaid _,
                    Fact.Spent _,
                    Fact.Sold _,
                    Fact.Cancelled _ -> {}
        }
    }

    boolean isMaterial(Fact.Bought bought) {
        return known(supplies.get(bought.supply()), bought).isMaterial();
    }

    Address author(Fact.Crafted made) {
        return known(authors.get(recipe(made)), made);
    }

    /** Who promoted a sale in its own block, if anybody did. */
    Optional<Address> promoter(Fact.Sold sold) {
        return sold.place().block() == promotionsOf
                ? Optional.ofNullable(promoters.get(new Offer(sold.market(), sold.order())))
                : Optional.empty();
    }

    Lineage lineage() {
        return lineage;
    }

    SeatRoll seats() {
        return seats;
    }

    /** The first of a block counts, and none of the blocks before. */
    private void note(Fact.Promoted promoted) {
        if (promoted.place().block() != promotionsOf) {
            promoters.clear();
            promotionsOf = promoted.place().block();
        }
        promoters.putIfAbsent(new Offer(promoted.market(), promoted.order()), promoted.promoter());
    }

    private static Recipe recipe(Fact.Crafted made) {
        return new Recipe(made.workshop(), made.recipe());
    }

    private static <T> T known(@Nullable T what, Fact fact) {
        if (what == null) {
            throw new IllegalArgumentException(
                    "Facts are missing: none before made known what this one names: " + fact);
        }
        return what;
    }
}
