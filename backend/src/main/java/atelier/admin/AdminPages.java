package atelier.admin;

import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The console's first page: one tile for each thing there is to run. */
@Controller
class AdminPages {

    @GetMapping("/admin")
    @RolesAllowed({"ADMIN", "AUDITOR"})
    String console() {
        return "admin/console";
    }
}
