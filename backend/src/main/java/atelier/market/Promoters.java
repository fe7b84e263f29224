package atelier.market;

import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.Address;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Who may be named as who brought a buyer. The contract takes any account; here it is a member's,
 * and nobody's who has a part in the sale: the statement gives them nothing as its promoter.
 */
@Component
class Promoters {

    private final Members members;

    Promoters(Members members) {
        this.members = members;
    }

    /**
     * The account of a member who is named.
     *
     * @throws Refused {@code promoter.unknown}
     */
    Address account(MemberId named) {
        return members.find(named)
                .map(Member::account)
                .orElseThrow(() -> Refused.invalid("promoter.unknown", named));
    }

    /** The member, if they may be named for this sale. */
    Optional<Member> fit(MemberId named, Address buyer, Order order) {
        return members.find(named).filter(one -> obstacle(one.account(), buyer, order).isEmpty());
    }

    /** Why this account cannot have brought this buyer, if so. */
    static Optional<Refused> obstacle(Address promoter, Address buyer, Order order) {
        return List.of(buyer, order.maker(), order.work().creator()).contains(promoter)
                ? Optional.of(Refused.invalid("promoter.party"))
                : Optional.empty();
    }
}
