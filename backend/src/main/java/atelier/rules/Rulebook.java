package atelier.rules;

import atelier.kernel.BasisPoints;
import atelier.kernel.TokenAmount;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All rules as they stand at one block.
 *
 * @param version the version of the last change
 * @param block the block of the last change
 * @param values every rule's number, in the unit of the rule
 */
public record Rulebook(long version, long block, Map<Rule, BigInteger> values) {

    public Rulebook {
        if (values.size() != Rule.values().length) {
            throw new IllegalArgumentException("A rulebook holds every rule, not only " + values);
        }
        values = Map.copyOf(values);
    }

    /** A rule's number in its own unit. */
    public BigInteger value(Rule rule) {
        BigInteger value = values.get(rule);
        if (value == null) {
            throw new IllegalStateException("No value for " + rule);
        }
        return value;
    }

    /** The same rulebook with some numbers replaced: what a change would make of it. */
    public Rulebook with(Map<Rule, BigInteger> changes) {
        Map<Rule, BigInteger> changed = new EnumMap<>(values);
        changed.putAll(changes);
        return new Rulebook(version, block, changed);
    }

    /** Those of these numbers that are others than here. */
    public SortedMap<Rule, BigInteger> changes(Map<Rule, BigInteger> wished) {
        SortedMap<Rule, BigInteger> changes = new TreeMap<>(wished);
        changes.entrySet().removeIf(one -> value(one.getKey()).equals(one.getValue()));
        return changes;
    }

    /** The numbers in the order of the contract's ids. */
    public List<BigInteger> inOrder() {
        return Arrays.stream(Rule.values()).map(this::value).toList();
    }

    public BasisPoints tradingFee() {
        return share(Rule.TRADING_FEE);
    }

    public BasisPoints creatorRoyalty() {
        return share(Rule.CREATOR_ROYALTY);
    }

    public BasisPoints authorRoyalty() {
        return share(Rule.AUTHOR_ROYALTY);
    }

    public BasisPoints materialMargin() {
        return share(Rule.MATERIAL_MARGIN);
    }

    /** Per use of a tool bought. */
    public TokenAmount toolWear() {
        return points(Rule.TOOL_WEAR);
    }

    public BasisPoints recipeFeeAuthorShare() {
        return share(Rule.RECIPE_FEE_AUTHOR_SHARE);
    }

    public BasisPoints recipeFeeTreasuryShare() {
        return share(Rule.RECIPE_FEE_TREASURY_SHARE);
    }

    /** Per epoch. */
    public TokenAmount issuanceBudget() {
        return points(Rule.ISSUANCE_BUDGET);
    }

    public Duration epochLength() {
        return duration(Rule.EPOCH_LENGTH);
    }

    public TradeMode tradeMode() {
        return TradeMode.ofNumber(value(Rule.TRADE_MODE).intValueExact());
    }

    public Duration holdingPeriod() {
        return duration(Rule.HOLDING_PERIOD);
    }

    /** Per transaction. */
    public TokenAmount settleCeiling() {
        return points(Rule.SETTLE_CEILING);
    }

    public TokenAmount welcomePoints() {
        return points(Rule.WELCOME_POINTS);
    }

    /** How a sale at a price is shared out, rounded as the Market contract rounds. */
    public SaleSplit sale(TokenAmount price, boolean sellerIsCreator) {
        TokenAmount treasury = tradingFee().of(price);
        TokenAmount author = authorRoyalty().of(price);
        TokenAmount creator = sellerIsCreator ? TokenAmount.ZERO : creatorRoyalty().of(price);
        return new SaleSplit(
                price.minus(treasury).minus(author).minus(creator), creator, author, treasury);
    }

    private BasisPoints share(Rule rule) {
        return new BasisPoints(value(rule).intValueExact());
    }

    private TokenAmount points(Rule rule) {
        return new TokenAmount(value(rule));
    }

    private Duration duration(Rule rule) {
        return Duration.ofSeconds(value(rule).longValueExact());
    }
}
