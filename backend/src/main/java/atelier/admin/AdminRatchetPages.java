package atelier.admin;

import atelier.governance.Ratchet;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.Refused;
import atelier.web.CurrentMember;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** The one step of the ratchet that whoever runs the place takes: letting members propose. */
@Controller
@RolesAllowed("ADMIN")
class AdminRatchetPages {

    private final Ratchet ratchet;
    private final Members members;
    private final CurrentMember current;

    AdminRatchetPages(Ratchet ratchet, Members members, CurrentMember current) {
        this.ratchet = ratchet;
        this.members = members;
        this.current = current;
    }

    @GetMapping("/admin/ratchet")
    String ratchet(Model model) {
        model.addAttribute("stage", ratchet.stage().orElse(0));
        return "admin/ratchet";
    }

    @PostMapping("/admin/ratchet")
    String raise(IdempotencyKey key, Model model, HttpServletResponse response) {
        try {
            Member operator =
                    members.find(current.require())
                            .orElseThrow(() -> Refused.notFound("member.unknown"));
            return "redirect:/intents/"
                    + ratchet.raise(operator.id(), operator.account(), key).id();
        } catch (Refused refused) {
            UnderWay.show(refused, model, response);
            return ratchet(model);
        }
    }
}
