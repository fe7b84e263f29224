package atelier.profit;

import atelier.kernel.Address;
import atelier.kernel.TokenAmount;
import java.util.List;

/**
 * What a statement opens with; all of it is in the one before.
 *
 * @param loss what income has to make up for first
 * @param brought what joins the pool
 * @param accounts all shares so far of every account, in the order of the accounts' numbers
 */
record Opening(TokenAmount loss, TokenAmount brought, List<Balance> accounts) {

    /** An account, and all its shares so far. */
    record Balance(Address account, TokenAmount total) {}

    static final Opening FIRST = new Opening(TokenAmount.ZERO, TokenAmount.ZERO, List.of());

    /** After a statement that counts. */
    static Opening after(Statement one) {
        return new Opening(
                one.lossAfter(),
                one.carry(),
                one.lines().stream()
                        .map(line -> new Balance(line.account(), line.total()))
                        .toList());
    }

    /** After one that a vote refused: as it opened itself, with what nobody got. */
    static Opening afterRefused(Statement one) {
        return new Opening(
                one.lossAfter(),
                one.carry().plus(one.fresh()),
                one.lines().stream()
                        .map(line -> new Balance(line.account(), line.total().minus(line.fresh())))
                        .filter(balance -> balance.total().signum() > 0)
                        .toList());
    }
}
