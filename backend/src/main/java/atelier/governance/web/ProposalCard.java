package atelier.governance.web;

import atelier.governance.Proposal;
import atelier.governance.ProposalState;
import atelier.governance.Sentence;
import atelier.governance.Tally;
import atelier.governance.Timeline;
import java.util.List;

/**
 * A proposal as pages show it.
 *
 * @param title what its first call does
 * @param more how many other calls it has
 * @param tone the letter of its state in the stylesheet
 * @param proposer the member's name, or the account's short form
 */
record ProposalCard(
        String id,
        String title,
        int more,
        ProposalState state,
        String tone,
        String proposer,
        Tally tally,
        Timeline times) {

    static ProposalCard of(Proposal proposal, List<Sentence> sentences, String proposer) {
        return new ProposalCard(
                proposal.id().toString(),
                sentences.getFirst().words(),
                sentences.size() - 1,
                proposal.state(),
                tone(proposal.state()),
                proposer,
                proposal.tally(),
                proposal.times());
    }

    private static String tone(ProposalState state) {
        return switch (state) {
            case PENDING, SUCCEEDED, QUEUED -> "w";
            case ACTIVE -> "b";
            case EXECUTED -> "f";
            case DEFEATED -> "n";
            case CANCELED -> "x";
        };
    }
}
