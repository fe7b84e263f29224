package atelier.profit.web;

import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.Address;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.profit.Cost;
import atelier.profit.CostReceipts;
import atelier.profit.Costs;
import atelier.profit.Epoch;
import atelier.profit.EpochView;
import atelier.profit.IncomeLine;
import atelier.profit.Line;
import atelier.profit.Profit;
import atelier.profit.Statement;
import atelier.web.CurrentMember;
import atelier.web.Flow;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Every epoch's statement, for everybody to read. */
@Controller
class ProfitPages {

    private static final int SHOWN_ACCOUNTS = 50;

    /** The epoch at hand. */
    record Present(long number, Instant from, Instant to, boolean over) {

        static Present of(Epoch epoch, boolean over) {
            return new Present(
                    epoch.number(),
                    Instant.ofEpochSecond(epoch.start()),
                    Instant.ofEpochSecond(epoch.end()),
                    over);
        }
    }

    /** A line of the list. */
    record Row(
            long number,
            Instant from,
            Instant to,
            TokenAmount income,
            TokenAmount fresh,
            String state) {

        static Row of(EpochView view) {
            Statement head = view.statement().head();
            return new Row(
                    view.number(),
                    Instant.ofEpochSecond(head.epoch().start()),
                    Instant.ofEpochSecond(head.epoch().end()),
                    head.incomeSum(),
                    head.fresh(),
                    view.state());
        }
    }

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
    private final Words words;
    private final Members members;
    private final CurrentMember current;

    ProfitPages(
            Profit profit,
            Costs costs,
            CostReceipts receipts,
            Words words,
            Members members,
            CurrentMember current) {
        this.profit = profit;
        this.costs = costs;
        this.receipts = receipts;
        this.words = words;
        this.members = members;
        this.current = current;
    }

    @GetMapping("/profit")
    @PermitAll
    String epochs(Model model) {
        model.addAttribute(
                "present",
                profit.newest().map(epoch -> Present.of(epoch, profit.isOver(epoch))).orElse(null));
        model.addAttribute("budget", costs.budget().orElse(null));
        model.addAttribute("epochs", profit.epochs().stream().map(Row::of).toList());
        model.addAttribute("purse", me().map(Member::account).map(profit::purse).orElse(null));
        return "profit/epochs";
    }

    @GetMapping("/profit/{epoch:\\d+}")
    @PermitAll
    String epoch(@PathVariable("epoch") String number, Model model) {
        return show(profit.epoch(Paths.epoch(number)), model);
    }

    @PostMapping("/profit/{epoch:\\d+}/objection")
    @RolesAllowed("MEMBER")
    String object(@PathVariable("epoch") String number, IdempotencyKey key, Model model) {
        long epoch = Paths.epoch(number);
        try {
            return "redirect:/intents/" + profit.object(current.require(), epoch, key).id();
        } catch (Refused refused) {
            model.addAttribute("refused", refused);
            return show(profit.epoch(epoch), model);
        }
    }

    private String show(EpochView view, Model model) {
        Statement head = view.statement().head();
        Flow flow = StatementFlow.of(head, words);
        Optional<Address> mine = me().map(Member::account);
        model.addAttribute("view", view);
        model.addAttribute("row", Row.of(view));
        model.addAttribute("head", head);
        model.addAttribute("flow", flow.total().signum() > 0 ? flow : null);
        model.addAttribute("sources", head.income().stream().map(this::source).toList());
        model.addAttribute("bills", bills(costs.of(view.number())));
        model.addAttribute("accounts", accounts(view.number(), mine));
        model.addAttribute("count", profit.accounts(view.number()));
        model.addAttribute(
                "line", mine.flatMap(one -> profit.line(view.number(), one)).orElse(null));
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

    private Optional<Member> me() {
        return current.id().flatMap(members::find);
    }
}
