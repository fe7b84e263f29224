package atelier.market;

import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;

/**
 * What an owner would sign if they offered a work at a price now.
 *
 * @param split who would get what; the seller's part is the least they then accept
 */
public record Offer(WorkId work, TokenAmount price, Split split) {

    public TokenAmount net() {
        return split.sellerPaid();
    }
}
