package atelier.identity.web;

import atelier.identity.Member;
import atelier.identity.SetUp;
import atelier.kernel.Refused;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where the link that the first start prints leads: the first admin is made here, once. */
@Controller
class SetUpPages {

    private static final String PAGE = "identity/set-up";

    private final SetUp setUp;
    private final Arrival arrival;

    SetUpPages(SetUp setUp, Arrival arrival) {
        this.setUp = setUp;
        this.arrival = arrival;
    }

    @PermitAll
    @GetMapping("/set-up")
    String form(@RequestParam(defaultValue = "") String token, Model model) {
        if (!setUp.opens(token)) {
            throw Refused.notFound("set-up.link");
        }
        model.addAttribute("form", JoinForm.empty());
        model.addAttribute("token", token);
        return PAGE;
    }

    @PermitAll
    @PostMapping("/set-up")
    String setUp(
            @RequestParam(defaultValue = "") String token,
            @ModelAttribute("form") JoinForm form,
            BindingResult result,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            Member admin = setUp.use(token, form.registration(request.getRemoteAddr(), null));
            arrival.of(admin.id(), request, response);
            return "redirect:/admin";
        } catch (Refused refused) {
            Refusals.show(refused, result, model, response);
            model.addAttribute("token", token);
            return PAGE;
        }
    }
}
