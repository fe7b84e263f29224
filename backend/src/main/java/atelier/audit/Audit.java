package atelier.audit;

import atelier.chain.ChainHistory;
import atelier.chain.ChainHistory.Listed;
import atelier.chain.ChainHistory.Listener;
import atelier.chain.ContractKind;
import atelier.chain.ContractLog;
import atelier.kernel.Address;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** One audit: reads the chain once, makes the statements, and compares. */
final class Audit {

    /** There is nothing to audit; the message says why. */
    static final class Impossible extends RuntimeException {
        Impossible(String message) {
            super(message);
        }
    }

    /** Nodes forget what stood in old blocks; reading many takes long. */
    private static final long STILL_KNOWN = 32;

    private final ChainHistory history;
    private final AuditOptions options;
    private final Findings findings = new Findings();

    Audit(ChainHistory history, AuditOptions options) {
        this.history = history;
        this.options = options;
    }

    /** Audits and tells the result; whether all is as it should be. */
    boolean print(PrintStream out) {
        long chainId = history.chainId();
        long block = history.height();
        List<Listed> listed = listed(chainId, block);
        Facts facts = Facts.from(listed);
        Address treasury = facts.at(ContractKind.TREASURY);

        RuleValues rules = new RuleValues(facts.at(ContractKind.RULE_BOOK), findings);
        Settlements settlements = new Settlements(treasury, findings);
        FeeLines fees = new FeeLines(treasury, rules, settlements, findings);
        PointsLedger points = new PointsLedger(findings);
        Payouts payouts =
                new Payouts(
                        facts.at(ContractKind.PROFIT_SHARE), treasury, options.epoch(), findings);
        List<Listener> all = List.of(facts, rules, settlements, fees, points, payouts);
        Listener everyone = (log, by) -> all.forEach(one -> tell(one, log, by));
        history.read(listed, block, everyone);
        while (history.height() - block > STILL_KNOWN) {
            block = history.height();
            history.read(listed, block, everyone);
        }
        settlements.end();

        List<Made> statements = statements(facts, chainId);
        List<Made> chosen = chosen(statements);
        Map<Long, Course> courses = payouts.check(statements);
        rules.compare(history, block);
        points.compare(history, block);
        payouts.compare(history, block);

        Report report = new Report(out);
        report.read(chainId, block, listed.size(), facts.count());
        report.table(chosen, courses);
        report.checked(fees, points);
        return report.result(findings);
    }

    private List<Listed> listed(long chainId, long block) {
        List<Listed> listed = history.listed(options.directory(), block);
        if (listed.isEmpty()) {
            throw new Impossible(
                    ("There is no Directory at %s on chain %d. Name the one that the community's"
                                    + " page /proof names, and a node of its chain.")
                            .formatted(options.directory(), chainId));
        }
        return listed;
    }

    /** Our contracts' logs can all be read; what cannot be was never said by one. */
    private void tell(Listener listener, ContractLog log, Address contract) {
        try {
            listener.hear(log, contract);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
            findings.add(
                    log,
                    "%s cannot have said this: %s."
                            .formatted(log.contract().directoryName(), e.getMessage()));
        }
    }

    private List<Made> statements(Facts facts, long chainId) {
        try {
            return facts.statements(chainId).stream().map(Made::of).toList();
        } catch (IllegalArgumentException e) {
            findings.add("There are no statements: %s.".formatted(e.getMessage()));
            return List.of();
        }
    }

    private List<Made> chosen(List<Made> statements) {
        if (options.epoch().isEmpty() || (statements.isEmpty() && findings.count() > 0)) {
            return statements;
        }
        long epoch = options.epoch().get();
        List<Made> chosen = statements.stream().filter(made -> made.epoch() == epoch).toList();
        if (chosen.isEmpty()) {
            throw new Impossible(
                    "Epoch %d is not closed: %s."
                            .formatted(
                                    epoch,
                                    statements.isEmpty()
                                            ? "none is yet"
                                            : "the last that is closed is "
                                                    + statements.getLast().epoch()));
        }
        return chosen;
    }
}
