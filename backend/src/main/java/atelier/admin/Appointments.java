package atelier.admin;

import atelier.identity.Member;
import atelier.identity.Members;
import atelier.identity.Role;
import atelier.identity.RoleGiven;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.rules.Operators;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Roles here and on the chain: whoever is an admin here is an operator there, and no longer. */
@Component
class Appointments {

    private final Members members;
    private final Operators operators;

    Appointments(Members members, Operators operators) {
        this.members = members;
        this.operators = operators;
    }

    @EventListener
    @Transactional
    public void follow(RoleGiven given) {
        if (given.role() == Role.ADMIN) {
            operators.appoint(given.member(), given.account());
        }
    }

    @Transactional
    public void appoint(MemberId member, Role role) {
        members.appoint(member, role);
    }

    @Transactional
    public void dismiss(MemberId by, MemberId id, Role role) {
        if (role == Role.ADMIN && by.equals(id)) {
            throw Refused.conflict("admin.own-role");
        }
        Member member = members.find(id).orElseThrow(() -> Refused.notFound("member.unknown"));
        if (!member.roles().contains(role)) {
            return;
        }
        members.dismiss(id, role);
        if (role == Role.ADMIN) {
            operators.dismiss(id, member.account());
        }
    }
}
