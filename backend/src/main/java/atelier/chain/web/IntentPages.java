package atelier.chain.web;

import atelier.chain.Intent;
import atelier.chain.IntentState;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The page on which a member watches what they asked for happen. */
@Controller
class IntentPages {

    private final OwnIntents own;
    private final IntentStream stream;
    private final IntentWords words;

    IntentPages(OwnIntents own, IntentStream stream, IntentWords words) {
        this.own = own;
        this.stream = stream;
        this.words = words;
    }

    @RolesAllowed("MEMBER")
    @GetMapping("/intents/{id}")
    String page(@PathVariable("id") String id, Model model) {
        Intent intent = own.find(id);
        IntentStream.Step step = stream.step(intent.state());
        model.addAttribute("intent", intent);
        model.addAttribute("title", words.kind(intent));
        model.addAttribute("transaction", step.tx());
        model.addAttribute("block", step.block());
        if (intent.state() instanceof IntentState.Failed failed) {
            model.addAttribute("refused", failed.why());
        }
        return "chain/intent";
    }

    @RolesAllowed("MEMBER")
    @GetMapping("/intents/{id}/events")
    SseEmitter events(@PathVariable("id") String id) {
        return stream.follow(own.find(id));
    }
}
