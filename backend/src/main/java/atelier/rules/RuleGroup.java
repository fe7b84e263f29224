package atelier.rules;

import java.util.List;
import java.util.Locale;

/** Rules that are read and changed together. */
public enum RuleGroup {
    SELLING(
            List.of(
                    Rule.TRADING_FEE,
                    Rule.CREATOR_ROYALTY,
                    Rule.AUTHOR_ROYALTY,
                    Rule.TRADE_MODE,
                    Rule.HOLDING_PERIOD)),
    MAKING(
            List.of(
                    Rule.MATERIAL_MARGIN,
                    Rule.TOOL_WEAR,
                    Rule.RECIPE_FEE_AUTHOR_SHARE,
                    Rule.RECIPE_FEE_TREASURY_SHARE)),
    POINTS(
            List.of(
                    Rule.WELCOME_POINTS,
                    Rule.ISSUANCE_BUDGET,
                    Rule.EPOCH_LENGTH,
                    Rule.SETTLE_CEILING)),
    VOTING(
            List.of(
                    Rule.SEAT_BUDGET,
                    Rule.WAITING_TIME,
                    Rule.IDEA_SUPPORT,
                    Rule.VOTING_DELAY,
                    Rule.VOTING_PERIOD,
                    Rule.VOTE_EXTENSION,
                    Rule.VOTE_LOCK,
                    Rule.QUORUM)),
    SHARING(
            List.of(
                    Rule.COST_BUDGET,
                    Rule.PROFIT_SHARE,
                    Rule.WEIGHT_CREATOR,
                    Rule.WEIGHT_AUTHOR,
                    Rule.WEIGHT_SUPPLIER,
                    Rule.WEIGHT_PROMOTER,
                    Rule.WEIGHT_ANCESTOR,
                    Rule.WEIGHT_MEMBER,
                    Rule.WEIGHT_COMMONS,
                    Rule.ANCESTOR_RATIO,
                    Rule.ANCESTOR_CAP,
                    Rule.CHALLENGE_WINDOW,
                    Rule.OBJECTIONS));

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
    private final List<Rule> rules;

    RuleGroup(List<Rule> rules) {
        this.rules = rules;
    }

    public List<Rule> rules() {
        return rules;
    }

    /** Lower-case, as in messages and addresses. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The group of that {@link #key()}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static RuleGroup ofKey(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
