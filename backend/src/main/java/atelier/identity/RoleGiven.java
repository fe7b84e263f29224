package atelier.identity;

import atelier.kernel.Address;
import atelier.kernel.MemberId;

/** A member got a role they did not have; told inside the transaction that gave it. */
public record RoleGiven(MemberId member, Address account, Role role) {}
