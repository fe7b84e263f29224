package atelier.market;

/**
 * An offer that nobody can take because a rule changed, until its seller offers the work anew.
 *
 * @param again what they would sign for the same price until the same time
 */
public record PausedListing(SignedOrder listing, Offer again) {

    /** Whether the same price would do. */
    public boolean sameAgain() {
        return listing.state() == ListingState.FEES_ROSE;
    }
}
