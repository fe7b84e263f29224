package atelier.workshop.web;

import atelier.kernel.Refused;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.ui.Model;

/** Shows a refusal in the form that it belongs to. */
final class Answers {

    private Answers() {}

    /**
     * Puts the refusal into the page, with its status.
     *
     * @throws Refused the same again, where it is not about what was filled in
     */
    static void show(Refused refused, Model model, HttpServletResponse response) {
        response.setStatus(
                switch (refused.reason()) {
                    case INVALID -> HttpServletResponse.SC_BAD_REQUEST;
                    case CONFLICT -> HttpServletResponse.SC_CONFLICT;
                    case TOO_LARGE -> HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE;
                    case UNSUPPORTED -> HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE;
                    case UNAVAILABLE -> HttpServletResponse.SC_SERVICE_UNAVAILABLE;
                    case NOT_FOUND, FORBIDDEN, TOO_MANY -> throw refused;
                });
        model.addAttribute("refused", refused);
    }
}
