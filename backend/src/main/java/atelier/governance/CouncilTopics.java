package atelier.governance;

import atelier.contracts.Council;
import atelier.contracts.TimelockController;
import atelier.kernel.Hash32;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.datatypes.Event;

/** First topics of the events that make proposals and ballots. */
final class CouncilTopics {

    static final Hash32 PROPOSED = of(Council.PROPOSALCREATED_EVENT);
    static final Hash32 ELECTORATE_FIXED = of(Council.ELECTORATEFIXED_EVENT);
    static final Hash32 EXTENDED = of(Council.PROPOSALEXTENDED_EVENT);
    static final Hash32 QUEUED = of(Council.PROPOSALQUEUED_EVENT);
    static final Hash32 EXECUTED = of(Council.PROPOSALEXECUTED_EVENT);
    static final Hash32 CANCELED = of(Council.PROPOSALCANCELED_EVENT);
    static final Hash32 VOTE_CAST = of(Council.VOTECAST_EVENT);
    static final Hash32 VOTE_CAST_WITH_PARAMS = of(Council.VOTECASTWITHPARAMS_EVENT);
    static final Hash32 BALLOT_REFUSED = of(Council.BALLOTREFUSED_EVENT);
    static final Hash32 CALL_EXECUTED = of(TimelockController.CALLEXECUTED_EVENT);

    private CouncilTopics() {}

    private static Hash32 of(Event event) {
        return Hash32.parse(EventEncoder.encode(event));
    }
}
