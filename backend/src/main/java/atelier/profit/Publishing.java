package atelier.profit;

import atelier.chain.Errands;
import atelier.chain.Intent;
import atelier.chain.Mirror;
import atelier.chain.MirrorStatus;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Which statement is to be published next, and how: once, by an operator. */
@Component
class Publishing {

    private static final String KIND = "profit.publish";

    private final Epochs epochs;
    private final KeptStatements kept;
    private final Publications publications;
    private final Payments payments;
    private final Errands errands;
    private final ProfitCalls calls;
    private final Members members;
    private final Mirror mirror;
    private final ProfitClock clock;

    Publishing(
            Epochs epochs,
            KeptStatements kept,
            Publications publications,
            Payments payments,
            Errands errands,
            ProfitCalls calls,
            Members members,
            Mirror mirror,
            ProfitClock clock) {
        this.epochs = epochs;
        this.kept = kept;
        this.publications = publications;
        this.payments = payments;
        this.errands = errands;
        this.calls = calls;
        this.members = members;
        this.mirror = mirror;
        this.clock = clock;
    }

    /**
     * The oldest statement that gives somebody something and was never published, if its facts are
     * final, no other one waits and the shares of the last are paid.
     */
    Optional<KeptStatement> next() {
        List<Publication> published = publications.all(clock.now());
        boolean waits = published.stream().anyMatch(Publication::waits);
        return waits || payments.underWay()
                ? Optional.empty()
                : kept.oldestBeside(published).filter(this::isFinal);
    }

    /** The newest attempt to publish a statement. */
    Optional<Intent> attempt(KeptStatement statement) {
        return errands.find(KIND, subject(statement));
    }

    /**
     * Publishes an epoch's statement, by an operator's own signed request.
     *
     * @throws Refused {@code statement.not-next} if it is another one's turn, or nobody's
     */
    Intent publish(MemberId operator, long epoch) {
        KeptStatement statement =
                next().filter(one -> one.epoch() == epoch)
                        .orElseThrow(() -> Refused.conflict("statement.not-next", epoch));
        return errands.send(
                new Errands.Errand(KIND, subject(statement), operator, "/profit/" + epoch),
                () -> calls.publish(account(operator), statement, expected()));
    }

    /** The root that counts now. */
    private Hash32 expected() {
        return publications.all(clock.now()).stream()
                .filter(Publication::counts)
                .max(Comparator.comparingInt(Publication::number))
                .map(Publication::root)
                .orElse(Hash32.ZERO);
    }

    /** All its facts are, once the block is that closed the epoch. */
    private boolean isFinal(KeptStatement statement) {
        long height = mirror.status().map(MirrorStatus::finalHeight).orElse(-1L);
        return epochs.all().stream()
                .filter(opened -> opened.epoch().number() == statement.epoch() + 1)
                .anyMatch(closing -> closing.block() <= height);
    }

    private static String subject(KeptStatement statement) {
        return statement.epoch() + "/" + statement.root();
    }

    private Address account(MemberId member) {
        return members.find(member)
                .map(Member::account)
                .orElseThrow(() -> Refused.notFound("member.unknown"));
    }
}
