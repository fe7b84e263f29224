package atelier.profit;

import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.chain.Errands;
import atelier.chain.Intent;
import atelier.chain.IntentState;
import atelier.kernel.Address;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.ledger.Ledger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Pays the shares of the statement that counts to everybody, neighbour by neighbour, and alone to
 * whom that leaves out: who missed a statement, or has more than a neighbour's word holds. What was
 * paid is what left the contract; who has theirs already, by a claim of their own, gets nothing
 * twice.
 */
@Component
class Payments {

    /** Leaves that leave in one transaction; sixteen share a word of marks. */
    static final int STRETCH = 480;

    private static final String KIND = "profit.push";

    /** The statement that counts, with what the chain says of it. */
    private record Due(KeptStatement statement, Publication publication) {}

    private final KeptStatements kept;
    private final Publications publications;
    private final Trees trees;
    private final AlonePayments alone;
    private final Errands errands;
    private final ProfitCalls calls;
    private final Contracts contracts;
    private final PaidShares shares;
    private final ProfitClock clock;

    Payments(
            KeptStatements kept,
            Publications publications,
            Trees trees,
            AlonePayments alone,
            Errands errands,
            ProfitCalls calls,
            Contracts contracts,
            Ledger ledger,
            JdbcClient jdbc,
            ProfitClock clock) {
        this.kept = kept;
        this.publications = publications;
        this.trees = trees;
        this.alone = alone;
        this.errands = errands;
        this.calls = calls;
        this.contracts = contracts;
        this.shares = new PaidShares(jdbc, ledger::givenBy);
        this.clock = clock;
    }

    /** Sends on their way all shares that are due and not on it. */
    void pay() {
        due().ifPresent(due -> {
            Map<Address, TokenAmount> paid = paid();
            int accounts = kept.accounts(due.statement().epoch());
            List<Line> leftOut = new ArrayList<>();
            for (int first = 0; first < accounts; first += STRETCH) {
                List<Line> stretch = kept.lines(due.statement().epoch(), first, STRETCH);
                leftOut.addAll(push(due, stretch, line -> isDue(line, paid)));
            }
            alone.pay(
                    due.publication(),
                    leftOut,
                    account -> paid.getOrDefault(account, TokenAmount.ZERO));
        });
    }

    /**
     * Pushes those of a stretch who are due something.
     *
     * @return who has too much for that, and who was not paid by a push that is over
     */
    private List<Line> push(Due due, List<Line> stretch, Predicate<Line> isDue) {
        List<Line> leftOut =
                new ArrayList<>(
                        stretch.stream()
                                .filter(isDue)
                                .filter(line -> !Pushable.fits(line))
                                .toList());
        for (List<Line> run : Pushable.runs(stretch)) {
            List<Line> open = run.stream().filter(isDue).toList();
            if (!open.isEmpty() && isDone(push(due, run))) {
                leftOut.addAll(open);
            }
        }
        return leftOut;
    }

    /**
     * Has all that is open paid to a member, once.
     *
     * @throws Refused {@code claim.nothing} if nothing is, or the contract has paid it
     */
    Intent claim(MemberId member, Address account) {
        Due due = due().orElseThrow(AlonePayments::nothing);
        Line line = kept.line(due.statement().epoch(), account).orElseThrow(AlonePayments::nothing);
        return alone.claim(member, due.publication(), line, paid(account));
    }

    /** Whether shares of the statement that counts are still to be paid. */
    boolean underWay() {
        return due().isPresent();
    }

    /** What an account was paid so far. */
    TokenAmount paid(Address account) {
        return paid().getOrDefault(account, TokenAmount.ZERO);
    }

    /** The statement that counts, unless all of it was paid. */
    private Optional<Due> due() {
        return publications.all(clock.now()).stream()
                .filter(Publication::counts)
                .max(Comparator.comparingInt(Publication::number))
                .filter(one -> outstanding(one).signum() > 0)
                .flatMap(one ->
                        kept.find(one.epoch())
                                .filter(one::of)
                                .map(statement -> new Due(statement, one)));
    }

    private TokenAmount outstanding(Publication counting) {
        Address treasury = contracts.address(ContractKind.TREASURY);
        return paid().entrySet().stream()
                .filter(one -> !one.getKey().equals(treasury))
                .map(Map.Entry::getValue)
                .reduce(counting.total(), TokenAmount::minus);
    }

    private Map<Address, TokenAmount> paid() {
        return shares.by(payer());
    }

    private Address payer() {
        return contracts.address(ContractKind.PROFIT_SHARE);
    }

    private static boolean isDue(Line line, Map<Address, TokenAmount> paid) {
        return line.total().compareTo(paid.getOrDefault(line.account(), TokenAmount.ZERO)) > 0;
    }

    private Intent push(Due due, List<Line> run) {
        KeptStatement statement = due.statement();
        int first = run.getFirst().number();
        return errands.send(
                new Errands.Errand(
                        KIND,
                        due.publication().tx() + "/" + first,
                        null,
                        "/profit/" + statement.epoch()),
                () ->
                        calls.push(
                                run,
                                statement.depth(),
                                trees.of(statement).range(first, run.size())));
    }

    private static boolean isDone(Intent intent) {
        return intent.state() instanceof IntentState.InBlock
                || intent.state() instanceof IntentState.Final;
    }
}
