package atelier.market;

import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;

/**
 * What an owner would sign if they offered a work at a price now.
 *
 * @param split who would get what under the rules of today
 * @param least the least that the owner then accepts, whatever the rules become
 */
public record Offer(WorkId work, TokenAmount price, Split split, TokenAmount least) {

    /** What the owner gets if it is sold today. */
    public TokenAmount net() {
        return split.sellerPaid();
    }
}
