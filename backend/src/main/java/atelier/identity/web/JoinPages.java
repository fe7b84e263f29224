package atelier.identity.web;

import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.Refused;
import atelier.web.CurrentMember;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;

/** Where a visitor becomes a member. */
@Controller
class JoinPages {

    private static final String PAGE = "identity/join";

    private final Members members;
    private final CurrentMember currentMember;
    private final Arrival arrival;

    JoinPages(Members members, CurrentMember currentMember, Arrival arrival) {
        this.members = members;
        this.currentMember = currentMember;
        this.arrival = arrival;
    }

    @PermitAll
    @GetMapping("/join")
    String form(Model model) {
        if (currentMember.id().isPresent()) {
            return "redirect:/";
        }
        model.addAttribute("form", JoinForm.empty());
        return PAGE;
    }

    @PermitAll
    @PostMapping("/join")
    String join(
            @ModelAttribute("form") JoinForm form,
            BindingResult result,
            Model model,
            @Nullable IdempotencyKey key,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            Member member = members.register(form.registration(request.getRemoteAddr(), key));
            arrival.of(member.id(), request, response);
            return "redirect:/";
        } catch (Refused refused) {
            Refusals.show(refused, result, model, response);
            return PAGE;
        }
    }
}
