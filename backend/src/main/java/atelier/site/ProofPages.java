package atelier.site;

import jakarta.annotation.security.PermitAll;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** How far the mirror is, and that nothing is missing from it: for anyone. */
@Controller
class ProofPages {

    private final Proofs proofs;

    ProofPages(Proofs proofs) {
        this.proofs = proofs;
    }

    @PermitAll
    @GetMapping("/proof")
    String proof(Model model) {
        model.addAttribute("proof", proofs.now());
        return "site/proof";
    }
}
