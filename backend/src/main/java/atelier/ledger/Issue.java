package atelier.ledger;

import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import atelier.kernel.TokenAmount;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Points issued to a member, or on their way, and why.
 *
 * @param reason what the admin wrote; null for the welcome of a new member
 * @param grantedBy the admin; null for the welcome
 */
public record Issue(
        IntentId intent,
        MemberId member,
        TokenAmount amount,
        @Nullable String reason,
        @Nullable MemberId grantedBy,
        Instant at) {

    /** Whether it is the welcome of a new member. */
    public boolean welcome() {
        return grantedBy == null;
    }
}
