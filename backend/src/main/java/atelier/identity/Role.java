package atelier.identity;

/** What a member may do beside owning, making and trading. */
public enum Role {
    /** Everyone who joined. */
    MEMBER,
    /** Sells materials and tools. */
    SUPPLIER,
    /** Sets rules, approves recipes, appoints. */
    ADMIN,
    /** Reads everything, changes nothing. */
    AUDITOR
}
