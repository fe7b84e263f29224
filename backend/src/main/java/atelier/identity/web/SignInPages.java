package atelier.identity.web;

import atelier.identity.SignIn;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.web.CurrentMember;
import atelier.web.LocalPath;
import atelier.web.MemberSession;
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
import org.springframework.web.bind.annotation.RequestParam;

/** Where members come in and leave. */
@Controller
class SignInPages {

    private static final String PAGE = "identity/sign-in";

    private final SignIn signIn;
    private final CurrentMember currentMember;
    private final Arrival arrival;
    private final MemberSession session;

    SignInPages(
            SignIn signIn, CurrentMember currentMember, Arrival arrival, MemberSession session) {
        this.signIn = signIn;
        this.currentMember = currentMember;
        this.arrival = arrival;
        this.session = session;
    }

    @PermitAll
    @GetMapping("/sign-in")
    String form(@RequestParam(required = false) @Nullable String then, Model model) {
        SignInForm form = SignInForm.to(then);
        if (currentMember.id().isPresent()) {
            return "redirect:" + LocalPath.of(form.thenOrHome());
        }
        model.addAttribute("form", form);
        return PAGE;
    }

    @PermitAll
    @PostMapping("/sign-in")
    String signIn(
            @ModelAttribute("form") SignInForm form,
            BindingResult result,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            MemberId member =
                    signIn.byPassword(
                            form.emailOrEmpty(), form.passwordOrEmpty(), request.getRemoteAddr());
            arrival.of(member, request, response);
            return "redirect:" + LocalPath.of(form.thenOrHome());
        } catch (Refused refused) {
            Refusals.show(refused, result, model, response);
            return PAGE;
        }
    }

    @PermitAll
    @PostMapping("/sign-out")
    String signOut(HttpServletRequest request) {
        session.close(request);
        return "redirect:/";
    }
}
