package atelier.profit;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.TokenAmount;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Finds what is open for an account by itself: by the statement that counts alone, or, where the
 * account missed one, by the last that it was paid by as well.
 */
@Component
class Claims {

    /** An account's line, in a statement that counts or counted. */
    private record Place(Publication publication, KeptStatement statement, Line line) {}

    private final KeptStatements kept;
    private final Publications publications;
    private final Trees trees;
    private final Marks marks;
    private final ProfitCalls calls;
    private final ProfitClock clock;

    Claims(
            KeptStatements kept,
            Publications publications,
            Trees trees,
            Marks marks,
            ProfitCalls calls,
            ProfitClock clock) {
        this.kept = kept;
        this.publications = publications;
        this.trees = trees;
        this.marks = marks;
        this.calls = calls;
        this.clock = clock;
    }

    /**
     * What is open for an account; nothing if all has arrived or the contract has paid it, and
     * nothing while the chain does not say.
     *
     * @param paid what has arrived
     */
    Optional<OpenClaim> of(Address account, TokenAmount paid) {
        List<Place> places = places(account);
        if (places.isEmpty()) {
            return Optional.empty();
        }
        Place now = places.getLast();
        TokenAmount due = now.line().total().minus(paid);
        return due.signum() <= 0
                ? Optional.empty()
                : marks.paidThrough(now.line().number())
                        .filter(through -> through < now.publication().number())
                        .flatMap(through -> open(places, through, due));
    }

    /** Where an account stands in those that count, the newest last; only if it is in that. */
    private List<Place> places(Address account) {
        List<Publication> counting =
                publications.all(clock.now()).stream()
                        .filter(Publication::counts)
                        .sorted(Comparator.comparingInt(Publication::number))
                        .toList();
        List<Place> places =
                counting.stream().flatMap(one -> place(one, account).stream()).toList();
        return places.isEmpty() || !places.getLast().publication().equals(counting.getLast())
                ? List.of()
                : places;
    }

    private Optional<Place> place(Publication publication, Address account) {
        return kept.find(publication.epoch())
                .filter(publication::of)
                .flatMap(statement ->
                        kept.line(statement.epoch(), account)
                                .map(line -> new Place(publication, statement, line)));
    }

    private Optional<OpenClaim> open(List<Place> places, int through, TokenAmount due) {
        Place now = places.getLast();
        boolean missed = through != 0 && through + 1 < now.publication().number();
        Optional<byte[]> call =
                missed
                        ? numbered(places, through).map(before -> since(now, before))
                        : Optional.of(calls.claim(now.line(), proof(now)));
        return call.flatMap(data ->
                places.stream()
                        .filter(place -> place.publication().number() > through)
                        .filter(place -> place.line().fresh().signum() > 0)
                        .findFirst()
                        .map(first ->
                                new OpenClaim(
                                        due,
                                        first.statement().epoch(),
                                        ended(first.statement()),
                                        missed,
                                        now.statement().head().domain().profitShare(),
                                        data)));
    }

    private static Optional<Place> numbered(List<Place> places, int number) {
        return places.stream().filter(place -> place.publication().number() == number).findFirst();
    }

    private byte[] since(Place now, Place before) {
        return calls.claimSince(now.line(), proof(now), before.line(), proof(before));
    }

    private List<Hash32> proof(Place place) {
        return trees.of(place.statement()).proof(place.line().number());
    }

    private static Instant ended(KeptStatement statement) {
        return Instant.ofEpochSecond(statement.head().epoch().end());
    }
}
