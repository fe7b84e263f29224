package atelier.profit.web;

import atelier.kernel.Address;
import atelier.kernel.TokenAmount;
import atelier.profit.Cost;
import atelier.profit.Costs;
import atelier.profit.EpochView;
import atelier.profit.Line;
import atelier.profit.Profit;
import atelier.profit.Publication;
import atelier.profit.RoleShare;
import atelier.profit.Statement;
import atelier.rules.Rule;
import atelier.rules.RuleWords;
import atelier.web.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/**
 * A statement to print and to keep, in the reader's language. It says only what does not change any
 * more, so the same statement gives the same bytes.
 */
@Component
class StatementPaper {

    private static final int MOST_ACCOUNTS = 500;

    private final Profit profit;
    private final Costs costs;
    private final Words words;
    private final RuleWords rules;
    private final Format format;

    StatementPaper(Profit profit, Costs costs, Words words, RuleWords rules, Format format) {
        this.profit = profit;
        this.costs = costs;
        this.words = words;
        this.rules = rules;
        this.format = format;
    }

    /** As a PDF. */
    byte[] of(EpochView view) {
        Statement head = view.statement().head();
        String title = words.say("profit.paper.title", format.count(view.number()));
        Instant end = Instant.ofEpochSecond(head.epoch().end());
        String foot = title + "  ·  " + view.statement().digest();
        try (Paper paper = new Paper(LocaleContextHolder.getLocale(), title, end, foot)) {
            paper.title(title);
            paper.paragraph(
                    words.say(
                            "profit.lasted",
                            format.time(Instant.ofEpochSecond(head.epoch().start())),
                            format.time(end)));
            says(paper, head);
            sums(paper, head);
            income(paper, head);
            costs(paper, costs.of(view.number()));
            roles(paper, head);
            people(paper, view.number());
            rules(paper, head);
            proof(paper, view);
            return paper.bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void says(Paper paper, Statement head) throws IOException {
        String income = format.points(head.incomeSum());
        String paid = format.points(head.costSum());
        paper.paragraph(
                head.fresh().signum() > 0
                        ? words.say("profit.says", income, paid, format.points(head.fresh()))
                        : words.say("profit.says.nothing", income, paid));
    }

    private void sums(Paper paper, Statement head) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        rows.add(sum("profit.column.income", head.incomeSum()));
        rows.add(sum("profit.costs", head.costSum()));
        rows.add(sum("profit.flow.loss", head.lossBefore()));
        rows.add(sum("profit.flow.missing", head.lossAfter()));
        rows.add(sum("profit.paper.share", head.share()));
        rows.add(sum("profit.flow.brought", head.brought()));
        rows.add(sum("profit.column.shared", head.fresh()));
        rows.add(sum("profit.flow.commons", head.commons()));
        rows.add(sum("profit.flow.carry", head.carry()));
        rows.add(sum("profit.paper.spent", head.spentSum()));
        paper.table(List.of(column("profit.column.what", 3), figures("web.points.name", 1)), rows);
    }

    private List<String> sum(String key, TokenAmount amount) {
        return List.of(words.say(key), figure(amount));
    }

    private void income(Paper paper, Statement head) throws IOException {
        if (head.income().isEmpty()) {
            return;
        }
        paper.heading(words.say("profit.income"));
        paper.table(
                List.of(
                        column("profit.column.what", 3),
                        column("profit.column.kind", 2),
                        figures("profit.column.times", 1),
                        figures("web.points.name", 1.5f)),
                head.income().stream()
                        .map(line ->
                                List.of(
                                        words.reference(line),
                                        words.income(line.kind()),
                                        format.count(line.facts()),
                                        figure(line.amount())))
                        .toList());
    }

    private void costs(Paper paper, List<Cost> paid) throws IOException {
        if (paid.isEmpty()) {
            return;
        }
        paper.heading(words.say("profit.costs"));
        Map<Address, String> names =
                words.names(paid.stream().map(Cost::to).collect(Collectors.toSet()));
        paper.table(
                List.of(
                        column("profit.column.what", 2),
                        column("profit.column.kind", 1),
                        column("profit.column.to", 1.5f),
                        column("profit.column.receipt", 3),
                        figures("web.points.name", 1)),
                paid.stream()
                        .map(cost ->
                                List.of(
                                        cost.text(),
                                        words.cost(cost.kind()),
                                        names.getOrDefault(cost.to(), cost.to().toString()),
                                        cost.receipt().toString(),
                                        figure(cost.amount())))
                        .toList());
    }

    private void roles(Paper paper, Statement head) throws IOException {
        paper.heading(words.say("profit.paper.roles"));
        List<List<String>> rows = new ArrayList<>();
        for (RoleShare role : head.roles()) {
            rows.add(List.of(words.role(role.role()), figure(role.part()), figure(role.paid())));
        }
        paper.table(
                List.of(
                        column("profit.paper.role", 2),
                        figures("profit.paper.part", 1),
                        figures("profit.column.shared", 1)),
                rows);
    }

    private void people(Paper paper, long epoch) throws IOException {
        List<Line> lines = profit.largest(epoch, MOST_ACCOUNTS);
        if (lines.isEmpty()) {
            return;
        }
        Map<Address, String> names =
                words.names(lines.stream().map(Line::account).collect(Collectors.toSet()));
        paper.heading(words.say("profit.people"));
        paper.table(
                List.of(
                        column("web.receipt.who", 1.6f),
                        column("profit.proof.account", 4),
                        figures("web.points.name", 1),
                        figures("profit.paper.total", 1)),
                lines.stream()
                        .map(line ->
                                List.of(
                                        names.getOrDefault(line.account(), "№ " + line.number()),
                                        line.account().toString(),
                                        figure(line.fresh()),
                                        figure(line.total())))
                        .toList());
        int all = profit.accounts(epoch);
        if (all > lines.size()) {
            paper.note(
                    words.say("profit.people.more", format.count(lines.size()), format.count(all)));
        }
    }

    private void rules(Paper paper, Statement head) throws IOException {
        paper.heading(words.say("profit.rules"));
        paper.table(
                List.of(column("profit.paper.rule", 3), figures("profit.paper.value", 1)),
                head.rules().values().entrySet().stream()
                        .map(one -> Map.entry(Rule.ofId(one.getKey()), one.getValue()))
                        .map(one ->
                                List.of(
                                        rules.name(one.getKey()),
                                        rules.value(one.getKey(), one.getValue())))
                        .toList());
    }

    private void proof(Paper paper, EpochView view) throws IOException {
        Statement head = view.statement().head();
        paper.heading(words.say("web.proof"));
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(words.say("profit.digest"), view.statement().digest().toString()));
        rows.add(List.of(words.say("profit.root"), view.statement().root().toString()));
        rows.add(
                List.of(
                        words.say("profit.claim.contract"),
                        head.domain().profitShare() + " (" + head.domain().chainId() + ")"));
        Publication publication = view.publication();
        if (publication != null && publication.of(view.statement())) {
            rows.add(
                    List.of(
                            words.say("profit.published"),
                            words.say("profit.block", format.count(publication.block()))
                                    + ", "
                                    + publication.tx()));
        }
        paper.table(List.of(column("profit.column.what", 1), column("profit.claim.data", 3)), rows);
        paper.note(words.say("profit.paper.check"));
    }

    private Paper.Column column(String key, float share) {
        return Paper.Column.of(words.say(key), share);
    }

    private Paper.Column figures(String key, float share) {
        return Paper.Column.figures(words.say(key), share);
    }

    /** All with two decimals, so that they stand below each other. */
    private String figure(TokenAmount amount) {
        return format.amount(amount, TokenAmount.DECIMALS);
    }
}
