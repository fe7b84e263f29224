package atelier.market;

import atelier.kernel.BasisPoints;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import java.util.Optional;

/**
 * A seller's wish to offer a work.
 *
 * @param days how long, {@value #MIN_DAYS} to {@value #MAX_DAYS}
 * @param slack how much of the price fees that rise later may take from the seller's part before
 *     the offer pauses, at most {@link #MAX_SLACK}
 * @param least what the seller agreed to get at least, if they saw or said it: the order signs
 *     nothing below it, and fees that take more refuse the wish
 */
public record ListingWish(
        WorkId work, TokenAmount price, int days, BasisPoints slack, Optional<TokenAmount> least) {

    public static final int MIN_DAYS = 1;
    public static final int MAX_DAYS = 180;

    /** Offered that long where nobody says otherwise. */
    public static final int DEFAULT_DAYS = 30;

    /** Allowed where nobody says otherwise: as much as the trading fee of the first day. */
    public static final BasisPoints DEFAULT_SLACK = new BasisPoints(500);

    /** The hard bounds of the three shares together: no vote can take more. */
    public static final BasisPoints MAX_SLACK = new BasisPoints(4_500);

    /** An offer with the usual slack. */
    public static ListingWish of(WorkId work, TokenAmount price, int days) {
        return new ListingWish(work, price, days, DEFAULT_SLACK, Optional.empty());
    }

    /** Why no offer can last that long or allow that much, if so. */
    Optional<Refused> mistake() {
        if (days < MIN_DAYS || days > MAX_DAYS) {
            return Optional.of(Refused.invalid("listing.days", MIN_DAYS, MAX_DAYS));
        }
        return slack.value() > MAX_SLACK.value()
                ? Optional.of(Refused.invalid("listing.slack", MAX_SLACK))
                : Optional.empty();
    }
}
