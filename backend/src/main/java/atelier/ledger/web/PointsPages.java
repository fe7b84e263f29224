package atelier.ledger.web;

import atelier.chain.Intent;
import atelier.chain.Intents;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.ledger.Ledger;
import atelier.ledger.Posting;
import atelier.web.Choice;
import atelier.web.CurrentMember;
import atelier.web.Notice;
import atelier.web.Pager;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A member's points: what there is, what is on its way, and every posting that made it. */
@Controller
@RolesAllowed("MEMBER")
class PointsPages {

    private static final int PAGE = 25;
    private static final int FOUND = 12;

    private final CurrentMember current;
    private final Members members;
    private final Ledger ledger;
    private final Intents intents;
    private final Lines lines;

    PointsPages(
            CurrentMember current, Members members, Ledger ledger, Intents intents, Lines lines) {
        this.current = current;
        this.members = members;
        this.ledger = ledger;
        this.intents = intents;
        this.lines = lines;
    }

    @GetMapping("/me/points")
    String points(@RequestParam(required = false) @Nullable String before, Model model) {
        Member member = me();
        List<Posting> postings = ledger.statement(member.account(), Places.read(before), PAGE + 1);
        List<Posting> shown = postings.subList(0, Math.min(PAGE, postings.size()));
        TokenAmount balance = ledger.pointsOf(member.account());
        TokenAmount available = ledger.availableOf(member.account());
        model.addAttribute("balance", balance);
        model.addAttribute("available", available);
        model.addAttribute("held", balance.minus(available));
        model.addAttribute("welcomeOwed", ledger.owesWelcome(member.id()));
        model.addAttribute("open", intents.open(member.id()).stream().map(OnItsWay::of).toList());
        model.addAttribute("lines", lines.of(member.account(), shown));
        model.addAttribute("pager", pager(before, postings.size() > PAGE ? shown.getLast() : null));
        return "ledger/points";
    }

    @GetMapping("/me/points/send")
    String choose(@RequestParam(defaultValue = "") String q, Model model) {
        return send(q, null, "", model);
    }

    @PostMapping("/me/points/send")
    String send(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(defaultValue = "") String amount,
            IdempotencyKey key,
            Model model,
            RedirectAttributes redirect) {
        try {
            MemberId recipient = recipient(to);
            TokenAmount points = Amounts.read(amount);
            Intent intent = ledger.give(current.require(), recipient, points, key);
            redirect.addFlashAttribute("notice", Notice.waiting("ledger.sent", points.toString()));
            return intent.state().open()
                    ? "redirect:/me/points"
                    : "redirect:/intents/" + intent.id();
        } catch (Refused refused) {
            model.addAttribute("refused", refused);
            return send(q, to, amount, model);
        }
    }

    private String send(String q, @Nullable String to, String amount, Model model) {
        Member me = me();
        List<Choice> found =
                q.isBlank()
                        ? List.of()
                        : members.search(q, FOUND + 1).stream()
                                .filter(member -> !member.id().equals(me.id()))
                                .map(member -> new Choice(member.id().toString(), member.name()))
                                .toList();
        model.addAttribute("available", ledger.availableOf(me.account()));
        model.addAttribute("q", q);
        model.addAttribute("to", to);
        model.addAttribute("amount", amount);
        model.addAttribute("found", found);
        return "ledger/send";
    }

    private Member me() {
        return members.find(current.require())
                .orElseThrow(() -> Refused.notFound("member.unknown"));
    }

    private static Pager pager(@Nullable String before, @Nullable Posting last) {
        return Pager.cursor(
                before == null ? null : "/me/points",
                last == null ? null : "/me/points?before=" + last.place());
    }

    private static MemberId recipient(@Nullable String id) {
        try {
            return new MemberId(UUID.fromString(id == null ? "" : id));
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("points.recipient");
        }
    }
}
