package atelier.governance.web;

import atelier.governance.Seats;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.Refused;
import atelier.web.CurrentMember;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** A member's own seat: since when, from when it votes, and the way out and back. */
@Controller
@RolesAllowed("MEMBER")
class SeatPages {

    private final Seats seats;
    private final CurrentMember current;

    SeatPages(Seats seats, CurrentMember current) {
        this.seats = seats;
        this.current = current;
    }

    @GetMapping("/me/seat")
    String seat(Model model) {
        model.addAttribute("standing", MySeat.of(seats.standing(current.require())));
        model.addAttribute("electorate", seats.electorate());
        return "governance/seat";
    }

    @GetMapping("/me/seat/leave")
    String sure(Model model) {
        model.addAttribute("standing", MySeat.of(seats.standing(current.require())));
        return "governance/leave";
    }

    @PostMapping("/me/seat")
    String ask(Model model) {
        try {
            seats.ask(current.require());
            return "redirect:/me/seat";
        } catch (Refused refused) {
            model.addAttribute("refused", refused);
            return seat(model);
        }
    }

    @PostMapping("/me/seat/leave")
    String leave(IdempotencyKey key, Model model) {
        try {
            return "redirect:/intents/" + seats.leave(current.require(), key).id();
        } catch (Refused refused) {
            model.addAttribute("refused", refused);
            return seat(model);
        }
    }
}
