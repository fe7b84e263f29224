package atelier.workshop;

import atelier.kernel.Address;
import atelier.kernel.MemberId;
import org.jspecify.annotations.Nullable;

/**
 * Someone who made, owns, wrote or supplies something.
 *
 * @param member null for an account that is not a member's here
 * @param name the member's name, or the account's short form
 */
public record Party(Address account, @Nullable MemberId member, String name) {

    /** The public page of a member; null for an account that is not a member's here. */
    public @Nullable String href() {
        return member == null ? null : "/members/" + member;
    }
}
