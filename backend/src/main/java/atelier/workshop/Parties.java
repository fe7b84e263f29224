package atelier.workshop;

import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.Address;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Puts names to accounts. */
@Component
class Parties {

    private static final int BRIEF_HEAD = 6;
    private static final int BRIEF_TAIL = 4;

    private final Function<Set<Address>, Map<Address, Member>> members;

    @Autowired
    Parties(Members members) {
        this(members::byAddresses);
    }

    Parties(Function<Set<Address>, Map<Address, Member>> members) {
        this.members = members;
    }

    /** Everyone asked for, member or not. */
    Map<Address, Party> of(Collection<Address> accounts) {
        Map<Address, Member> known = members.apply(Set.copyOf(accounts));
        Map<Address, Party> parties = new LinkedHashMap<>();
        accounts.forEach(account -> parties.put(account, party(account, known.get(account))));
        return parties;
    }

    /** One of those asked for. */
    static Party in(Map<Address, Party> parties, Address account) {
        return Objects.requireNonNull(parties.get(account), account::toString);
    }

    private static Party party(Address account, @Nullable Member member) {
        return member == null
                ? new Party(account, null, brief(account.toString()))
                : new Party(account, member.id(), member.name());
    }

    private static String brief(String hex) {
        return hex.substring(0, BRIEF_HEAD) + "…" + hex.substring(hex.length() - BRIEF_TAIL);
    }
}
