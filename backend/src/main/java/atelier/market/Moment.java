package atelier.market;

import atelier.kernel.Address;
import atelier.rules.Rulebook;
import atelier.rules.TradeMode;
import java.time.Instant;

/**
 * Everything outside an order that decides whether it is good.
 *
 * @param contract the market that orders are signed for
 * @param now the later of the clock and the newest mirrored block's time: an idle development chain
 *     lags behind the clock, and a chain whose time ran ahead is right about itself
 */
record Moment(long chainId, Address contract, Instant now, Rulebook rules) {

    boolean salesAllowed() {
        return rules.tradeMode().compareTo(TradeMode.FIXED) >= 0;
    }
}
