package atelier.profit;

import java.util.List;
import java.util.Locale;

/** For what an account has a share; each role has a weight in the pool. */
public enum Role {
    /** Made works that were sold. */
    CREATOR(25),
    /** Wrote recipes that were used. */
    AUTHOR(26),
    /** Sold materials and uses of tools. */
    SUPPLIER(27),
    /** Brought buyers. */
    PROMOTER(28),
    /** Made works whose remixes were sold. */
    ANCESTOR(29),
    /** Holds an active seat. */
    MEMBER(30),
    /** Everybody together; stays in the treasury. */
    COMMONS(31);

    /** All that accounts may have, in the order of the text. */
    public static final List<Role> OF_ACCOUNTS =
            List.of(CREATOR, AUTHOR, SUPPLIER, PROMOTER, ANCESTOR, MEMBER);

    private final int weightRule;

    Role(int weightRule) {
        this.weightRule = weightRule;
    }

    /** The number of the rule that holds its weight. */
    public int weightRule() {
        return weightRule;
    }

    /** Lower case, as in the text. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
