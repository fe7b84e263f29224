package atelier.identity;

import atelier.kernel.Address;
import atelier.kernel.MemberId;

/**
 * Somebody joined; told inside the transaction that made them, so that a listener's work is part of
 * it.
 */
public record MemberJoined(MemberId member, Address account) {}
