package atelier.profit;

import atelier.chain.Intent;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.stereotype.Service;

/** The door to epochs, their statements and everybody's shares. */
@Service
public class Profit {

    private static final int LINES_AT_ONCE = 5_000;

    private final Epochs epochs;
    private final KeptStatements kept;
    private final Publications publications;
    private final Publishing publishing;
    private final Payments payments;
    private final Claims claims;
    private final Steward steward;
    private final Trees trees;
    private final Evidence evidence;
    private final ProfitCalls calls;
    private final ProfitClock chainTime;

    Profit(
            Epochs epochs,
            KeptStatements kept,
            Publications publications,
            Publishing publishing,
            Payments payments,
            Claims claims,
            Steward steward,
            Trees trees,
            Evidence evidence,
            ProfitCalls calls,
            ProfitClock chainTime) {
        this.epochs = epochs;
        this.kept = kept;
        this.publications = publications;
        this.publishing = publishing;
        this.payments = payments;
        this.claims = claims;
        this.steward = steward;
        this.trees = trees;
        this.evidence = evidence;
        this.calls = calls;
        this.chainTime = chainTime;
    }

    /** The epoch that was opened last; it may be over. Nothing before the treasury is mirrored. */
    public Optional<Epoch> newest() {
        return epochs.newest().map(Epochs.Opened::epoch);
    }

    /** Whether an epoch is over by the chain's time. */
    public boolean isOver(Epoch epoch) {
        return !chainTime.now().isBefore(Instant.ofEpochSecond(epoch.end()));
    }

    /** Every closed epoch whose statement has been made, newest first. */
    public List<EpochView> epochs() {
        List<Publication> published = publications.all(chainTime.now());
        return kept.all().stream().map(one -> view(one, published)).toList();
    }

    /**
     * One closed epoch.
     *
     * @throws Refused {@code statement.unknown} if it is not closed, or its statement not yet made
     */
    public EpochView epoch(long number) {
        return view(statement(number), publications.all(chainTime.now()));
    }

    /**
     * The bytes whose SHA-256 is published.
     *
     * @throws Refused {@code statement.unknown}
     */
    public byte[] text(long epoch) {
        return kept.text(epoch).orElseThrow(() -> Refused.notFound("statement.unknown", epoch));
    }

    /** How many accounts an epoch's statement has. */
    public int accounts(long epoch) {
        return kept.accounts(epoch);
    }

    /** Who got most in an epoch. */
    public List<Line> largest(long epoch, int limit) {
        return kept.largest(epoch, limit);
    }

    /** Every line of an epoch's statement, by number, some thousands at once. */
    public void eachLines(long epoch, Consumer<List<Line>> action) {
        int from = 0;
        List<Line> lines = kept.lines(epoch, from, LINES_AT_ONCE);
        while (!lines.isEmpty()) {
            action.accept(lines);
            from += LINES_AT_ONCE;
            lines = kept.lines(epoch, from, LINES_AT_ONCE);
        }
    }

    /** An account's line in an epoch's statement. */
    public Optional<Line> line(long epoch, Address account) {
        return kept.line(epoch, account);
    }

    /** An account's lines, newest epoch first. */
    public List<KeptShare> sharesOf(Address account) {
        return kept.of(account);
    }

    /** What an account has of all statements that count, and what of it has arrived. */
    public Purse purse(Address account) {
        TokenAmount paid = payments.paid(account);
        return publications
                .counting(chainTime.now())
                .flatMap(publication -> kept.line(publication.epoch(), account))
                .map(line -> new Purse(line.total(), paid))
                .orElse(new Purse(paid, paid));
    }

    /**
     * What of an account's shares has not arrived, and the call that has it paid at once; nothing
     * while the chain does not say.
     */
    public Optional<OpenClaim> open(Address account) {
        return claims.of(account, payments.paid(account));
    }

    /**
     * Has all that is open paid to a member, once, whoever asks and however often.
     *
     * @throws Refused {@code claim.nothing} if nothing is
     */
    public Intent claim(MemberId member, Address account) {
        return payments.claim(member, account);
    }

    /** That an account's line is in an epoch's statement. */
    public Optional<ShareProof> proof(long epoch, Address account) {
        KeptStatement statement = statement(epoch);
        return kept.line(epoch, account)
                .map(line -> {
                    List<Hash32> siblings = trees.of(statement).proof(line.number());
                    ShareDomain domain = statement.head().domain();
                    return new ShareProof(
                            domain,
                            line,
                            ShareTree.leaf(domain, line.number(), line.share()),
                            siblings,
                            statement.root(),
                            calls.claim(line, siblings));
                });
    }

    /**
     * The events behind an account's line, by role.
     *
     * @param limit how many events of a role are looked up; all are counted
     */
    public Map<Role, Deeds> deeds(long epoch, Address account, int limit) {
        return evidence.of(epoch, account, limit);
    }

    /** The statement that is to be published next, if it is any's turn. */
    public Optional<EpochView> toPublish() {
        return publishing.next().map(one -> new EpochView(one, null));
    }

    /** The newest attempt to publish an epoch's statement. */
    public Optional<Intent> publishing(long epoch) {
        return kept.find(epoch).flatMap(publishing::attempt);
    }

    /**
     * Publishes an epoch's statement, once, by an operator's own signed request.
     *
     * @throws Refused {@code statement.not-next} if it is another one's turn, or nobody's
     */
    public Intent publish(MemberId operator, long epoch) {
        return publishing.publish(operator, epoch);
    }

    /**
     * Has the epoch that is over closed, once.
     *
     * @throws Refused {@code epoch.not-over} if it lasts
     */
    public Intent close() {
        return steward.close().orElseThrow(() -> Refused.conflict("epoch.not-over"));
    }

    private KeptStatement statement(long epoch) {
        return kept.find(epoch).orElseThrow(() -> Refused.notFound("statement.unknown", epoch));
    }

    /** The publication of this very statement; failing that, of the same epoch. */
    private static EpochView view(KeptStatement statement, List<Publication> published) {
        List<Publication> own =
                published.stream().filter(one -> one.epoch() == statement.epoch()).toList();
        return new EpochView(
                statement,
                own.stream()
                        .filter(one -> one.of(statement))
                        .reduce((_, last) -> last)
                        .or(() -> own.stream().reduce((_, last) -> last))
                        .orElse(null));
    }
}
