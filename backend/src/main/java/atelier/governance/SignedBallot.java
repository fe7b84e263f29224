package atelier.governance;

import atelier.kernel.Address;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import atelier.vault.Signature;
import org.jspecify.annotations.Nullable;

/**
 * A ballot with its signature, to be brought to the Council by anyone.
 *
 * @param member whose vault key signed it; null where somebody's own key did
 * @param number a higher one replaces a lower one
 * @param batch the intent that brings it, with others; null while it waits for one
 */
record SignedBallot(
        ProposalId proposal,
        Address voter,
        @Nullable MemberId member,
        Vote choice,
        int number,
        Signature signature,
        @Nullable IntentId batch) {}
