package atelier.profit;

import atelier.kernel.TokenAmount;
import java.util.List;

/**
 * An epoch's profit and who gets what of it: {@code docs/statement.md}, version {@value #VERSION}.
 *
 * @param domain where its shares are claimed
 * @param rules the rules when the epoch began
 * @param lossBefore what earlier epochs lost and nothing has made up for
 * @param lossAfter the same for later ones
 * @param share what of the surplus goes back
 * @param brought what rounding, or a refused statement, left over from before
 * @param commonsPart what the commons' weight gives; with what no role reached it stays in the
 *     treasury
 * @param lines every account that ever had a share, by number
 */
public record Statement(
        ShareDomain domain,
        Epoch epoch,
        ProfitRules rules,
        List<IncomeLine> income,
        List<Fact.CostPaid> costs,
        List<Fact.Spent> spent,
        TokenAmount lossBefore,
        TokenAmount lossAfter,
        TokenAmount share,
        TokenAmount brought,
        List<RoleShare> roles,
        TokenAmount commonsPart,
        List<Line> lines) {

    /** Of the specification. */
    public static final int VERSION = 1;

    public TokenAmount incomeSum() {
        return sum(income.stream().map(IncomeLine::amount).toList());
    }

    public TokenAmount costSum() {
        return sum(costs.stream().map(Fact.CostPaid::amount).toList());
    }

    public TokenAmount spentSum() {
        return sum(spent.stream().map(Fact.Spent::amount).toList());
    }

    /** All that is divided. */
    public TokenAmount pool() {
        return share.plus(brought);
    }

    /** What no role reached, and is the commons' beside their own part. */
    public TokenAmount unearned() {
        return sum(roles.stream().map(RoleShare::unearned).toList());
    }

    public TokenAmount commons() {
        return commonsPart.plus(unearned());
    }

    /** The sum of what is new: what the treasury pays in. */
    public TokenAmount fresh() {
        return sum(roles.stream().map(RoleShare::paid).toList());
    }

    /** What rounding leaves for the next statement. */
    public TokenAmount carry() {
        return pool().minus(fresh()).minus(commons());
    }

    /** The sum of all shares so far. */
    public TokenAmount total() {
        return sum(lines.stream().map(Line::total).toList());
    }

    public ShareTree tree() {
        return ShareTree.of(domain, lines.stream().map(Line::share).toList());
    }

    /** The bytes whose SHA-256 is published. */
    public byte[] text() {
        return new StatementText(this, tree()).bytes();
    }

    private static TokenAmount sum(List<TokenAmount> amounts) {
        return amounts.stream().reduce(TokenAmount.ZERO, TokenAmount::plus);
    }
}
