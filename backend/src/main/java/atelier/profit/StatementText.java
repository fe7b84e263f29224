package atelier.profit;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes a statement down, byte for byte as the specification says. */
final class StatementText {

    private static final int LINE = 120;

    private final Statement statement;
    private final StringBuilder text;

    StatementText(Statement statement) {
        this.statement = statement;
        this.text = new StringBuilder(LINE * (statement.lines().size() + 40));
    }

    byte[] bytes() {
        header();
        money();
        division();
        accounts();
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private void header() {
        Epoch epoch = statement.epoch();
        line("atelier-statement", Statement.VERSION);
        line("chain", statement.domain().chainId());
        line("contract", statement.domain().profitShare());
        line("epoch", epoch.number(), epoch.start(), epoch.end());
        for (Map.Entry<Integer, BigInteger> rule : statement.rules().values().entrySet()) {
            line("rule", rule.getKey(), rule.getValue());
        }
    }

    private void money() {
        for (IncomeLine in : statement.income()) {
            line("income", in.kind(), in.reference(), in.facts(), in.amount().units());
        }
        for (Fact.CostPaid cost : statement.costs()) {
            line(
                    "cost",
                    cost.place().block(),
                    cost.place().index(),
                    cost.kind(),
                    cost.to(),
                    cost.amount().units(),
                    cost.receipt());
        }
        for (Fact.Spent spent : statement.spent()) {
            line(
                    "spent",
                    spent.place().block(),
                    spent.place().index(),
                    spent.to(),
                    spent.amount().units());
        }
        line(
                "sums",
                statement.incomeSum().units(),
                statement.costSum().units(),
                statement.spentSum().units());
        line("loss", statement.lossBefore().units(), statement.lossAfter().units());
    }

    private void division() {
        line(
                "pool",
                statement.share().units(),
                statement.brought().units(),
                statement.pool().units());
        for (RoleShare role : statement.roles()) {
            line(
                    "role",
                    role.role().key(),
                    role.part().units(),
                    role.measure(),
                    role.reached().units(),
                    role.paid().units());
        }
        line(
                "commons",
                statement.commonsPart().units(),
                statement.unearned().units(),
                statement.commons().units());
        line("carry", statement.carry().units());
    }

    private void accounts() {
        for (Line line : statement.lines()) {
            field("account").field(line.number()).field(line.account());
            field(line.total().units()).field(line.fresh().units());
            Role.OF_ACCOUNTS.forEach(role -> field(line.by(role).units()));
            end();
        }
        ShareTree tree = statement.tree();
        line("total", statement.total().units(), statement.fresh().units());
        line("root", tree.depth(), tree.root());
    }

    private void line(Object... fields) {
        for (Object field : fields) {
            field(field);
        }
        end();
    }

    private StatementText field(Object field) {
        text.append(field).append(' ');
        return this;
    }

    private void end() {
        text.setCharAt(text.length() - 1, '\n');
    }
}
