package atelier.chain;

/** The contracts of a community; each stands in the Directory under its name. */
public enum ContractKind {
    POINTS("Points"),
    SUPPLIES("Supplies"),
    WORKS("Works"),
    WORKSHOP("Workshop"),
    MARKET("Market"),
    RULE_BOOK("RuleBook"),
    TREASURY("Treasury"),
    DIRECTORY("Directory"),
    SEATS("Seats"),
    COUNCIL("Council"),
    RATCHET("Ratchet"),
    TIMELOCK("Timelock"),
    PROFIT_SHARE("ProfitShare"),
    ACCESS_MANAGER("AccessManager"),
    FORWARDER("Forwarder");

    private final String directoryName;

    ContractKind(String directoryName) {
        this.directoryName = directoryName;
    }

    /** The name in the Directory, in {@code derived.log.contract} and in the bindings. */
    public String directoryName() {
        return directoryName;
    }

    /**
     * Finds a kind by its name in the Directory.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static ContractKind named(String directoryName) {
        for (ContractKind kind : values()) {
            if (kind.directoryName.equals(directoryName)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("No contract is called " + directoryName);
    }
}
