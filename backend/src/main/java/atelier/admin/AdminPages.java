package atelier.admin;

import atelier.chain.Fuel;
import atelier.ledger.Ledger;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The console's first page: one tile for each thing there is to run, and what it runs on. */
@Controller
class AdminPages {

    private final Ledger ledger;
    private final Fuel fuel;

    AdminPages(Ledger ledger, Fuel fuel) {
        this.ledger = ledger;
        this.fuel = fuel;
    }

    @GetMapping("/admin")
    @RolesAllowed({"ADMIN", "AUDITOR"})
    String console(Model model) {
        model.addAttribute("differs", !ledger.reconciliation().sound());
        model.addAttribute("tanks", fuel.tanks());
        return "admin/console";
    }
}
