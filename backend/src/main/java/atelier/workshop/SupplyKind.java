package atelier.workshop;

/** How a supply is used up. */
public enum SupplyKind {
    /** Burned as it is. */
    MATERIAL(0),
    /** A stack of uses, burned use by use. */
    TOOL(1);

    private final int number;

    SupplyKind(int number) {
        this.number = number;
    }

    /** The contract's number for it. */
    int number() {
        return number;
    }

    static SupplyKind of(int number) {
        return number == TOOL.number ? TOOL : MATERIAL;
    }
}
