package atelier.market;

import atelier.identity.Members;
import atelier.kernel.Address;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.WorkId;
import atelier.workshop.WorkView;
import atelier.workshop.Workshop;
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
