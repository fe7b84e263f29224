package atelier.profit;

import atelier.kernel.Address;
import atelier.kernel.TokenAmount;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** An epoch's profit and how it is divided, made of what it opens with and of what happened. */
final class Reckoning {

    private final Opening opening;
    private final Merits merits;
    private final TokenAmount share;
    private final TokenAmount lossAfter;
    private final Division division;

    private Reckoning(Opening opening, Merits merits) {
        BigInteger surplus = surplus(opening, merits.doings());
        this.opening = opening;
        this.merits = merits;
        this.share =
                new TokenAmount(
                        merits.rules()
                                .part(ProfitRules.PROFIT_SHARE, surplus.max(BigInteger.ZERO)));
        this.lossAfter = new TokenAmount(surplus.negate().max(BigInteger.ZERO));
        this.division = Division.of(share.plus(opening.brought()), merits);
    }

    static Reckoning of(Opening opening, Merits merits) {
        return new Reckoning(opening, merits);
    }

    Division division() {
        return division;
    }

    /** Where its shares are claimed, the statement says. */
    Statement statement(ShareDomain domain) {
        return statement(domain, lines());
    }

    /** All that it says but the accounts. */
    Statement head(ShareDomain domain) {
        return statement(domain, List.of());
    }

    private Statement statement(ShareDomain domain, List<Line> lines) {
        Doings doings = merits.doings();
        return new Statement(
                domain,
                doings.epoch(),
                merits.rules(),
                doings.income(),
                doings.costs(),
                doings.spent(),
                opening.loss(),
                lossAfter,
                share,
                opening.brought(),
                division.roles(),
                division.commonsPart(),
                lines);
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

    /** Those that it opens with, then by address whoever has a share for the first time. */
    private List<Line> lines() {
        Accounts accounts = merits.doings().accounts();
        boolean[] known = new boolean[accounts.size()];
        List<Line> lines = new ArrayList<>();
        for (Opening.Balance before : opening.accounts()) {
            int account = accounts.find(before.account());
            known[account] = true;
            lines.add(line(lines.size(), before, account));
        }
        List<Address> others =
                IntStream.range(0, accounts.size())
                        .filter(account -> !known[account] && hasShare(account))
                        .mapToObj(accounts::account)
                        .sorted()
                        .toList();
        for (Address other : others) {
            Opening.Balance nothing = new Opening.Balance(other, TokenAmount.ZERO);
            lines.add(line(lines.size(), nothing, accounts.find(other)));
        }
        return Collections.unmodifiableList(lines);
    }

    private boolean hasShare(int account) {
        return division.shares().values().stream()
                .anyMatch(shares -> shares.of(account).signum() > 0);
    }

    private Line line(int number, Opening.Balance before, int account) {
        Map<Role, TokenAmount> byRole = new EnumMap<>(Role.class);
        TokenAmount total = before.total();
        for (Map.Entry<Role, Amounts> shares : division.shares().entrySet()) {
            TokenAmount share = new TokenAmount(shares.getValue().of(account));
            if (share.signum() > 0) {
                byRole.put(shares.getKey(), share);
                total = total.plus(share);
            }
        }
        return new Line(number, before.account(), total, Collections.unmodifiableMap(byRole));
    }
}
