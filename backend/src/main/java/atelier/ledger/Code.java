package atelier.ledger;

import java.util.Locale;

/** Why something moved; each has its words under {@code ledger.code.<key>}, in and out apart. */
public enum Code {
    /** Points issued, out of nothing. */
    ISSUE,
    /** From one member to another, by themselves. */
    TRANSFER,
    /** The price of a work, or what is left of it for its seller. */
    SALE,
    /** A resale's share for the work's creator. */
    CREATOR_ROYALTY,
    /** A sale's share for the author of the work's recipe. */
    AUTHOR_ROYALTY,
    /** A sale's share for the treasury. */
    TRADING_FEE,
    /** A supply's price for its supplier, or the supply itself. */
    SUPPLY,
    /** A recipe's fee for its author. */
    RECIPE_FEE,
    /** The treasury's part of supplies bought and of a recipe's fee. */
    WORKSHOP_FEE,
    /** Used up, or made, in crafting a work. */
    CRAFT,
    /** Paid to the treasury for something else. */
    COLLECT,
    /** Put into a supplier's stock. */
    STOCK;

    /** Lower-case with hyphens, as stored and as in messages. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Code ofKey(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
