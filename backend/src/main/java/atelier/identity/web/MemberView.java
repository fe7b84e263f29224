package atelier.identity.web;

import atelier.identity.Member;
import atelier.identity.Role;
import java.time.Instant;
import java.util.List;

/** A member as the API shows them. */
record MemberView(String id, String name, String account, List<String> roles, Instant joined) {

    static MemberView of(Member member) {
        return new MemberView(
                member.id().toString(),
                member.name(),
                member.account().toString(),
                member.roles().stream().sorted().map(Role::name).toList(),
                member.joined());
    }
}
