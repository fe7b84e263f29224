package atelier.market;

import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import java.util.Optional;

/**
 * A seller's wish to offer a work.
 *
 * @param days how long, {@value #MIN_DAYS} to {@value #MAX_DAYS}
 * @param netSeen what the preview promised them, if they saw one: fees that rose since refuse the
 *     wish instead of taking more
 */
public record ListingWish(WorkId work, TokenAmount price, int days, Optional<TokenAmount> netSeen) {

    public static final int MIN_DAYS = 1;
    public static final int MAX_DAYS = 180;

    /** Offered that long where nobody says otherwise. */
    public static final int DEFAULT_DAYS = 30;
}
