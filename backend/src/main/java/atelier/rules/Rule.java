package atelier.rules;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Locale;

/**
 * A number the community may change, under the id and within the hard bounds that the RuleBook
 * contract gives it. Nobody, however many vote, can leave the bounds.
 */
public enum Rule {
    /** Share of a sale's price that goes to the treasury. */
    TRADING_FEE(0, Unit.SHARE, 0, 1_500),
    /** Share of a resale's price that goes to the work's creator. */
    CREATOR_ROYALTY(1, Unit.SHARE, 0, 2_000),
    /** Share of every sale's price that goes to the author of the work's recipe. */
    AUTHOR_ROYALTY(2, Unit.SHARE, 0, 1_000),
    /** Added to a material's price, for the treasury. */
    MATERIAL_MARGIN(3, Unit.SHARE, 0, 5_000),
    /** Added per use of a tool bought, for the treasury. */
    TOOL_WEAR(4, Unit.POINTS, 0, 10_000),
    /** The author's part of a recipe's fee; with the treasury's it is the whole. */
    RECIPE_FEE_AUTHOR_SHARE(5, Unit.SHARE, 5_000, 10_000),
    /** The treasury's part of a recipe's fee. */
    RECIPE_FEE_TREASURY_SHARE(6, Unit.SHARE, 0, 5_000),
    /** Most points that may be issued in an epoch. */
    ISSUANCE_BUDGET(7, Unit.POINTS, 1, 1_000_000_000_000_000L),
    /** How long an epoch lasts. */
    EPOCH_LENGTH(8, Unit.SECONDS, 60, 31_622_400),
    /** What may be done with a work; see {@link TradeMode}. */
    TRADE_MODE(9, Unit.MODE, 0, 3),
    /** How long a work stays with who received it. */
    HOLDING_PERIOD(10, Unit.SECONDS, 0, 7_776_000),
    /** Most points that one transaction may settle. */
    SETTLE_CEILING(11, Unit.POINTS, 1, 1_000_000_000_000_000L),
    /** Points that a new member receives. */
    WELCOME_POINTS(12, Unit.POINTS, 0, 1_000_000);

    /** How a rule's number is meant, and so how it is written for people. */
    public enum Unit {
        /** Basis points: 10,000 are the whole. Written in percent. */
        SHARE,
        /** Units of points: 100 are one point. Written in points. */
        POINTS,
        /** Seconds. Written in days, hours or minutes. */
        SECONDS,
        /** The number of a {@link TradeMode}. Written in words. */
        MODE
    }

    private final int id;
    private final Unit unit;
    private final long min;
    private final long max;

    Rule(int id, Unit unit, long min, long max) {
        this.id = id;
        this.unit = unit;
        this.min = min;
        this.max = max;
    }

    /**
     * The rule that the contract knows by this number.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Rule ofId(int id) {
        return Arrays.stream(values())
                .filter(rule -> rule.id == id)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No rule has the number " + id));
    }

    /** The contract's number for it. */
    public int id() {
        return id;
    }

    public Unit unit() {
        return unit;
    }

    /** The hard bounds, as the contract has them. */
    public Bounds bounds() {
        return new Bounds(BigInteger.valueOf(min), BigInteger.valueOf(max));
    }

    /** Lower-case with hyphens, such as {@code trading-fee}: in messages, forms and the API. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The rule of that {@link #key()}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Rule ofKey(String key) {
        return Arrays.stream(values())
                .filter(rule -> rule.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No rule is called " + key));
    }
}
