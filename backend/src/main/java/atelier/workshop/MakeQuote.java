package atelier.workshop;

import atelier.kernel.Refused;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What making a work by a recipe costs one member now, to the last unit, as the contract computes
 * it.
 *
 * @param authorFee the author's part of the recipe's fee
 * @param treasuryFee the treasury's part of the recipe's fee
 * @param total all that the member pays
 * @param available what the member can spend: points less what is already on its way elsewhere
 */
public record MakeQuote(
        RecipeView recipe,
        List<Line> lines,
        TokenAmount authorFee,
        TokenAmount treasuryFee,
        TokenAmount total,
        TokenAmount available) {

    public MakeQuote {
        lines = List.copyOf(lines);
    }

    /**
     * One input of the recipe.
     *
     * @param have what the maker has of it, less what other makings on their way will use up
     * @param missing what has to be bought of it
     * @param supplierCost what the supplier gets for the missing part
     * @param platformCost what the treasury gets on it: margin of a material, wear of a tool
     */
    public record Line(
            SupplyView supply,
            BigInteger needed,
            BigInteger have,
            BigInteger missing,
            TokenAmount supplierCost,
            TokenAmount platformCost) {

        static Line of(SupplyView supply, BigInteger needed, BigInteger have, Tariff tariff) {
            BigInteger missing = needed.subtract(have).max(BigInteger.ZERO);
            return new Line(
                    supply,
                    needed,
                    have,
                    missing,
                    Tariff.supplierCost(supply, missing),
                    tariff.platformCost(supply, missing));
        }

        public TokenAmount cost() {
            return supplierCost.plus(platformCost);
        }

        /** What is used up of the maker's own. */
        BigInteger own() {
            return needed.subtract(missing);
        }

        Refused refusal() {
            return Refused.conflict("supply.out-of-stock", supply.name(), missing, supply.stock());
        }

        /** Whether the supplier has less than is missing. */
        public boolean outOfStock() {
            return missing.compareTo(supply.stock()) > 0;
        }
    }

    /** What is used up of the maker's own supplies. */
    Map<SupplyId, BigInteger> own() {
        return lines.stream()
                .filter(line -> line.own().signum() > 0)
                .collect(Collectors.toMap(line -> line.supply().id(), Line::own));
    }

    /** How many points the member lacks; zero if they have enough. */
    public TokenAmount shortBy() {
        return total.compareTo(available) > 0 ? total.minus(available) : TokenAmount.ZERO;
    }

    /** The first input that its supplier cannot deliver. */
    public Optional<Line> outOfStock() {
        return lines.stream().filter(Line::outOfStock).findFirst();
    }

    /** What is missing of a supply. */
    public BigInteger missing(SupplyId supply) {
        return lines.stream()
                .filter(line -> line.supply().id().equals(supply))
                .map(Line::missing)
                .findFirst()
                .orElse(BigInteger.ZERO);
    }

    /** What to say to a maker who agreed to less; nothing to one who agreed to whatever it is. */
    Optional<Refused> costChanged(@Nullable TokenAmount agreed) {
        return agreed == null || total.compareTo(agreed) <= 0
                ? Optional.empty()
                : Optional.of(Refused.conflict("make.cost-changed", agreed, total));
    }

    /** What stands in the way of making the work now, with what is missing; nothing if nothing. */
    public Optional<Refused> obstacle() {
        return recipe.obstacle().or(this::emptyShelf).or(this::emptyPurse);
    }

    private Optional<Refused> emptyShelf() {
        return outOfStock().map(Line::refusal);
    }

    private Optional<Refused> emptyPurse() {
        return shortBy().signum() == 0
                ? Optional.empty()
                : Optional.of(Refused.conflict("points.insufficient", available, total, shortBy()));
    }
}
