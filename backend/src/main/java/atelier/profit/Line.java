package atelier.profit;

import atelier.kernel.Address;
import atelier.kernel.TokenAmount;
import java.util.Map;

/**
 * What a statement says of one account.
 *
 * @param number its leaf's, which never changes
 * @param total all shares so far
 * @param byRole what is new, by role; a role that brought nothing is absent
 */
public record Line(int number, Address account, TokenAmount total, Map<Role, TokenAmount> byRole) {

    /** What is new by one role. */
    public TokenAmount by(Role role) {
        return byRole.getOrDefault(role, TokenAmount.ZERO);
    }

    /** All that is new. */
    public TokenAmount fresh() {
        return byRole.values().stream().reduce(TokenAmount.ZERO, TokenAmount::plus);
    }

    Share share() {
        return new Share(account, total, fresh());
    }
}
