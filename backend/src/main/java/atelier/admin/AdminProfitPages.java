package atelier.admin;

import atelier.chain.Intent;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.profit.Challenge;
import atelier.profit.CostKind;
import atelier.profit.Costs;
import atelier.profit.Epoch;
import atelier.profit.EpochView;
import atelier.profit.Profit;
import atelier.web.Choice;
import atelier.web.CurrentMember;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** Where costs are paid, epochs closed and statements published. */
@Controller
class AdminProfitPages {

    private static final int MOST_MEMBERS = 100;
    private static final int SHOWN_COSTS = 30;
    private static final int LONGEST_NUMBER = 30;

    /** What was written into the form. */
    record CostForm(String kind, @Nullable String to, String points, String text) {}

    private final Profit profit;
    private final Costs costs;
    private final Challenge challenge;
    private final Members members;
    private final MessageSource messages;
    private final CurrentMember current;

    AdminProfitPages(
            Profit profit,
            Costs costs,
            Challenge challenge,
            Members members,
            MessageSource messages,
            CurrentMember current) {
        this.profit = profit;
        this.costs = costs;
        this.challenge = challenge;
        this.members = members;
        this.messages = messages;
        this.current = current;
    }

    @GetMapping("/admin/profit")
    @RolesAllowed({"ADMIN", "AUDITOR"})
    String profit(Model model) {
        return show(empty(), model);
    }

    @PostMapping("/admin/profit/costs")
    @RolesAllowed("ADMIN")
    String pay(
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(defaultValue = "") String points,
            @RequestParam(defaultValue = "") String text,
            @RequestParam("receipt") MultipartFile receipt,
            IdempotencyKey key,
            Model model,
            HttpServletResponse response)
            throws IOException {
        CostForm form = new CostForm(kind, to, points, text);
        try (InputStream file = receipt.getInputStream()) {
            return submit(
                    () -> costs.pay(current.require(), wish(form), file, key),
                    form,
                    model,
                    response);
        }
    }

    @PostMapping("/admin/profit/closing")
    @RolesAllowed("ADMIN")
    String close(Model model, HttpServletResponse response) {
        return submit(profit::close, empty(), model, response);
    }

    @PostMapping("/admin/profit/{epoch:\\d{1,9}}/publication")
    @RolesAllowed("ADMIN")
    String publish(@PathVariable("epoch") long epoch, Model model, HttpServletResponse response) {
        return submit(() -> profit.publish(current.require(), epoch), empty(), model, response);
    }

    private String submit(
            Supplier<Intent> what, CostForm form, Model model, HttpServletResponse response) {
        try {
            return "redirect:/intents/" + what.get().id();
        } catch (Refused refused) {
            response.setStatus(
                    switch (refused.reason()) {
                        case INVALID, NOT_FOUND -> HttpServletResponse.SC_BAD_REQUEST;
                        case CONFLICT -> HttpServletResponse.SC_CONFLICT;
                        case TOO_LARGE -> HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE;
                        case UNSUPPORTED -> HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE;
                        case UNAVAILABLE -> HttpServletResponse.SC_SERVICE_UNAVAILABLE;
                        case FORBIDDEN, TOO_MANY -> throw refused;
                    });
            model.addAttribute("refused", refused);
            return show(form, model);
        }
    }

    private String show(CostForm form, Model model) {
        profit.newest().ifPresent(epoch -> present(epoch, model));
        EpochView next = profit.toPublish().orElse(null);
        model.addAttribute("next", next);
        model.addAttribute(
                "attempt", next == null ? null : profit.publishing(next.number()).orElse(null));
        profit.epochs().stream()
                .filter(view -> view.publication() != null && view.publication().waits())
                .findFirst()
                .ifPresent(waiting -> challenge(waiting, model));
        model.addAttribute("budget", costs.budget().orElse(null));
        model.addAttribute("paid", costs.newest(SHOWN_COSTS));
        model.addAttribute("form", form);
        model.addAttribute("kinds", kinds());
        model.addAttribute("payees", payees());
        model.addAttribute("mayPay", current.is("ADMIN"));
        return "admin/profit";
    }

    private void challenge(EpochView waiting, Model model) {
        model.addAttribute("waiting", waiting);
        model.addAttribute("needed", challenge.seatsNeeded());
        model.addAttribute("guarded", challenge.guard().isPresent());
        model.addAttribute("mayHold", challenge.mayHold(current.require()));
    }

    private void present(Epoch epoch, Model model) {
        model.addAttribute("number", epoch.number());
        model.addAttribute("until", Instant.ofEpochSecond(epoch.end()));
        model.addAttribute("over", profit.isOver(epoch));
    }

    private static CostForm empty() {
        return new CostForm(CostKind.OTHER.key(), null, "", "");
    }

    private List<Choice> kinds() {
        return Arrays.stream(CostKind.values())
                .map(kind ->
                        new Choice(
                                kind.key(),
                                messages.getMessage(
                                        "profit.cost." + kind.key(),
                                        null,
                                        LocaleContextHolder.getLocale())))
                .toList();
    }

    private List<Choice> payees() {
        return members.search("", MOST_MEMBERS).stream().map(AdminProfitPages::choice).toList();
    }

    private static Choice choice(Member member) {
        return new Choice(member.id().toString(), member.name());
    }

    private static Costs.Wish wish(CostForm form) {
        return new Costs.Wish(
                kind(form.kind()), payee(form.to()), points(form.points()), form.text());
    }

    private static CostKind kind(String key) {
        try {
            return CostKind.valueOf(key.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("cost.kind");
        }
    }

    private static MemberId payee(@Nullable String id) {
        try {
            return new MemberId(UUID.fromString(id == null ? "" : id));
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("cost.payee");
        }
    }

    private static TokenAmount points(String text) {
        try {
            return TokenAmount.parsePoints(
                    text.length() > LONGEST_NUMBER ? "" : text.replace(",", ""));
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("cost.amount");
        }
    }
}
