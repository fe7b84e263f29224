package atelier.web;

/**
 * Votes on one question, to be drawn.
 *
 * @param electorate how many may vote
 * @param quorum how many have to take part
 */
public record Turnout(long inFavour, long against, long abstaining, long electorate, long quorum) {

    /** How many took part. */
    public long votes() {
        return inFavour + against + abstaining;
    }
}
