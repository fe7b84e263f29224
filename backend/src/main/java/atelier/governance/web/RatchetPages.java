package atelier.governance.web;

import atelier.governance.Operations;
import atelier.governance.Ratchet;
import atelier.web.CurrentMember;
import jakarta.annotation.security.PermitAll;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Who may do what here, with which delay, and how far that has gone to the members. */
@Controller
class RatchetPages {

    private static final int WAITED = 30;

    private final Ratchet ratchet;
    private final Operations operations;
    private final PowerWords words;
    private final CurrentMember current;

    RatchetPages(Ratchet ratchet, Operations operations, PowerWords words, CurrentMember current) {
        this.ratchet = ratchet;
        this.operations = operations;
        this.words = words;
        this.current = current;
    }

    @PermitAll
    @GetMapping("/council/ratchet")
    String ratchet(Model model) {
        model.addAttribute("stage", ratchet.stage().orElse(null));
        if (ratchet.stage().isPresent()) {
            model.addAttribute("stages", words.stages(ratchet));
            model.addAttribute("powers", words.powers(ratchet.powers()));
            model.addAttribute("delay", words.duration(ratchet.delay()));
            model.addAttribute("operatorsPropose", ratchet.operatorsPropose());
            model.addAttribute("councilProposes", ratchet.councilProposes());
            model.addAttribute("guardian", words.guardian(ratchet));
            model.addAttribute("keys", ratchet.keys());
            model.addAttribute("operations", words.operations(operations.newest(WAITED)));
            model.addAttribute("mayRaise", current.is("ADMIN") && ratchet.stage().get() == 0);
        }
        return "governance/ratchet";
    }
}
