package atelier.admin;

import atelier.chain.Intent;
import atelier.identity.Members;
import atelier.identity.Role;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.Refused;
import atelier.kernel.SupplyId;
import atelier.web.Choice;
import atelier.web.CurrentMember;
import atelier.workshop.Curator;
import atelier.workshop.SupplyKind;
import atelier.workshop.Workshop;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where materials and tools are offered, priced and filled up. */
@Controller
class AdminSupplyPages {

    private static final int MOST_SUPPLIERS = 100;

    private final Workshop workshop;
    private final Curator curator;
    private final Members members;
    private final UnderWay underWay;
    private final MessageSource messages;
    private final CurrentMember current;

    AdminSupplyPages(
            Workshop workshop,
            Curator curator,
            Members members,
            UnderWay underWay,
            MessageSource messages,
            CurrentMember current) {
        this.workshop = workshop;
        this.curator = curator;
        this.members = members;
        this.underWay = underWay;
        this.messages = messages;
        this.current = current;
    }

    @RolesAllowed({"ADMIN", "AUDITOR"})
    @GetMapping("/admin/supplies")
    String supplies(@ModelAttribute("form") SupplyForm form, Model model) {
        return page(model);
    }

    @RolesAllowed("ADMIN")
    @PostMapping("/admin/supplies")
    String define(
            @ModelAttribute("form") SupplyForm form,
            IdempotencyKey key,
            Model model,
            HttpServletResponse response) {
        return submit(() -> curator.define(current.require(), form.supply(), key), model, response);
    }

    @RolesAllowed("ADMIN")
    @PostMapping("/admin/supplies/{id}/price")
    String reprice(
            @PathVariable String id,
            @RequestParam("price") String price,
            @ModelAttribute("form") SupplyForm form,
            IdempotencyKey key,
            Model model,
            HttpServletResponse response) {
        return submit(
                () -> curator.reprice(current.require(), number(id), SupplyForm.points(price), key),
                model,
                response);
    }

    @RolesAllowed("ADMIN")
    @PostMapping("/admin/supplies/{id}/stock")
    String restock(
            @PathVariable String id,
            @RequestParam("amount") String amount,
            @ModelAttribute("form") SupplyForm form,
            IdempotencyKey key,
            Model model,
            HttpServletResponse response) {
        return submit(
                () -> curator.restock(current.require(), number(id), SupplyForm.count(amount), key),
                model,
                response);
    }

    private String submit(Supplier<Intent> change, Model model, HttpServletResponse response) {
        try {
            return "redirect:/intents/" + change.get().id();
        } catch (Refused refused) {
            UnderWay.show(refused, model, response);
            return page(model);
        }
    }

    private String page(Model model) {
        model.addAttribute("supplies", workshop.supplies());
        model.addAttribute("kinds", kinds());
        model.addAttribute("suppliers", suppliers());
        model.addAttribute("mayChange", current.is("ADMIN"));
        model.addAttribute("underWay", underWay.of(current.require()));
        return "admin/supplies";
    }

    private List<Choice> kinds() {
        return Arrays.stream(SupplyKind.values())
                .map(kind ->
                        new Choice(
                                kind.name(),
                                messages.getMessage(
                                        "workshop.admin.supply.kind." + kind.name(),
                                        null,
                                        LocaleContextHolder.getLocale())))
                .toList();
    }

    private List<Choice> suppliers() {
        return members.search("", MOST_SUPPLIERS).stream()
                .filter(member -> member.roles().contains(Role.SUPPLIER))
                .map(member -> new Choice(member.id().toString(), member.name()))
                .toList();
    }

    private static SupplyId number(String id) {
        try {
            return new SupplyId(Long.parseLong(id));
        } catch (IllegalArgumentException e) {
            throw Refused.notFound("supply.unknown");
        }
    }
}
