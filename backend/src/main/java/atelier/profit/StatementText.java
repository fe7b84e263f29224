package atelier.profit;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Writes a statement down, byte for byte as the specification says. */
final class StatementText {

    private static final int LINE = 120;

    private final Statement statement;
    private final ShareTree tree;
    private final byte[] bytes;
    private final StringBuilder text;
    private final int headLength;

    /** With the statement's own tree. */
    StatementText(Statement statement, ShareTree tree) {
        this.statement = statement;
        this.tree = tree;
        this.text = new StringBuilder(LINE * (statement.lines().size() + 40));
        header();
        money();
        division();
        headLength = text.length();
        accounts();
        bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    byte[] bytes() {
        return bytes;
    }

    /** What stands before the accounts. */
    byte[] head() {
        return Arrays.copyOf(bytes, headLength);
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
