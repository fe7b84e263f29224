package atelier.market;

import java.util.List;

/**
 * A page of the market.
 *
 * @param total works found on all pages
 * @param page from 1
 * @param pages at least 1
 */
public record ListingPage(List<SignedOrder> listings, long total, int page, int pages) {

    public ListingPage {
        listings = List.copyOf(listings);
    }
}
