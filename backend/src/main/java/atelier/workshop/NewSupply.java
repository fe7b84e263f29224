package atelier.workshop;

import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;

/**
 * A material or a tool that is to be offered.
 *
 * @param price what the supplier gets for a piece, or for one use
 * @param stock pieces, or uses, that the supplier starts with
 */
public record NewSupply(
        SupplyKind kind, String name, MemberId supplier, TokenAmount price, long stock) {

    /** Pieces or uses in one go: more than any shelf holds. */
    static final long MOST_STOCK = 1_000_000_000;

    /** Units of a price: a hundred million points. */
    static final long HIGHEST_PRICE = 10_000_000_000L;

    /** Checks what is written, as every number that is to go on chain. */
    public NewSupply {
        name = Words.title(name);
        requirePrice(price);
        if (stock < 0 || stock > MOST_STOCK) {
            throw Refused.invalid("supply.stock", MOST_STOCK);
        }
    }

    static void requirePrice(TokenAmount price) {
        if (price.signum() < 0 || price.compareTo(TokenAmount.ofUnits(HIGHEST_PRICE)) > 0) {
            throw Refused.invalid("supply.price", TokenAmount.ofUnits(HIGHEST_PRICE));
        }
    }
}
