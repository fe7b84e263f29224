package atelier.web;

import atelier.kernel.MemberId;
import java.util.Optional;
import java.util.Set;

/** Who sends the request at hand. */
public interface CurrentMember {

    /** Empty for a guest. */
    Optional<MemberId> id();

    /**
     * The member, where a handler's role has already asked for one.
     *
     * @throws IllegalStateException for a guest
     */
    MemberId require();

    /** {@code MEMBER}, {@code SUPPLIER}, {@code ADMIN}, {@code AUDITOR}; empty for a guest. */
    Set<String> roles();

    /** Whether the member has this role. */
    default boolean is(String role) {
        return roles().contains(role);
    }
}
