package atelier.profit.web;

import atelier.chain.Intent;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.Address;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.profit.Deed;
import atelier.profit.Deeds;
import atelier.profit.EpochView;
import atelier.profit.Fact;
import atelier.profit.Line;
import atelier.profit.Profit;
import atelier.profit.Role;
import atelier.profit.ShareProof;
import atelier.web.CurrentMember;
import atelier.web.Format;
import atelier.web.RefusalStatus;
import atelier.workshop.WorkView;
import atelier.workshop.Workshop;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** A member's own shares: what each came from, and the proof that it is in the statement. */
@Controller
@RolesAllowed("MEMBER")
class MySharePages {

    private static final int SHOWN_DEEDS = 50;

    /** One epoch in the list. */
    record Row(long epoch, Instant to, TokenAmount fresh, String state) {}

    /** What one role brought, with the events behind it. */
    record Part(String role, TokenAmount amount, List<Event> events, int more) {}

    /** One event behind a share. */
    record Event(String words, @Nullable String href, Instant at, long block) {}

    private final Profit profit;
    private final Members members;
    private final Words words;
    private final Workshop workshop;
    private final Format format;
    private final CurrentMember current;

    MySharePages(
            Profit profit,
            Members members,
            Words words,
            Workshop workshop,
            Format format,
            CurrentMember current) {
        this.profit = profit;
        this.members = members;
        this.words = words;
        this.workshop = workshop;
        this.format = format;
        this.current = current;
    }

    @GetMapping("/profit/me")
    String shares(Model model) {
        Address account = account();
        Map<Long, EpochView> views =
                profit.epochs().stream()
                        .collect(Collectors.toMap(EpochView::number, Function.identity()));
        model.addAttribute("purse", profit.purse(account));
        model.addAttribute("open", profit.open(account).orElse(null));
        model.addAttribute(
                "rows",
                profit.sharesOf(account).stream()
                        .flatMap(share ->
                                Optional.ofNullable(views.get(share.epoch())).stream()
                                        .map(view -> row(view, share.fresh())))
                        .toList());
        return "profit/me";
    }

    @PostMapping("/profit/me/claim")
    String claim(Model model, HttpServletResponse response) {
        MemberId me = current.require();
        try {
            Intent intent = profit.claim(me, account());
            return me.equals(intent.owner())
                    ? "redirect:/intents/" + intent.id()
                    : "redirect:/profit/me";
        } catch (Refused refused) {
            response.setStatus(RefusalStatus.of(refused).value());
            model.addAttribute("refused", refused);
            return shares(model);
        }
    }

    @GetMapping("/profit/me/{epoch:\\d+}")
    String share(@PathVariable("epoch") String number, Model model) {
        EpochView view = profit.epoch(Paths.epoch(number));
        Address account = account();
        ShareProof proof =
                profit.proof(view.number(), account)
                        .orElseThrow(() -> Refused.notFound("share.none", view.number()));
        model.addAttribute("view", view);
        model.addAttribute("row", row(view, proof.line().fresh()));
        model.addAttribute("line", proof.line());
        model.addAttribute(
                "parts", parts(proof.line(), profit.deeds(view.number(), account, SHOWN_DEEDS)));
        model.addAttribute("proof", proof);
        model.addAttribute("open", profit.open(account).orElse(null));
        model.addAttribute("purse", profit.purse(account));
        return "profit/share";
    }

    private static Row row(EpochView view, TokenAmount fresh) {
        return new Row(
                view.number(),
                Instant.ofEpochSecond(view.statement().head().epoch().end()),
                fresh,
                view.state());
    }

    private List<Part> parts(Line line, Map<Role, Deeds> deeds) {
        return Role.OF_ACCOUNTS.stream()
                .filter(role -> line.by(role).signum() > 0 || deeds.containsKey(role))
                .map(role -> part(role, line.by(role), deeds.getOrDefault(role, Deeds.NONE)))
                .toList();
    }

    private Part part(Role role, TokenAmount amount, Deeds deeds) {
        return new Part(
                words.role(role),
                amount,
                deeds.first().stream().map(this::event).toList(),
                deeds.more());
    }

    private Event event(Deed deed) {
        Fact fact = deed.fact();
        Instant at = Instant.ofEpochSecond(fact.place().time());
        return switch (fact) {
            case Fact.Sold sold ->
                    new Event(
                            words.say(
                                    "profit.deed.sold",
                                    title(sold),
                                    format.points(sold.treasuryPaid())),
                            "/works/" + sold.work(),
                            at,
                            fact.place().block());
            case Fact.Crafted made ->
                    new Event(
                            words.say("profit.deed.made", words.recipe(made.recipe())),
                            "/recipes/" + made.recipe(),
                            at,
                            fact.place().block());
            case Fact.Bought bought ->
                    new Event(
                            words.say(
                                    "profit.deed.bought",
                                    words.supply(bought.supply()),
                                    format.count(bought.amount())),
                            "/supplies",
                            at,
                            fact.place().block());
            case Fact.SeatMoved taken ->
                    new Event(
                            words.say("profit.deed.seat", format.count(taken.seat())),
                            null,
                            at,
                            fact.place().block());
            case Fact.RuleChanged _,
                    Fact.EpochOpened _,
                    Fact.Collected _,
                    Fact.CostPaid _,
                    Fact.Spent _,
                    Fact.SupplyDefined _,
                    Fact.RecipeProposed _,
                    Fact.Promoted _,
                    Fact.Remixed _,
                    Fact.Cancelled _ ->
                    throw new IllegalStateException("Nobody has a share by " + fact);
        };
    }

    private String title(Fact.Sold sold) {
        return workshop.work(sold.work()).map(WorkView::title).orElse("#" + sold.work().serial());
    }

    private Address account() {
        return members.find(current.require()).map(Member::account).orElseThrow();
    }
}
