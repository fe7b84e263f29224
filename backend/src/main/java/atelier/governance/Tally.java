package atelier.governance;

/**
 * The votes on a proposal: one for each seat, its latest.
 *
 * @param electorate how many may vote
 * @param quorum how many have to take part
 */
public record Tally(long against, long inFavour, long abstaining, long electorate, long quorum) {

    /** How many took part. */
    public long turnout() {
        return against + inFavour + abstaining;
    }

    /** Whether enough took part. */
    public boolean quorate() {
        return turnout() >= quorum;
    }

    /** Whether it would be decided in favour, if the vote ended like this. */
    public boolean carried() {
        return quorate() && inFavour > against;
    }
}
