package atelier.profit;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.RecipeId;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A community told fact by fact, each in a block of its own. Epochs last a thousand seconds from
 * 1,000 on, half of the surplus goes back, and every role weighs a tenth of it, but commons four.
 */
final class Scene {

    static final Address ANA = RandomLife.someone(1);
    static final Address BEN = RandomLife.someone(2);
    static final Address CHO = RandomLife.someone(3);
    static final Address SAM = RandomLife.someone(4);
    static final RecipeId RECIPE = new RecipeId(1);
    static final SupplyId CLAY = new SupplyId(1);
    static final SupplyId WHEEL = new SupplyId(2);

    private static final ShareDomain DOMAIN = new ShareDomain(1, RandomLife.someone(99));
    private static final Address MARKET = RandomLife.someone(90);
    private static final Address WORKSHOP = RandomLife.someone(91);
    private static final long LENGTH = 1_000;
    private static final Map<Integer, Long> RULES =
            Map.ofEntries(
                    Map.entry(ProfitRules.WAITING_TIME, 100L),
                    Map.entry(ProfitRules.PROFIT_SHARE, 5_000L),
                    Map.entry(Role.CREATOR.weightRule(), 1_000L),
                    Map.entry(Role.AUTHOR.weightRule(), 1_000L),
                    Map.entry(Role.SUPPLIER.weightRule(), 1_000L),
                    Map.entry(Role.PROMOTER.weightRule(), 1_000L),
                    Map.entry(Role.ANCESTOR.weightRule(), 1_000L),
                    Map.entry(Role.MEMBER.weightRule(), 1_000L),
                    Map.entry(Role.COMMONS.weightRule(), 4_000L),
                    Map.entry(ProfitRules.ANCESTOR_RATIO, 5_000L),
                    Map.entry(ProfitRules.ANCESTOR_CAP, 10_000L));

    private final List<Fact> facts = new ArrayList<>();
    private long block;
    private long time = 1_000;
    private long version = 1;
    private long epochs;

    /** Ben has written the only recipe, Sam sells clay and the use of a wheel. */
    Scene() {
        RULES.forEach((rule, value) -> set(rule, value));
        closes();
        facts.add(new Fact.SupplyDefined(next(), CLAY, 0));
        facts.add(new Fact.SupplyDefined(next(), WHEEL, 1));
        facts.add(new Fact.RecipeProposed(next(), WORKSHOP, RECIPE, BEN));
        version = 2;
    }

    static WorkId work(Address creator, int serial) {
        return WorkId.of(RECIPE, creator, serial);
    }

    /** From now on this is the time. */
    Scene at(long seconds) {
        time = seconds;
        return this;
    }

    Scene set(int rule, long value) {
        facts.add(new Fact.RuleChanged(next(), version, rule, BigInteger.valueOf(value)));
        return this;
    }

    /** The next epoch is opened. */
    Scene closes() {
        epochs++;
        facts.add(new Fact.EpochOpened(next(), epochs, LENGTH * epochs, LENGTH * (epochs + 1)));
        return this;
    }

    Scene sold(WorkId work, Address buyer, long fee) {
        return sold(work, buyer, BigInteger.valueOf(fee));
    }

    Scene sold(WorkId work, Address buyer, BigInteger fee) {
        facts.add(new Fact.Sold(next(), MARKET, order(), work, buyer, SAM, new TokenAmount(fee)));
        return this;
    }

    /** The sale that follows in the same block. */
    Scene promotedAndSold(Address promoter, WorkId work, Address buyer, long fee) {
        facts.add(new Fact.Promoted(next(), MARKET, order(), promoter));
        facts.add(
                new Fact.Sold(
                        new Fact.Place(block, time, 1),
                        MARKET,
                        order(),
                        work,
                        buyer,
                        SAM,
                        TokenAmount.ofUnits(fee)));
        return this;
    }

    Scene made(Address creator, long fee) {
        facts.add(new Fact.Crafted(next(), WORKSHOP, RECIPE, creator, TokenAmount.ofUnits(fee)));
        return this;
    }

    Scene bought(Address buyer, SupplyId supply, long pieces, long margin) {
        facts.add(
                new Fact.Bought(
                        next(),
                        buyer,
                        supply,
                        SAM,
                        BigInteger.valueOf(pieces),
                        TokenAmount.ofUnits(margin)));
        return this;
    }

    Scene collected(BigInteger amount) {
        facts.add(new Fact.Collected(next(), 5, new TokenAmount(amount), Hash32.ZERO));
        return this;
    }

    Scene costs(BigInteger amount) {
        facts.add(new Fact.CostPaid(next(), 1, SAM, new TokenAmount(amount), Hash32.ZERO));
        return this;
    }

    Scene spends(long amount) {
        facts.add(new Fact.Spent(next(), SAM, TokenAmount.ofUnits(amount)));
        return this;
    }

    Scene remixed(WorkId work, WorkId... parents) {
        facts.add(new Fact.Remixed(next(), work, List.of(parents)));
        return this;
    }

    Scene seat(int seat, Address from, Address to) {
        facts.add(new Fact.SeatMoved(next(), from, to, BigInteger.valueOf(seat)));
        return this;
    }

    Scene cancelled(long epoch, Hash32 root) {
        facts.add(new Fact.Cancelled(next(), epoch, root));
        return this;
    }

    List<Fact> facts() {
        return facts;
    }

    List<Statement> statements() {
        return Statements.of(DOMAIN, facts);
    }

    Statement last() {
        return statements().getLast();
    }

    Replay replay(Map<Integer, BigInteger> changes, int epochs) {
        return Replay.of(facts, changes, epochs);
    }

    private Hash32 order() {
        return Hash32.of(Word.of(BigInteger.valueOf(block)));
    }

    private Fact.Place next() {
        return new Fact.Place(++block, time, 0);
    }
}
