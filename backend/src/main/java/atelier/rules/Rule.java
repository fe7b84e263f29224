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
    WELCOME_POINTS(12, Unit.POINTS, 0, 1_000_000),
    /** From a proposal to its vote. */
    VOTING_DELAY(13, Unit.SECONDS, 0, 2_592_000),
    /** How long a vote lasts. */
    VOTING_PERIOD(14, Unit.SECONDS, 60, 5_184_000),
    /** How long a vote lasts at least after enough took part. */
    VOTE_EXTENSION(15, Unit.SECONDS, 0, 604_800),
    /** The end of a vote, in which a ballot cast before stays as it is. */
    VOTE_LOCK(16, Unit.SECONDS, 0, 604_800),
    /** Share of those who may vote that has to take part. */
    QUORUM(17, Unit.SHARE, 500, 10_000),
    /** From taking a seat to the first vote. */
    WAITING_TIME(18, Unit.SECONDS, 0, 31_622_400),
    /** Seats that may be taken in an epoch. */
    SEAT_BUDGET(19, Unit.COUNT, 1, 10_000),
    /** Supporters that make an idea ready to be proposed. */
    IDEA_SUPPORT(20, Unit.COUNT, 1, 10_000),
    /** Seats that hold a statement back until a vote decides on it. */
    OBJECTIONS(21, Unit.COUNT, 1, 1_000),
    /** From a statement's publication to its first claim. */
    CHALLENGE_WINDOW(22, Unit.SECONDS, 0, 2_592_000),
    /** Most points that may be paid as costs in an epoch. */
    COST_BUDGET(23, Unit.POINTS, 0, 1_000_000_000_000_000L),
    /** Share of what an epoch left over that goes back to those who made it. */
    PROFIT_SHARE(24, Unit.SHARE, 0, 10_000),
    /** The creators' weight in a pool; every weight counts in proportion to the sum of all. */
    WEIGHT_CREATOR(25, Unit.COUNT, 0, 10_000),
    /** The recipe authors' weight. */
    WEIGHT_AUTHOR(26, Unit.COUNT, 0, 10_000),
    /** The suppliers' weight. */
    WEIGHT_SUPPLIER(27, Unit.COUNT, 0, 10_000),
    /** The promoters' weight. */
    WEIGHT_PROMOTER(28, Unit.COUNT, 0, 10_000),
    /** The weight of those whose works were built on. */
    WEIGHT_ANCESTOR(29, Unit.COUNT, 0, 10_000),
    /** The weight of all who have a seat. */
    WEIGHT_MEMBER(30, Unit.COUNT, 0, 10_000),
    /** The weight of what stays with the community. */
    WEIGHT_COMMONS(31, Unit.COUNT, 0, 10_000),
    /** What a parent's share is of its child's. */
    ANCESTOR_RATIO(32, Unit.SHARE, 0, 10_000),
    /** What all ancestors of a work may have of a creator's share. */
    ANCESTOR_CAP(33, Unit.SHARE, 0, 10_000);

    /** How a rule's number is meant, and so how it is written for people. */
    public enum Unit {
        /** Basis points: 10,000 are the whole. Written in percent. */
        SHARE,
        /** Units of points: 100 are one point. Written in points. */
        POINTS,
        /** Seconds. Written in days, hours or minutes. */
        SECONDS,
        /** So many of something. Written as it is. */
        COUNT,
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
