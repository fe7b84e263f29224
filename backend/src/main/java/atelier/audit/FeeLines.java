package atelier.audit;

import atelier.chain.ChainHistory;
import atelier.chain.ContractLog;
import atelier.chain.Topics;
import atelier.kernel.Address;
import atelier.kernel.RecipeId;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What each sale, purchase and making cost whom, held against the rules, prices and fees that were
 * in force just then; rounded as the contracts round.
 */
final class FeeLines implements ChainHistory.Listener {

    private static final BigInteger TOOL = BigInteger.ONE;

    private record Supply(boolean tool, Address supplier, BigInteger price) {

        Supply at(BigInteger price) {
            return new Supply(tool, supplier, price);
        }
    }

    private record Recipe(Address author, BigInteger fee) {}

    private final Address treasury;
    private final RuleValues rules;
    private final Settlements settlements;
    private final Findings findings;
    private final Map<BigInteger, Supply> supplies = new HashMap<>();
    private final Map<Address, Map<BigInteger, Recipe>> recipes = new HashMap<>();
    private final Map<BigInteger, Set<Address>> authors = new HashMap<>();
    private long sales;
    private long purchases;
    private long makings;

    FeeLines(Address treasury, RuleValues rules, Settlements settlements, Findings findings) {
        this.treasury = treasury;
        this.rules = rules;
        this.settlements = settlements;
        this.findings = findings;
    }

    @Override
    public void hear(ContractLog log, Address contract) {
        switch (log.contract()) {
            case SUPPLIES -> supply(log);
            case WORKSHOP -> workshop(log, contract);
            case MARKET -> {
                if (log.is(Topics.SOLD)) {
                    sold(log);
                }
            }
            default -> {}
        }
    }

    private void supply(ContractLog log) {
        BigInteger id = log.topics().size() > 1 ? log.numberTopic(1) : BigInteger.ZERO;
        if (log.is(Topics.SUPPLY_DEFINED)) {
            boolean tool = log.number(0).equals(TOOL);
            supplies.put(id, new Supply(tool, log.addressTopic(2), log.number(1)));
        } else if (log.is(Topics.PRICE_CHANGED)) {
            Supply supply = supplies.get(id);
            if (supply == null || !supply.price().equals(log.number(0))) {
                findings.add(
                        log, "The price of supply %d was not %s.".formatted(id, points(log, 0)));
            } else {
                supplies.put(id, supply.at(log.number(1)));
            }
        }
    }

    private void workshop(ContractLog log, Address contract) {
        if (log.is(Topics.RECIPE_PROPOSED)) {
            Address author = log.addressTopic(2);
            recipes.computeIfAbsent(contract, _ -> new HashMap<>())
                    .putIfAbsent(log.numberTopic(1), new Recipe(author, log.number(0)));
            authors.computeIfAbsent(log.numberTopic(1), _ -> new HashSet<>()).add(author);
        } else if (log.is(Topics.BOUGHT)) {
            bought(log);
        } else if (log.is(Topics.CRAFTED)) {
            crafted(log, recipes.getOrDefault(contract, Map.of()).get(log.numberTopic(2)));
        }
    }

    private void bought(ContractLog log) {
        purchases++;
        BigInteger id = log.numberTopic(2);
        Supply supply = supplies.get(id);
        if (supply == null) {
            findings.add(log, "Supply %d is bought and was never offered.".formatted(id));
            return;
        }
        BigInteger cost = supply.price().multiply(log.number(0));
        BigInteger fee =
                supply.tool()
                        ? rules.value(RuleValues.TOOL_WEAR).multiply(log.number(0))
                        : rules.part(RuleValues.MATERIAL_MARGIN, cost);
        String what = "The purchase of supply " + id;
        is(log, what, "its supplier", log.addressTopic(3), supply.supplier());
        pays(log, what, "the supplier", log.number(1), cost);
        pays(log, what, "the treasury", log.number(2), fee);
        settlements.paid(log, log.addressTopic(1), supply.supplier(), log.number(1));
        settlements.paid(log, log.addressTopic(1), treasury, log.number(2));
    }

    private void crafted(ContractLog log, @Nullable Recipe recipe) {
        makings++;
        BigInteger number = log.numberTopic(2);
        if (recipe == null) {
            findings.add(
                    log, "A work is made by recipe %d, which nobody proposed.".formatted(number));
            return;
        }
        WorkId work = new WorkId(log.numberTopic(1));
        BigInteger toTreasury = rules.part(RuleValues.RECIPE_FEE_TREASURY_SHARE, recipe.fee());
        String what = "The making of work " + work;
        is(log, what, "its recipe", new RecipeId(number.longValue()), work.recipe());
        is(log, what, "its creator", log.addressTopic(3), work.creator());
        pays(log, what, "the treasury", log.number(1), toTreasury);
        pays(log, what, "the author", log.number(0), recipe.fee().subtract(toTreasury));
        settlements.paid(log, log.addressTopic(3), recipe.author(), log.number(0));
        settlements.paid(log, log.addressTopic(3), treasury, log.number(1));
    }

    private void sold(ContractLog log) {
        sales++;
        WorkId work = new WorkId(log.numberTopic(2));
        Address seller = log.address(0);
        BigInteger price = log.number(1);
        BigInteger fee = rules.part(RuleValues.TRADING_FEE, price);
        BigInteger royalty =
                work.creator().equals(seller)
                        ? BigInteger.ZERO
                        : rules.part(RuleValues.CREATOR_ROYALTY, price);
        Set<Address> known =
                authors.getOrDefault(
                        BigInteger.valueOf(work.recipe().number()), Set.of(Address.ZERO));
        Address author = log.address(5);
        BigInteger toAuthor =
                author.equals(Address.ZERO)
                        ? BigInteger.ZERO
                        : rules.part(RuleValues.AUTHOR_ROYALTY, price);
        String what = "The sale of work " + work;
        is(log, what, "its creator", log.address(3), work.creator());
        if (!known.contains(author)) {
            findings.add(log, "%s names %s as author, who is not.".formatted(what, author));
        }
        pays(log, what, "the treasury", log.number(7), fee);
        pays(log, what, "the creator", log.number(4), royalty);
        pays(log, what, "the author", log.number(6), toAuthor);
        pays(
                log,
                what,
                "the seller",
                log.number(2),
                price.subtract(fee).subtract(royalty).subtract(toAuthor));
        Address buyer = log.addressTopic(3);
        settlements.paid(log, buyer, seller, log.number(2));
        settlements.paid(log, buyer, log.address(3), log.number(4));
        settlements.paid(log, buyer, author, log.number(6));
        settlements.paid(log, buyer, treasury, log.number(7));
    }

    private void is(ContractLog log, String what, String role, Object named, Object known) {
        if (!named.equals(known)) {
            findings.add(
                    log, "%s names %s as %s, which is %s.".formatted(what, named, role, known));
        }
    }

    private void pays(ContractLog log, String what, String whom, BigInteger paid, BigInteger due) {
        if (!paid.equals(due)) {
            findings.add(
                    log,
                    "%s paid %s %s points; by the rules in force it is %s."
                            .formatted(what, whom, new TokenAmount(paid), new TokenAmount(due)));
        }
    }

    private static TokenAmount points(ContractLog log, int word) {
        return new TokenAmount(log.number(word));
    }

    long sales() {
        return sales;
    }

    long purchases() {
        return purchases;
    }

    long makings() {
        return makings;
    }
}
