package atelier.profit;

import atelier.kernel.Address;
import atelier.kernel.TokenAmount;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** One statement, made of what it opens with and of what happened. */
final class Reckoning {

    private final Opening opening;
    private final Statement statement;

    private Reckoning(Opening opening, Statement statement) {
        this.opening = opening;
        this.statement = statement;
    }

    static Reckoning of(ShareDomain domain, Opening opening, Doings doings) {
        BigInteger surplus = surplus(opening, doings);
        TokenAmount share =
                new TokenAmount(
                        doings.rules()
                                .part(ProfitRules.PROFIT_SHARE, surplus.max(BigInteger.ZERO)));
        Division division = Division.of(share.plus(opening.brought()), doings);
        return new Reckoning(
                opening,
                new Statement(
                        domain,
                        doings.epoch(),
                        doings.rules(),
                        doings.income(),
                        doings.costs(),
                        doings.spent(),
                        opening.loss(),
                        new TokenAmount(surplus.negate().max(BigInteger.ZERO)),
                        share,
                        opening.brought(),
                        division.roles(),
                        division.commonsPart(),
                        lines(opening, division)));
    }

    Statement statement() {
        return statement;
    }

    /** What the next one opens with if this one counts. */
    Opening counted() {
        SequencedMap<Address, TokenAmount> totals = new LinkedHashMap<>();
        statement.lines().forEach(line -> totals.put(line.account(), line.total()));
        return new Opening(
                statement.lossAfter(),
                statement.carry(),
                Collections.unmodifiableSequencedMap(totals));
    }

    /** What the next one opens with if a vote refused this one. */
    Opening refused() {
        return new Opening(
                statement.lossAfter(), statement.carry().plus(statement.fresh()), opening.totals());
    }

    /** Below zero is a loss. */
    private static BigInteger surplus(Opening opening, Doings doings) {
        BigInteger surplus = opening.loss().units().negate();
        for (IncomeLine line : doings.income()) {
            surplus = surplus.add(line.amount().units());
        }
        for (Fact.CostPaid cost : doings.costs()) {
            surplus = surplus.subtract(cost.amount().units());
        }
        return surplus;
    }

    private static List<Line> lines(Opening opening, Division division) {
        List<Line> lines = new ArrayList<>();
        opening.totals()
                .forEach((account, total) -> lines.add(line(lines, account, total, division)));
        division.shares().keySet().stream()
                .filter(account -> !opening.totals().containsKey(account))
                .forEach(account -> lines.add(line(lines, account, TokenAmount.ZERO, division)));
        return Collections.unmodifiableList(lines);
    }

    private static Line line(
            List<Line> before, Address account, TokenAmount total, Division division) {
        Map<Role, TokenAmount> shares = division.shares().getOrDefault(account, Map.of());
        TokenAmount fresh = shares.values().stream().reduce(TokenAmount.ZERO, TokenAmount::plus);
        return new Line(
                before.size(), account, total.plus(fresh), Collections.unmodifiableMap(shares));
    }
}
