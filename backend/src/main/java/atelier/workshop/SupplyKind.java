package atelier.workshop;

/** How a supply is used up; in the order of the contract's numbers. */
public enum SupplyKind {
    /** Burned as it is. */
    MATERIAL,
    /** A stack of uses, burned use by use. */
    TOOL
}
