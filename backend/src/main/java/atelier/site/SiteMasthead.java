package atelier.site;

import atelier.identity.Member;
import atelier.identity.Members;
import atelier.ledger.Ledger;
import atelier.web.CurrentMember;
import atelier.web.Masthead;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Puts the member's name and the points they can spend at the head of every page. */
@Component
class SiteMasthead implements Masthead {

    private final CurrentMember currentMember;
    private final Members members;
    private final Ledger ledger;

    SiteMasthead(CurrentMember currentMember, Members members, Ledger ledger) {
        this.currentMember = currentMember;
        this.members = members;
        this.ledger = ledger;
    }

    @Override
    public Optional<Reader> reader() {
        return currentMember.id().flatMap(members::find).map(this::reader);
    }

    private Reader reader(Member member) {
        return new Reader(
                member.name(), ledger.availableOf(member.account()), currentMember.roles());
    }
}
