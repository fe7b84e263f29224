package atelier.profit.web;

import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.Address;
import atelier.kernel.TokenAmount;
import atelier.profit.Cost;
import atelier.profit.CostReceipts;
import atelier.profit.Costs;
import atelier.profit.EpochView;
import atelier.profit.IncomeLine;
import atelier.profit.Line;
import atelier.profit.Profit;
import atelier.profit.Statement;
import atelier.web.CurrentMember;
import atelier.web.Flow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** All that the page of one statement shows, whatever led to it. */
@Component
class StatementPage {

    private static final int SHOWN_ACCOUNTS = 50;

    /** One source of income. */
    record Source(String kind, String reference, long facts, TokenAmount amount) {}

    /** One cost, and where its receipt is to be seen. */
    record Bill(
            String kind,
            String text,
            @Nullable String payee,
            TokenAmount amount,
            Instant at,
            String receipt,
            @Nullable String href) {}

    /** One account of the statement. */
    record Account(@Nullable String name, Address account, TokenAmount fresh, boolean mine) {}

    private final Profit profit;
    private final Costs costs;
    private final CostReceipts receipts;
    private final WindowViews windows;
    private final Words words;
    private final Members members;
    private final CurrentMember current;

    StatementPage(
            Profit profit,
            Costs costs,
            CostReceipts receipts,
            WindowViews windows,
            Words words,
            Members members,
            CurrentMember current) {
        this.profit = profit;
        this.costs = costs;
        this.receipts = receipts;
        this.windows = windows;
        this.words = words;
        this.members = members;
        this.current = current;
    }

    /** Fills the page; its name. */
    String show(EpochView view, Model model) {
        Statement head = view.statement().head();
        Flow flow = StatementFlow.of(head, words);
        Optional<Member> me = current.id().flatMap(members::find);
        Optional<Address> mine = me.map(Member::account);
        model.addAttribute("view", view);
        model.addAttribute("row", ProfitPages.Row.of(view));
        model.addAttribute("head", head);
        model.addAttribute("flow", flow.total().signum() > 0 ? flow : null);
        model.addAttribute("sources", head.income().stream().map(this::source).toList());
        model.addAttribute("bills", bills(costs.of(view.number())));
        model.addAttribute("accounts", accounts(view.number(), mine));
        model.addAttribute("count", profit.accounts(view.number()));
        model.addAttribute(
                "line", mine.flatMap(one -> profit.line(view.number(), one)).orElse(null));
        model.addAttribute("window", windows.of(view, me.map(Member::id)).orElse(null));
        return "profit/epoch";
    }

    private Source source(IncomeLine line) {
        return new Source(
                words.income(line.kind()), words.reference(line), line.facts(), line.amount());
    }

    private List<Bill> bills(List<Cost> paid) {
        Map<Address, String> names =
                words.names(paid.stream().map(Cost::to).collect(Collectors.toSet()));
        return paid.stream()
                .map(cost ->
                        new Bill(
                                words.cost(cost.kind()),
                                cost.text(),
                                names.get(cost.to()),
                                cost.amount(),
                                cost.at(),
                                cost.receipt().toString(),
                                receipts.path(cost.receipt()).orElse(null)))
                .toList();
    }

    private List<Account> accounts(long epoch, Optional<Address> mine) {
        List<Line> lines = profit.largest(epoch, SHOWN_ACCOUNTS);
        Set<Address> all = lines.stream().map(Line::account).collect(Collectors.toSet());
        Map<Address, String> names = words.names(all);
        return lines.stream()
                .map(line ->
                        new Account(
                                names.get(line.account()),
                                line.account(),
                                line.fresh(),
                                mine.filter(line.account()::equals).isPresent()))
                .toList();
    }
}
