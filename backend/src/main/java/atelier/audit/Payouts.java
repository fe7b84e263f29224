package atelier.audit;

import atelier.chain.ChainHistory;
import atelier.chain.ContractKind;
import atelier.chain.ContractLog;
import atelier.chain.Topics;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.TokenAmount;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was published and paid, held against the statements. First it hears what ProfitShare said
 * and which points it got and gave; once the statements are made, it goes through that in order.
 *
 * <p>A claim has no event of its own: what was paid is what left the contract. Whoever is paid then
 * has all shares so far, by the statement that counts; so nobody is paid twice, and nobody else.
 */
final class Payouts implements ChainHistory.Listener {

    /** A statement that was published and does not count yet. */
    private record Waiting(ContractLog published, @Nullable Made right, TokenAmount funding) {

        long epoch() {
            return published.numberTopic(1).longValue();
        }

        Hash32 root() {
            return published.topics().get(2);
        }
    }

    private final Address profitShare;
    private final Address treasury;
    private final Optional<Long> only;
    private final Findings findings;
    private final List<ContractLog> heard = new ArrayList<>();
    private final Map<Long, Made> statements = new TreeMap<>();
    private final Map<Long, Course> courses = new TreeMap<>();
    private final Map<Address, TokenAmount> paid = new HashMap<>();

    private long due = 1;
    private long number;
    private Hash32 root = Hash32.ZERO;
    private @Nullable Made counting;
    private @Nullable Waiting waiting;
    private @Nullable TokenAmount returning;
    private TokenAmount funded = TokenAmount.ZERO;
    private TokenAmount allFunded = TokenAmount.ZERO;
    private TokenAmount allPaid = TokenAmount.ZERO;

    Payouts(Address profitShare, Address treasury, Optional<Long> only, Findings findings) {
        this.profitShare = profitShare;
        this.treasury = treasury;
        this.only = only;
        this.findings = findings;
    }

    @Override
    public void hear(ContractLog log, Address contract) {
        if (log.contract() == ContractKind.PROFIT_SHARE && contract.equals(profitShare)) {
            heard.add(log);
        } else if (log.contract() == ContractKind.POINTS
                && log.is(Topics.TRANSFER)
                && (log.addressTopic(1).equals(profitShare)
                        || log.addressTopic(2).equals(profitShare))) {
            heard.add(log);
        }
    }

    /** Goes through all that was heard; how each statement has fared. */
    Map<Long, Course> check(List<Made> made) {
        for (Made one : made) {
            statements.put(one.epoch(), one);
            courses.put(one.epoch(), new Course());
        }
        for (ContractLog log : heard) {
            if (log.contract() == ContractKind.POINTS) {
                moved(log);
            } else if (log.is(Topics.PUBLISHED)) {
                published(log);
            } else if (log.is(Topics.EFFECTIVE)) {
                effective(log);
            } else if (log.is(Topics.HELD)) {
                reach(Course.Stage.HELD);
            } else if (log.is(Topics.RELEASED)) {
                reach(Course.Stage.WAITING);
            } else if (log.is(Topics.CANCELLED)) {
                cancelled(log);
            }
        }
        return courses;
    }

    private void published(ContractLog log) {
        long epoch = log.numberTopic(1).longValue();
        Made made = statements.get(epoch);
        Hash32 published = log.topics().get(2);
        TokenAmount total = new TokenAmount(log.number(0));
        if (made == null) {
            find(
                    epoch,
                    log,
                    "A statement is published for epoch %d, which is not closed.".formatted(epoch));
        } else if (epoch != due) {
            find(
                    epoch,
                    log,
                    "The statement of epoch %d is published, but that of epoch %d is due."
                            .formatted(epoch, due));
        } else {
            compare(made, log, "root", published, made.root());
            compare(made, log, "total", total, made.statement().total());
            compare(made, log, "text's SHA-256", Hash32.of(log.bytes(2)), made.text());
            compare(made, log, "funding", funded, made.statement().fresh());
        }
        boolean right = made != null && epoch == due && made.root().equals(published);
        waiting = new Waiting(log, right ? made : null, funded);
        funded = TokenAmount.ZERO;
        reach(right ? Course.Stage.WAITING : Course.Stage.WRONG);
    }

    private void compare(Made made, ContractLog log, String what, Object said, Object is) {
        if (!said.equals(is)) {
            find(
                    made.epoch(),
                    log,
                    "The %s published for epoch %d is %s; the chain's events give %s."
                            .formatted(what, made.epoch(), said, is));
        }
    }

    private void effective(ContractLog log) {
        long epoch = log.numberTopic(1).longValue();
        Hash32 effective = log.topics().get(2);
        number++;
        Waiting now = waiting;
        if (now == null || now.epoch() != epoch || !now.root().equals(effective)) {
            find(epoch, log, "A statement of epoch %d counts that did not wait.".formatted(epoch));
        }
        if (!log.number(0).equals(BigInteger.valueOf(number))) {
            find(
                    epoch,
                    log,
                    "Statement %d is said to be the %dth.".formatted(number, log.number(0)));
        }
        if (now != null) {
            allFunded = allFunded.plus(now.funding());
        }
        counting = now == null ? null : now.right();
        reach(counting == null ? Course.Stage.WRONG : Course.Stage.COUNTING);
        root = effective;
        due = Math.max(due, epoch + 1);
        waiting = null;
    }

    /** A wrong statement that a vote ended has done no harm: the right one is still due. */
    private void cancelled(ContractLog log) {
        Waiting now = waiting;
        returning = new TokenAmount(log.number(0));
        if (now == null) {
            long epoch = log.numberTopic(1).longValue();
            find(
                    epoch,
                    log,
                    "A statement of epoch %d is cancelled that did not wait.".formatted(epoch));
            return;
        }
        if (!returning.equals(now.funding())) {
            find(
                    now.epoch(),
                    log,
                    "%s points go back of a cancelled statement, %s had come."
                            .formatted(returning, now.funding()));
        }
        if (now.right() == null) {
            findings.forgive(now.published());
            reach(Course.Stage.UNPUBLISHED);
        } else {
            reach(Course.Stage.REFUSED);
            due++;
        }
        waiting = null;
    }

    private void moved(ContractLog log) {
        TokenAmount amount = new TokenAmount(log.number(0));
        Address to = log.addressTopic(2);
        if (to.equals(profitShare)) {
            if (log.addressTopic(1).equals(treasury)) {
                funded = funded.plus(amount);
            }
        } else if (to.equals(treasury) && returning != null) {
            if (!returning.equals(amount)) {
                find(
                        0,
                        log,
                        "%s points go back to the treasury, not %s.".formatted(amount, returning));
            }
            returning = null;
        } else {
            pay(log, to, amount);
        }
    }

    private void pay(ContractLog log, Address to, TokenAmount amount) {
        TokenAmount after = paid.merge(to, amount, TokenAmount::plus);
        allPaid = allPaid.plus(amount);
        Made now = counting;
        if (now == null) {
            find(
                    0,
                    log,
                    "%s is paid %s points by no statement that is right.".formatted(to, amount));
            return;
        }
        Objects.requireNonNull(courses.get(now.epoch())).pay(amount);
        TokenAmount total = now.totals().get(to);
        if (total == null) {
            find(
                    now.epoch(),
                    log,
                    "%s is paid %s points and has no share in the statement of epoch %d."
                            .formatted(to, amount, now.epoch()));
        } else if (!after.equals(total)) {
            find(
                    now.epoch(),
                    log,
                    ("%s is paid %s points and has had %s then; by the statement of epoch %d it"
                                    + " is %s.")
                            .formatted(to, amount, after, now.epoch(), total));
        }
        if (allPaid.compareTo(allFunded) > 0) {
            find(
                    now.epoch(),
                    log,
                    "%s points are paid, and only %s came with the statements."
                            .formatted(allPaid, allFunded));
        }
    }

    /** Asks the contract what counts and what it paid, as of a block. */
    void compare(ChainHistory history, long block) {
        byte[] answer =
                history.ask(profitShare, List.of(ChainHistory.call("current()")), block).getFirst();
        List<BigInteger> current = ChainHistory.words(answer);
        if (current.size() < 5) {
            findings.add("ProfitShare does not say what counts.");
            return;
        }
        TokenAmount said = new TokenAmount(current.get(2));
        if (!said.equals(allPaid)) {
            findings.add(
                    "By the transfers %s points were paid, ProfitShare says %s."
                            .formatted(allPaid, said));
        }
        Hash32 counts = Hash32.parse("%064x".formatted(current.getFirst()));
        Waiting next = waiting;
        boolean becameDue = next != null && next.root().equals(counts);
        if (!becameDue && !counts.equals(root)) {
            findings.add(
                    "By its events the root %s counts, ProfitShare says %s."
                            .formatted(root, counts));
        }
        if (next != null && becameDue && next.right() != null) {
            reach(Course.Stage.COUNTING);
        }
    }

    private void reach(Course.Stage stage) {
        Waiting now = waiting;
        Course course = now == null ? null : courses.get(now.epoch());
        if (course != null) {
            course.reach(stage);
        }
    }

    /** What no epoch is to blame for is told whichever is asked for. */
    private void find(long epoch, ContractLog log, String words) {
        if (epoch == 0 || only.isEmpty() || only.get() == epoch) {
            findings.add(log, words);
        }
    }
}
