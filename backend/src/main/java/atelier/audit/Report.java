package atelier.audit;

import atelier.kernel.TokenAmount;
import atelier.profit.Statement;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** An audit's result in plain text; amounts are points. */
final class Report {

    private static final String ROW = "%5s  %-20s %14s %14s %14s %14s %14s  %-15s  %s%n";

    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    void read(long chainId, long block, int contracts, int facts) {
        out.printf(
                "Chain %d up to block %d: %d contracts in the Directory, %d facts.%n",
                chainId, block, contracts, facts);
    }

    void table(List<Made> statements, Map<Long, Course> courses) {
        if (statements.isEmpty()) {
            out.println("No epoch is closed yet.");
            return;
        }
        out.printf(
                ROW,
                "epoch",
                "end",
                "income",
                "costs",
                "pool",
                "shares",
                "paid",
                "statement",
                "root");
        for (Made made : statements) {
            Statement statement = made.statement();
            Course course = Objects.requireNonNull(courses.get(made.epoch()));
            out.printf(
                    ROW,
                    made.epoch(),
                    Instant.ofEpochSecond(statement.epoch().end()),
                    points(statement.incomeSum()),
                    points(statement.costSum()),
                    points(statement.pool()),
                    points(statement.fresh()),
                    points(course.paid()),
                    course.stage(),
                    made.root());
        }
    }

    void checked(FeeLines fees, PointsLedger points) {
        out.printf(
                "Checked: %d sales, %d purchases, %d makings, %d transfers of points; %s points"
                        + " are issued.%n",
                fees.sales(),
                fees.purchases(),
                fees.makings(),
                points.transfers(),
                points.supply());
    }

    /** The last words; whether they are good ones. */
    boolean result(Findings findings) {
        findings.first().ifPresentOrElse(out::println, () -> out.println("OK"));
        if (findings.count() > 1) {
            out.printf("This is the first of %d differences.%n", findings.count());
        }
        return findings.count() == 0;
    }

    private static String points(TokenAmount amount) {
        return amount.points().setScale(TokenAmount.DECIMALS).toPlainString();
    }
}
