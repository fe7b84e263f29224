package atelier.admin;

import atelier.identity.Members;
import atelier.identity.Role;
import atelier.identity.RoleGiven;
import atelier.identity.RoleTaken;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.rules.Operators;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Roles here and on the chain: whoever is an admin here is an operator there, and no longer. The
 * chain's part is an intent in the transaction that gave or took the role, whoever asked for it.
 */
@Component
class Appointments {

    private final Members members;
    private final Operators operators;

    Appointments(Members members, Operators operators) {
        this.members = members;
        this.operators = operators;
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void follow(RoleGiven given) {
        if (given.role() == Role.ADMIN) {
            operators.appoint(given.member(), given.account());
        }
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void follow(RoleTaken taken) {
        if (taken.role() == Role.ADMIN) {
            operators.dismiss(taken.member(), taken.account());
        }
    }

    public void appoint(MemberId member, Role role) {
        members.appoint(member, role);
    }

    public void dismiss(MemberId by, MemberId id, Role role) {
        if (role == Role.ADMIN && by.equals(id)) {
            throw Refused.conflict("admin.own-role");
        }
        members.dismiss(id, role);
    }
}
