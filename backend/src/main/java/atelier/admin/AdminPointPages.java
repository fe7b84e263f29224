package atelier.admin;

import atelier.chain.Intent;
import atelier.chain.IntentState;
import atelier.chain.Intents;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.ledger.Issue;
import atelier.ledger.Ledger;
import atelier.rules.Rules;
import atelier.web.Choice;
import atelier.web.CurrentMember;
import atelier.web.Notice;
import jakarta.annotation.security.RolesAllowed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Points granted to members, within what the epoch's budget leaves. */
@Controller
class AdminPointPages {

    private static final int HISTORY = 50;
    private static final int FOUND = 12;
    private static final Pattern AMOUNT = Pattern.compile("\\d{1,15}([.]\\d{1,2})?");

    /** A grant as the page shows it; the state is the chip's letter. */
    record GrantView(
            String id,
            String member,
            String by,
            TokenAmount amount,
            @Nullable String reason,
            Instant at,
            String state) {}

    /** What was written into the form. */
    record GrantForm(@Nullable String to, String points, String reason) {}

    private final Ledger ledger;
    private final Rules rules;
    private final Members members;
    private final Intents intents;
    private final CurrentMember current;

    AdminPointPages(
            Ledger ledger, Rules rules, Members members, Intents intents, CurrentMember current) {
        this.ledger = ledger;
        this.rules = rules;
        this.members = members;
        this.intents = intents;
        this.current = current;
    }

    @GetMapping("/admin/points")
    @RolesAllowed({"ADMIN", "AUDITOR"})
    String points(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable String to,
            Model model) {
        return show(q, new GrantForm(to, "", ""), model);
    }

    @PostMapping("/admin/points")
    @RolesAllowed("ADMIN")
    String grant(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(defaultValue = "") String points,
            @RequestParam(defaultValue = "") String reason,
            IdempotencyKey key,
            Model model,
            RedirectAttributes redirect) {
        try {
            ledger.grant(current.require(), member(to), amount(points), reason, key);
            redirect.addFlashAttribute("notice", Notice.waiting("admin.points.granted", points));
            return "redirect:/admin/points";
        } catch (Refused refused) {
            model.addAttribute("refused", refused);
            return show(q, new GrantForm(to, points, reason), model);
        }
    }

    private String show(String q, GrantForm form, Model model) {
        model.addAttribute("known", rules.known());
        if (rules.known()) {
            model.addAttribute("left", ledger.budgetLeft());
            model.addAttribute("budget", rules.current().issuanceBudget());
        }
        model.addAttribute("q", q);
        model.addAttribute("form", form);
        model.addAttribute("found", found(q, form.to()));
        model.addAttribute("mayGrant", current.is("ADMIN"));
        model.addAttribute("grants", ledger.grants(HISTORY).stream().map(this::view).toList());
        return "admin/points";
    }

    private List<Choice> found(String q, @Nullable String to) {
        List<Member> found = q.isBlank() ? List.of() : members.search(q, FOUND);
        return found.isEmpty() && to != null
                ? find(to).stream().map(AdminPointPages::choice).toList()
                : found.stream().map(AdminPointPages::choice).toList();
    }

    private Optional<Member> find(String id) {
        try {
            return members.find(member(id));
        } catch (Refused refused) {
            return Optional.empty();
        }
    }

    private GrantView view(Issue issue) {
        MemberId by = issue.grantedBy();
        return new GrantView(
                issue.intent().toString(),
                name(issue.member()),
                by == null ? "" : name(by),
                issue.amount(),
                issue.reason(),
                issue.at(),
                intents.find(issue.intent())
                        .map(Intent::state)
                        .map(AdminPointPages::chip)
                        .orElse("n"));
    }

    private String name(MemberId id) {
        return members.find(id).map(Member::name).orElse("");
    }

    private static String chip(IntentState state) {
        return switch (state) {
            case IntentState.Waiting _, IntentState.Sent _ -> "w";
            case IntentState.InBlock _ -> "b";
            case IntentState.Final _ -> "f";
            case IntentState.Failed _, IntentState.Lost _ -> "x";
        };
    }

    private static Choice choice(Member member) {
        return new Choice(member.id().toString(), member.name());
    }

    private static MemberId member(@Nullable String id) {
        try {
            return new MemberId(UUID.fromString(id == null ? "" : id));
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("points.recipient");
        }
    }

    private static TokenAmount amount(String points) {
        String figure = points.strip().replace(",", "");
        if (!AMOUNT.matcher(figure).matches()) {
            throw Refused.invalid("points.amount");
        }
        return TokenAmount.parsePoints(figure);
    }
}
