package atelier.admin;

import atelier.chain.Intent;
import atelier.chain.IntentState;
import atelier.chain.Intents;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** An admin's changes to the workshop that have not settled yet, for the pages that made them. */
@Component
class UnderWay {

    private static final String WORKSHOP = "workshop.";

    /** One change: what it is and how far, in the stylesheet's letter. */
    record Change(String id, String kind, String state) {}

    private final Intents intents;

    UnderWay(Intents intents) {
        this.intents = intents;
    }

    List<Change> of(MemberId admin) {
        return intents.open(admin).stream()
                .filter(intent -> intent.kind().startsWith(WORKSHOP))
                .map(UnderWay::change)
                .toList();
    }

    private static Change change(Intent intent) {
        String state = intent.state() instanceof IntentState.InBlock ? "b" : "w";
        return new Change(intent.id().toString(), intent.kind(), state);
    }

    /** Shows a refusal in the page that asked. */
    static void show(Refused refused, Model model, HttpServletResponse response) {
        response.setStatus(
                switch (refused.reason()) {
                    case INVALID -> HttpServletResponse.SC_BAD_REQUEST;
                    case CONFLICT -> HttpServletResponse.SC_CONFLICT;
                    case UNAVAILABLE -> HttpServletResponse.SC_SERVICE_UNAVAILABLE;
                    case NOT_FOUND, FORBIDDEN, TOO_LARGE, UNSUPPORTED, TOO_MANY -> throw refused;
                });
        model.addAttribute("refused", refused);
    }
}
