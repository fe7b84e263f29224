package atelier.admin;

import atelier.ledger.Ledger;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The console's first page: one tile for each thing there is to run. */
@Controller
class AdminPages {

    private final Ledger ledger;

    AdminPages(Ledger ledger) {
        this.ledger = ledger;
    }

    @GetMapping("/admin")
    @RolesAllowed({"ADMIN", "AUDITOR"})
    String console(Model model) {
        model.addAttribute("differs", !ledger.reconciliation().sound());
        return "admin/console";
    }
}
