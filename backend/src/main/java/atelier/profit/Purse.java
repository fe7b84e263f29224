package atelier.profit;

import atelier.kernel.TokenAmount;

/**
 * An account's shares of all statements that count.
 *
 * @param total all of them
 * @param paid what of them has arrived
 */
public record Purse(TokenAmount total, TokenAmount paid) {

    public TokenAmount due() {
        return total.minus(paid);
    }
}
