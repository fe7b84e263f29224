package atelier.profit;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.TokenAmount;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What was earned, paid and done in one epoch, added up fact by fact. */
final class Doings {

    private static final int TRADING_FEE = 1;
    private static final int MATERIAL_MARGIN = 2;
    private static final int TOOL_WEAR = 3;
    private static final int RECIPE_FEE = 4;

    private record Source(int kind, Hash32 reference) implements Comparable<Source> {

        @Override
        public int compareTo(Source other) {
            return kind == other.kind
                    ? reference.compareTo(other.reference)
                    : Integer.compare(kind, other.kind);
        }
    }

    private record Takings(long facts, TokenAmount amount) {

        Takings plus(Takings other) {
            return new Takings(facts + other.facts, amount.plus(other.amount));
        }
    }

    private final Epoch epoch;
    private final ProfitRules rules;
    private final Map<Source, Takings> income = new HashMap<>();
    private final List<Fact.CostPaid> costs = new ArrayList<>();
    private final List<Fact.Spent> spent = new ArrayList<>();
    private final Map<Role, Measures> measures;
    private final Witness witness;

    Doings(Epoch epoch, ProfitRules rules, Witness witness) {
        this.epoch = epoch;
        this.rules = rules;
        this.witness = witness;
        this.measures = new EnumMap<>(Role.class);
        Role.OF_ACCOUNTS.forEach(role -> measures.put(role, new Measures()));
    }

    private Doings(Doings done, ProfitRules rules) {
        this.epoch = done.epoch;
        this.rules = rules;
        this.witness = done.witness;
        this.measures = done.measures;
        this.income.putAll(done.income);
        this.costs.addAll(done.costs);
        this.spent.addAll(done.spent);
    }

    /** The same, where only rules are others that no measure depends on. */
    Doings under(ProfitRules others) {
        return new Doings(this, others);
    }

    /** Counts a fact of the epoch, with what is known when it happens. */
    void count(Fact fact, Register known) {
        switch (fact) {
            case Fact.Sold sold -> sold(sold, known);
            case Fact.Bought bought -> bought(bought, known.isMaterial(bought));
            case Fact.Crafted made -> made(made, known.author(made));
            case Fact.Collected in -> earned(in.kind(), in.reference(), in.amount());
            case Fact.CostPaid cost -> costs.add(cost);
            case Fact.Spent spend -> spent.add(spend);
            case Fact.RuleChanged _,
                    Fact.EpochOpened _,
                    Fact.SupplyDefined _,
                    Fact.RecipeProposed _,
                    Fact.Promoted _,
                    Fact.Remixed _,
                    Fact.SeatMoved _,
                    Fact.Cancelled _ -> {}
        }
    }

    /** A seat was held. */
    void held(Fact taken, Address by) {
        did(taken, Role.MEMBER, by, BigInteger.ONE);
    }

    private void did(Fact fact, Role role, Address account, BigInteger measure) {
        measures(role).add(account, measure);
        witness.sees(epoch, account, new Deed(role, fact, measure));
    }

    private void sold(Fact.Sold sold, Register known) {
        Address creator = sold.work().creator();
        BigInteger fee = sold.treasuryPaid().units();
        earned(TRADING_FEE, sold.work().recipe().number(), sold.treasuryPaid());
        if (sold.buyer().equals(creator)) {
            return;
        }
        did(sold, Role.CREATOR, creator, fee);
        known.promoter(sold)
                .filter(promoter -> !promoter.equals(sold.buyer()))
                .filter(promoter -> !promoter.equals(sold.seller()))
                .filter(promoter -> !promoter.equals(creator))
                .ifPresent(promoter -> did(sold, Role.PROMOTER, promoter, fee));
        known.lineage()
                .factorsOf(sold.work(), rules)
                .forEach((ancestor, factor) -> {
                    if (!ancestor.equals(sold.buyer()) && !ancestor.equals(creator)) {
                        did(sold, Role.ANCESTOR, ancestor, fee.multiply(factor));
                    }
                });
    }

    private void bought(Fact.Bought bought, boolean material) {
        earned(
                material ? MATERIAL_MARGIN : TOOL_WEAR,
                bought.supply().number(),
                bought.treasuryPaid());
        if (!bought.buyer().equals(bought.supplier())) {
            did(bought, Role.SUPPLIER, bought.supplier(), bought.amount());
        }
    }

    private void made(Fact.Crafted made, Address author) {
        earned(RECIPE_FEE, made.recipe().number(), made.treasuryPaid());
        if (!made.creator().equals(author)) {
            did(made, Role.AUTHOR, author, BigInteger.ONE);
        }
    }

    private void earned(int kind, long number, TokenAmount amount) {
        earned(kind, Hash32.of(Word.of(BigInteger.valueOf(number))), amount);
    }

    private void earned(int kind, Hash32 reference, TokenAmount amount) {
        income.merge(new Source(kind, reference), new Takings(1, amount), Takings::plus);
    }

    Epoch epoch() {
        return epoch;
    }

    ProfitRules rules() {
        return rules;
    }

    /** By kind, then by reference. */
    List<IncomeLine> income() {
        return new TreeMap<>(income)
                .entrySet().stream()
                        .map(entry ->
                                new IncomeLine(
                                        entry.getKey().kind(),
                                        entry.getKey().reference(),
                                        entry.getValue().facts(),
                                        entry.getValue().amount()))
                        .toList();
    }

    List<Fact.CostPaid> costs() {
        return List.copyOf(costs);
    }

    List<Fact.Spent> spent() {
        return List.copyOf(spent);
    }

    Measures measures(Role role) {
        return Objects.requireNonNull(measures.get(role));
    }
}
