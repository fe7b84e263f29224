package atelier.identity;

import atelier.kernel.Address;
import atelier.kernel.MemberId;

/** A member lost a role they had; told inside the transaction that took it. */
public record RoleTaken(MemberId member, Address account, Role role) {}
