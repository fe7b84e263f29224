package atelier.profit;

import atelier.kernel.Hash32;
import atelier.kernel.TokenAmount;

/**
 * A statement as it is kept: made once, of all facts that a mirrored block and those before state.
 *
 * @param head all that it says but the accounts
 * @param root of its tree
 * @param depth of its tree
 * @param total the sum of all shares so far
 * @param digest the SHA-256 of its text
 * @param readTo the number of that block
 */
public record KeptStatement(
        Statement head, Hash32 root, int depth, TokenAmount total, Hash32 digest, long readTo) {

    public long epoch() {
        return head.epoch().number();
    }

    /** Whether it gives anybody anything; what does not needs no publication. */
    public boolean gives() {
        return head.fresh().signum() > 0;
    }
}
