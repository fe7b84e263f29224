package atelier.site;

import atelier.chain.Intents;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.Address;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.ledger.Ledger;
import atelier.rules.Rules;
import atelier.web.Receipt;
import atelier.web.WorkCard;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Gathers what the public pages show. */
@Component
class Lobby {

    private static final int ON_A_WALL = 10;
    private static final int ON_A_SHELF = 100;

    private final Members members;
    private final Ledger ledger;
    private final Intents intents;
    private final Rules rules;
    private final Example example;
    private final Walls walls;

    Lobby(
            Members members,
            Ledger ledger,
            Intents intents,
            Rules rules,
            Example example,
            Walls walls) {
        this.members = members;
        this.ledger = ledger;
        this.intents = intents;
        this.rules = rules;
        this.example = example;
        this.walls = walls;
    }

    /** A member's own page; empty if there is no such member any more. */
    Optional<Home> home(MemberId id) {
        return members.find(id).map(this::home);
    }

    /** What anyone may see of a member. */
    Shelf shelf(MemberId id) {
        Member member = members.find(id).orElseThrow(() -> Refused.notFound("member.unknown"));
        return new Shelf(
                member.name(),
                member.joined(),
                walls.countOwnedBy(member),
                walls.ownedBy(member, ON_A_SHELF));
    }

    /** The newest works for sale: one for the opening, and a wall. */
    List<WorkCard> newest() {
        return walls.newest(ON_A_WALL + 1);
    }

    /** A sale by the rules in force; empty while the mirror does not hold them yet. */
    Optional<Receipt> example() {
        try {
            return Optional.of(example.by(rules.current()));
        } catch (Refused unread) {
            return Optional.empty();
        }
    }

    private Home home(Member member) {
        Address account = member.account();
        TokenAmount available = ledger.availableOf(account);
        List<WorkCard> works = walls.ownedBy(member, ON_A_WALL);
        return new Home(
                member.name(),
                available,
                ledger.pointsOf(account).minus(available),
                ledger.owesWelcome(member.id()),
                intents.open(member.id()),
                works,
                walls.newest(ON_A_WALL),
                Home.Next.after(works));
    }
}
