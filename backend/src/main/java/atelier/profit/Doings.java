package atelier.profit;

import atelier.kernel.Address;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What was earned, paid and done in one epoch, added up fact by fact. No rule has a say in it: what
 * rules measure of it, {@link Merits} asks for.
 */
final class Doings {

    private static final int TRADING_FEE = 1;
    private static final int MATERIAL_MARGIN = 2;
    private static final int TOOL_WEAR = 3;
    private static final int RECIPE_FEE = 4;

    private final Epoch epoch;
    private final Accounts accounts;
    private final Register known;
    private final Witness witness;
    private final Income income = new Income();
    private final List<Fact.CostPaid> costs = new ArrayList<>();
    private final List<Fact.Spent> spent = new ArrayList<>();
    private final Map<Role, Amounts> byRole = new EnumMap<>(Role.class);
    private final List<Fact.Sold> remixesSold = new ArrayList<>();
    private List<SeatRoll.Held> seats = List.of();

    Doings(Epoch epoch, Accounts accounts, Register known, Witness witness) {
        this.epoch = epoch;
        this.accounts = accounts;
        this.known = known;
        this.witness = witness;
        List.of(Role.CREATOR, Role.AUTHOR, Role.SUPPLIER, Role.PROMOTER)
                .forEach(role -> byRole.put(role, new Amounts()));
    }

    /** Counts a fact of the epoch, with what is known when it happens. */
    void count(Fact fact) {
        switch (fact) {
            case Fact.Sold sold -> sold(sold);
            case Fact.Bought bought -> bought(bought);
            case Fact.Crafted made -> made(made);
            case Fact.Collected in -> income.add(in.kind(), in.reference(), in.amount());
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

    /** The epoch is over: who holds a seat now. */
    void close() {
        seats = known.seats().held();
    }

    private void sold(Fact.Sold sold) {
        Address creator = sold.work().creator();
        BigInteger fee = sold.treasuryPaid().units();
        income.add(TRADING_FEE, sold.work().recipe().number(), sold.treasuryPaid());
        if (sold.buyer().equals(creator)) {
            return;
        }
        did(sold, Role.CREATOR, creator, fee);
        known.promoter(sold)
                .filter(promoter -> !promoter.equals(sold.buyer()))
                .filter(promoter -> !promoter.equals(sold.seller()))
                .filter(promoter -> !promoter.equals(creator))
                .ifPresent(promoter -> did(sold, Role.PROMOTER, promoter, fee));
        if (known.lineage().isRemix(sold.work())) {
            remixesSold.add(sold);
        }
    }

    private void bought(Fact.Bought bought) {
        income.add(
                known.isMaterial(bought) ? MATERIAL_MARGIN : TOOL_WEAR,
                bought.supply().number(),
                bought.treasuryPaid());
        if (!bought.buyer().equals(bought.supplier())) {
            did(bought, Role.SUPPLIER, bought.supplier(), bought.amount());
        }
    }

    private void made(Fact.Crafted made) {
        Address author = known.author(made);
        income.add(RECIPE_FEE, made.recipe().number(), made.treasuryPaid());
        if (!made.creator().equals(author)) {
            did(made, Role.AUTHOR, author, BigInteger.ONE);
        }
    }

    private void did(Fact fact, Role role, Address account, BigInteger measure) {
        did(fact, role, byRole(role), accounts.number(account), measure);
    }

    private void did(Fact fact, Role role, Amounts amounts, int account, BigInteger measure) {
        amounts.add(account, measure);
        witness.sees(epoch, accounts.account(account), role, fact, measure);
    }

    /** What those did whose works' remixes were sold. */
    Amounts ancestors(ProfitRules rules) {
        Amounts ancestors = new Amounts();
        for (Fact.Sold sold : remixesSold) {
            int buyer = accounts.find(sold.buyer());
            int creator = accounts.find(sold.work().creator());
            BigInteger fee = sold.treasuryPaid().units();
            known.lineage()
                    .factorsOf(sold, rules)
                    .forEach((ancestor, factor) -> {
                        if (ancestor != buyer && ancestor != creator) {
                            did(sold, Role.ANCESTOR, ancestors, ancestor, fee.multiply(factor));
                        }
                    });
        }
        return ancestors;
    }

    /** One for the holder of each seat that was taken long enough before the epoch's end. */
    Amounts members(ProfitRules rules) {
        Amounts members = new Amounts();
        BigInteger latest =
                BigInteger.valueOf(epoch.end()).subtract(rules.value(ProfitRules.WAITING_TIME));
        seats.stream()
                .filter(held -> BigInteger.valueOf(held.since()).compareTo(latest) < 0)
                .forEach(held ->
                        did(
                                held.taken(),
                                Role.MEMBER,
                                members,
                                accounts.number(held.by()),
                                BigInteger.ONE));
        return members;
    }

    Epoch epoch() {
        return epoch;
    }

    Accounts accounts() {
        return accounts;
    }

    /** By kind, then by reference. */
    List<IncomeLine> income() {
        return income.lines();
    }

    List<Fact.CostPaid> costs() {
        return Collections.unmodifiableList(costs);
    }

    List<Fact.Spent> spent() {
        return Collections.unmodifiableList(spent);
    }

    /** The measures of which every rule thinks alike. */
    Map<Role, Amounts> byRole() {
        return Collections.unmodifiableMap(byRole);
    }

    private Amounts byRole(Role role) {
        return Objects.requireNonNull(byRole.get(role));
    }
}
