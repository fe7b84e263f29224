package atelier.profit;

import atelier.kernel.Address;
import atelier.kernel.TokenAmount;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Divides epoch after epoch as it was, and from one on also as it would be under changed rules. It
 * writes no accounts down: only what they have is wanted.
 */
final class Rehearsal {

    /** Shares that are only thought of are claimed nowhere. */
    private static final ShareDomain NOWHERE = new ShareDomain(0, Address.ZERO);

    /** One way that things go. */
    private static final class Course {

        private final List<Statement> statements = new ArrayList<>();
        private final Amounts shares = new Amounts();
        private Opening opening;

        private Course(Opening opening) {
            this.opening = opening;
        }

        private void pass(Merits merits) {
            opening = Opening.after(Reckoning.of(opening, merits).head(NOWHERE));
        }

        private void take(Merits merits) {
            Reckoning reckoning = Reckoning.of(opening, merits);
            Statement head = reckoning.head(NOWHERE);
            statements.add(head);
            reckoning.division().shares().values().forEach(shares::addAll);
            opening = Opening.after(head);
        }
    }

    private final Outline outline;
    private final Map<Integer, BigInteger> changes;
    private final long from;
    private final Course was;
    private final Course would;
    private @Nullable Accounts accounts;

    /**
     * Nothing divided yet.
     *
     * @param from the number of the first epoch with other rules
     */
    Rehearsal(Outline outline, Opening opening, Map<Integer, BigInteger> changes, long from) {
        this.outline = outline;
        this.changes = changes;
        this.from = from;
        this.was = new Course(opening);
        this.would = new Course(opening);
    }

    void take(Doings doings) {
        Merits merits = Merits.of(doings, outline.rules(doings.epoch()));
        if (doings.epoch().number() < from) {
            was.pass(merits);
            would.opening = was.opening;
            return;
        }
        was.take(merits);
        would.take(merits.under(merits.rules().with(changes)));
        accounts = doings.accounts();
    }

    Replay replay() {
        return new Replay(
                List.copyOf(was.statements),
                List.copyOf(would.statements),
                accounts == null ? Collections.emptySortedMap() : byAccount(accounts));
    }

    private SortedMap<Address, Replay.Change> byAccount(Accounts all) {
        SortedMap<Address, Replay.Change> changed = new TreeMap<>();
        for (int account = 0; account < all.size(); account++) {
            TokenAmount before = new TokenAmount(was.shares.of(account));
            TokenAmount after = new TokenAmount(would.shares.of(account));
            if (before.signum() > 0 || after.signum() > 0) {
                changed.put(all.account(account), new Replay.Change(before, after));
            }
        }
        return Collections.unmodifiableSortedMap(changed);
    }
}
