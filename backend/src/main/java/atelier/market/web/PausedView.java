package atelier.market.web;

import atelier.kernel.Hash32;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import atelier.market.PausedListing;

/**
 * An offer that waits for its seller, as their pages tell them.
 *
 * @param reason the state's key
 * @param net what they would get today if they offered it again at the same price
 * @param least what they would then get at least
 * @param sameAgain whether the same price would do
 */
record PausedView(
        Hash32 order,
        WorkId work,
        String title,
        String reason,
        TokenAmount price,
        TokenAmount net,
        TokenAmount least,
        boolean sameAgain) {

    static PausedView of(PausedListing paused, String title) {
        return new PausedView(
                paused.listing().hash(),
                paused.listing().order().work(),
                title,
                paused.listing().state().key(),
                paused.again().price(),
                paused.again().net(),
                paused.again().least(),
                paused.sameAgain());
    }
}
