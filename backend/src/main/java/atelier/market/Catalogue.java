package atelier.market;

import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.Address;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.WorkId;
import atelier.workshop.WorkView;
import atelier.workshop.Workshop;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What the market has to know about works and members from those who keep them. */
@Component
class Catalogue {

    private final Workshop workshop;
    private final Members members;

    Catalogue(Workshop workshop, Members members) {
        this.workshop = workshop;
        this.members = members;
    }

    /** A member's account. */
    Address account(MemberId member) {
        return members.find(member)
                .orElseThrow(() -> new IllegalStateException("No member " + member))
                .account();
    }

    /** The accounts of those of these who are members. */
    Map<MemberId, Address> accounts(Collection<MemberId> ids) {
        return members.find(ids).values().stream()
                .collect(Collectors.toMap(Member::id, Member::account));
    }

    /** Who wrote the recipe of a work. */
    Address author(WorkId work) {
        return workshop.authorOf(work.recipe()).orElseThrow(() -> Refused.notFound("work.unknown"));
    }

    /** What a search finds a work by: its title, its creator's name, its recipe's title. */
    String words(WorkId id) {
        WorkView work = workshop.work(id).orElseThrow(() -> Refused.notFound("work.unknown"));
        return String.join("\n", work.title(), work.creator().name(), work.recipeTitle());
    }
}
