package atelier.governance.web;

import atelier.governance.ProposalId;
import atelier.governance.ProposedCall;
import atelier.governance.Vote;
import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.kernel.Refused;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns what stands in an address or a field into a type; what cannot be one is refused. */
final class ProposalPaths {

    private ProposalPaths() {}

    static ProposalId proposal(String text) {
        try {
            return ProposalId.parse(text);
        } catch (IllegalArgumentException e) {
            throw Refused.notFound("proposal.unknown");
        }
    }

    static UUID idea(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Refused.notFound("idea.unknown");
        }
    }

    static Vote vote(@Nullable String text) {
        try {
            return Vote.ofKey(text == null ? "" : text);
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("ballot.unknown-choice");
        }
    }

    static Address account(@Nullable String text) {
        try {
            return Address.parse(text == null ? "" : text);
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("proposal.account");
        }
    }

    static ProposedCall call(@Nullable String target, @Nullable String data) {
        try {
            return new ProposedCall(
                    Address.parse(target == null ? "" : target),
                    Bytes.parse(data == null ? "" : data));
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("proposal.call");
        }
    }
}
