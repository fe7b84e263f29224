package atelier.profit.web;

import atelier.chain.Intent;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.Refused;
import atelier.profit.Challenge;
import atelier.profit.Profit;
import atelier.web.CurrentMember;
import atelier.web.RefusalStatus;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Supplier;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Speaking against a statement that waits: a member with a seat, or whoever guards. */
@Controller
@RolesAllowed("MEMBER")
class ChallengePages {

    private final Challenge challenge;
    private final Profit profit;
    private final StatementPage page;
    private final CurrentMember current;

    ChallengePages(Challenge challenge, Profit profit, StatementPage page, CurrentMember current) {
        this.challenge = challenge;
        this.profit = profit;
        this.page = page;
        this.current = current;
    }

    @PostMapping("/profit/{epoch:\\d+}/objection")
    String object(
            @PathVariable("epoch") String number,
            IdempotencyKey key,
            Model model,
            HttpServletResponse response) {
        long epoch = Paths.epoch(number);
        return answer(
                () -> challenge.object(current.require(), epoch, key), epoch, model, response);
    }

    @PostMapping("/profit/{epoch:\\d+}/hold")
    String hold(
            @PathVariable("epoch") String number,
            IdempotencyKey key,
            Model model,
            HttpServletResponse response) {
        long epoch = Paths.epoch(number);
        return answer(() -> challenge.hold(current.require(), epoch, key), epoch, model, response);
    }

    private String answer(
            Supplier<Intent> what, long epoch, Model model, HttpServletResponse response) {
        try {
            return "redirect:/intents/" + what.get().id();
        } catch (Refused refused) {
            response.setStatus(RefusalStatus.of(refused).value());
            model.addAttribute("refused", refused);
            return page.show(profit.epoch(epoch), model);
        }
    }
}
