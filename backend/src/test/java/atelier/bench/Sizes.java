package atelier.bench;

/**
 * How much is measured; each is a system property {@code bench.<name>}.
 *
 * @param rounds how often what is compared takes turns; the median counts
 * @param warm points transfers before the first round, of ours and of the fast peer
 * @param transfers points transfers in a round of ours
 * @param fast the same for the fast peer
 * @param naive the same for the naive one
 * @param crafts works made in a round
 * @param fills orders filled in a round
 * @param recipients members who get points in one go
 * @param events mixed events that strangers add to what is there, for the largest backfill
 * @param naiveEvents events of them that the naive mirror is given
 * @param works works behind the pages
 * @param postings postings behind the pages
 * @param seconds how long the half load over HTTP lasts
 */
record Sizes(
        int rounds,
        int warm,
        int transfers,
        int fast,
        int naive,
        int crafts,
        int fills,
        int recipients,
        int events,
        int naiveEvents,
        int works,
        int postings,
        int seconds) {

    static Sizes asked() {
        return new Sizes(
                of("rounds", 3),
                of("warm", 10_000),
                of("transfers", 10_000),
                of("fast", 10_000),
                of("naive", 300),
                of("crafts", 4_000),
                of("fills", 2_000),
                of("recipients", 10_000),
                of("events", 300_000),
                of("naiveEvents", 5_000),
                of("works", 1_000_000),
                of("postings", 10_000_000),
                of("seconds", 20));
    }

    private static int of(String name, int otherwise) {
        return Integer.getInteger("bench." + name, otherwise);
    }
}
