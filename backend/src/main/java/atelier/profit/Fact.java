package atelier.profit;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.RecipeId;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import java.math.BigInteger;
import java.util.List;

/** What one event on the chain says, as far as a statement depends on it. */
public sealed interface Fact {

    Place place();

    /**
     * Where an event stands on the chain.
     *
     * @param block its block's number
     * @param time its block's time, in seconds since 1970
     * @param index its place among the block's logs
     */
    record Place(long block, long time, int index) {

        boolean isAfter(Place other) {
            return isInBlockOf(other)
                    ? time == other.time && index > other.index
                    : block > other.block && time >= other.time;
        }

        boolean isInBlockOf(Place other) {
            return block == other.block;
        }
    }

    /** A rule has another value from now on; the first version is the RuleBook's own. */
    record RuleChanged(Place place, long version, int rule, BigInteger current) implements Fact {}

    /** An epoch lasts from its start to before its end, in seconds since 1970. */
    record EpochOpened(Place place, long number, long start, long end) implements Fact {}

    /** Somebody paid into the treasury. */
    record Collected(Place place, int kind, TokenAmount amount, Hash32 reference) implements Fact {}

    /** The treasury paid a cost; {@code receipt} is the SHA-256 of its receipt. */
    record CostPaid(Place place, int kind, Address to, TokenAmount amount, Hash32 receipt)
            implements Fact {}

    /** A vote gave points away. */
    record Spent(Place place, Address to, TokenAmount amount) implements Fact {}

    /** A material (of kind {@value #MATERIAL}) or a tool is offered. */
    record SupplyDefined(Place place, SupplyId supply, int kind) implements Fact {

        static final int MATERIAL = 0;

        boolean isMaterial() {
            return kind == MATERIAL;
        }
    }

    /** A workshop's recipe has an author. */
    record RecipeProposed(Place place, Address workshop, RecipeId recipe, Address author)
            implements Fact {}

    /** Pieces of a material, or uses of a tool, were bought. */
    record Bought(
            Place place,
            Address buyer,
            SupplyId supply,
            Address supplier,
            BigInteger amount,
            TokenAmount treasuryPaid)
            implements Fact {}

    /** A work was made by a workshop's recipe. */
    record Crafted(
            Place place,
            Address workshop,
            RecipeId recipe,
            Address creator,
            TokenAmount treasuryPaid)
            implements Fact {}

    /** A work was sold on a market. */
    record Sold(
            Place place,
            Address market,
            Hash32 order,
            WorkId work,
            Address buyer,
            Address seller,
            TokenAmount treasuryPaid)
            implements Fact {}

    /** The sale that follows on the market came about by the promoter. */
    record Promoted(Place place, Address market, Hash32 order, Address promoter) implements Fact {}

    /** A work was made after others. */
    record Remixed(Place place, WorkId work, List<WorkId> parents) implements Fact {

        public Remixed {
            parents = List.copyOf(parents);
        }
    }

    /** A seat was taken (from the zero address), given up (to it) or moved. */
    record SeatMoved(Place place, Address from, Address to, BigInteger seat) implements Fact {}

    /** A vote ended the statement of this epoch and root. */
    record Cancelled(Place place, long epoch, Hash32 root) implements Fact {}
}
