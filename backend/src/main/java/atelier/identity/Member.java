package atelier.identity;

import atelier.kernel.Address;
import atelier.kernel.MemberId;
import java.time.Instant;
import java.util.Set;

/** A member as others may know them; never the e-mail address. */
public record Member(MemberId id, String name, Address account, Set<Role> roles, Instant joined) {

    public Member {
        roles = Set.copyOf(roles);
    }
}
