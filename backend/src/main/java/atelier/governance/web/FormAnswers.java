package atelier.governance.web;

import atelier.kernel.Refused;
import atelier.web.RefusalStatus;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.ui.Model;

/** Shows a refusal in the form that it belongs to. */
final class FormAnswers {

    private FormAnswers() {}

    /**
     * Puts the refusal into the page, with its status.
     *
     * @throws Refused the same again, where there is no form for it
     */
    static void show(Refused refused, Model model, HttpServletResponse response) {
        switch (refused.reason()) {
            case INVALID, CONFLICT, TOO_MANY, TOO_LARGE, UNAVAILABLE -> {
                response.setStatus(RefusalStatus.of(refused).value());
                model.addAttribute("refused", refused);
            }
            case UNSUPPORTED, NOT_FOUND, FORBIDDEN -> throw refused;
        }
    }
}
