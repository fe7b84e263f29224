package atelier.governance.web;

import atelier.governance.Council;
import atelier.governance.Proposal;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.Address;
import atelier.web.Format;
import java.util.List;
import org.springframework.stereotype.Component;

/** Puts proposals into words for lists. */
@Component
class ProposalCards {

    private final Council council;
    private final Members members;
    private final Format format;

    ProposalCards(Council council, Members members, Format format) {
        this.council = council;
        this.members = members;
        this.format = format;
    }

    List<ProposalCard> of(List<Proposal> proposals) {
        return proposals.stream()
                .map(one -> ProposalCard.of(one, council.sentences(one), name(one.proposer())))
                .toList();
    }

    String name(Address account) {
        return members.byAddress(account).map(Member::name).orElse(format.brief(account));
    }
}
