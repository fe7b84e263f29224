package atelier.market;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the market.
 *
 * @param total works found on all pages; where there are more than {@value ListingQuery#REACH},
 *     that number
 * @param more whether there are more than the total says
 * @param page from 1
 * @param pages how many can be asked for by number, at least 1
 * @param next where the list goes on; null at its end
 */
public record ListingPage(
        List<SignedOrder> listings,
        long total,
        boolean more,
        int page,
        int pages,
        @Nullable ListingPlace next) {

    public ListingPage {
        listings = List.copyOf(listings);
    }
}
