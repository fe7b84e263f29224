package atelier.governance;

import atelier.kernel.Address;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Who may do what, and how long it takes.
 *
 * @param duty the duty's key, or contract and selector of a function that we have no word for
 * @param role who may, as a group
 * @param holders the accounts that have the role now, contracts among them
 * @param byOperators whether operators may propose it to the timelock, without a vote
 * @param byCouncil whether a vote can decide it
 * @param delay from deciding to doing
 */
public record Power(
        String duty,
        boolean known,
        Role role,
        List<Address> holders,
        boolean byOperators,
        boolean byCouncil,
        Duration delay) {

    /** The manager's roles. */
    public enum Role {
        RATCHET(0),
        OPERATORS(1),
        COMMUNITY(2),
        SHARES(3),
        KEEPERS(4),
        OTHER(-1);

        private final long number;

        Role(long number) {
            this.number = number;
        }

        static Role numbered(long number) {
            for (Role role : values()) {
                if (role.number == number) {
                    return role;
                }
            }
            return OTHER;
        }

        /** Lower-case, in messages and the API. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Power {
        holders = List.copyOf(holders);
    }
}
