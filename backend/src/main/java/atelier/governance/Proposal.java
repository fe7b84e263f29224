package atelier.governance;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Something put to the vote, as the mirror has it.
 *
 * @param description as it was sent; its hash is part of the proposal's number
 * @param lastSeat seats with a higher number have no vote on it
 * @param state at the moment it was asked for
 */
@SuppressWarnings("ArrayRecordComponent")
public record Proposal(
        ProposalId id,
        Address proposer,
        List<ProposedCall> calls,
        byte[] description,
        long lastSeat,
        Tally tally,
        ProposalState state,
        Timeline times,
        long block,
        Hash32 tx) {

    public Proposal {
        calls = List.copyOf(calls);
    }

    /** What the proposer wrote, as far as it can be shown; nobody checked that it is true. */
    public String reason() {
        return Reason.read(new String(description, StandardCharsets.UTF_8));
    }

    Motion motion() {
        return new Motion(calls, description);
    }
}
