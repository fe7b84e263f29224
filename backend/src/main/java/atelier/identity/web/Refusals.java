package atelier.identity.web;

import atelier.kernel.Refused;
import atelier.web.RefusalStatus;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;

/** Shows a form again with what was wrong: beside its field where it has one, else above. */
final class Refusals {

    private static final Map<String, String> FIELDS =
            Map.of("member.name", "name", "member.email", "email", "member.password", "password");

    private Refusals() {}

    static void show(
            Refused refused, BindingResult form, Model model, HttpServletResponse response) {
        response.setStatus(RefusalStatus.of(refused).value());
        String field = FIELDS.get(refused.code());
        if (field == null) {
            model.addAttribute("refused", refused);
        } else {
            form.rejectValue(
                    field,
                    "problem." + refused.code() + ".remedy",
                    refused.values().toArray(),
                    refused.code());
        }
    }
}
