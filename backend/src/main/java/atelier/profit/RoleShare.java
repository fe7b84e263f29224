package atelier.profit;

import atelier.kernel.TokenAmount;
import java.math.BigInteger;

/**
 * What one role has of a pool.
 *
 * @param part what its weight gives it
 * @param measure the sum of what all accounts did
 * @param reached what of its part they earned; the rest is the commons'
 * @param paid what they have, each share rounded down
 */
public record RoleShare(
        Role role, TokenAmount part, BigInteger measure, TokenAmount reached, TokenAmount paid) {

    TokenAmount unearned() {
        return part.minus(reached);
    }
}
