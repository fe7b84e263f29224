package atelier.profit.web;

import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.TokenAmount;
import atelier.profit.Costs;
import atelier.profit.Epoch;
import atelier.profit.EpochView;
import atelier.profit.Profit;
import atelier.profit.Statement;
import atelier.web.CurrentMember;
import jakarta.annotation.security.PermitAll;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Every epoch's statement, for everybody to read. */
@Controller
class ProfitPages {

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

    private final Profit profit;
    private final Costs costs;
    private final StatementPage page;
    private final Members members;
    private final CurrentMember current;

    ProfitPages(
            Profit profit,
            Costs costs,
            StatementPage page,
            Members members,
            CurrentMember current) {
        this.profit = profit;
        this.costs = costs;
        this.page = page;
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
        return page.show(profit.epoch(Paths.epoch(number)), model);
    }

    private Optional<Member> me() {
        return current.id().flatMap(members::find);
    }
}
