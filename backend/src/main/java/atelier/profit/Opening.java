package atelier.profit;

import atelier.kernel.Address;
import atelier.kernel.TokenAmount;
import java.util.Collections;
import java.util.SequencedMap;

/**
 * What a statement opens with.
 *
 * @param loss what income has to make up for first
 * @param brought what joins the pool
 * @param totals all shares so far of every account, in the order of the accounts' numbers
 */
record Opening(TokenAmount loss, TokenAmount brought, SequencedMap<Address, TokenAmount> totals) {

    static final Opening FIRST =
            new Opening(TokenAmount.ZERO, TokenAmount.ZERO, Collections.emptySortedMap());
}
