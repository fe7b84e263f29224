package atelier.market.web;

import atelier.chain.Intent;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.Refused.Reason;
import atelier.market.Checkout;
import atelier.market.Market;
import atelier.web.CurrentMember;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** The buyer's page: what it costs, who is paid, what is left; then confirm. */
@Controller
@RolesAllowed("MEMBER")
class CheckoutPages {

    private static final int CONFLICT = 409;

    private final Market market;
    private final Exhibits exhibits;
    private final Receipts receipts;
    private final CurrentMember current;

    CheckoutPages(Market market, Exhibits exhibits, Receipts receipts, CurrentMember current) {
        this.market = market;
        this.exhibits = exhibits;
        this.receipts = receipts;
        this.current = current;
    }

    @GetMapping("/checkout/{order}")
    String checkout(@PathVariable("order") String text, Model model) {
        Hash32 order = Paths.order(text);
        MemberId buyer = current.require();
        return market.purchaseUnderWay(buyer, order)
                .map(intent -> "redirect:/intents/" + intent.id())
                .orElseGet(() -> page(market.checkout(buyer, order), model));
    }

    @PostMapping("/checkout/{order}")
    String buy(
            @PathVariable("order") String text,
            IdempotencyKey key,
            Model model,
            HttpServletResponse response) {
        Hash32 order = Paths.order(text);
        try {
            Intent intent = market.buy(current.require(), order, key);
            return "redirect:/intents/" + intent.id();
        } catch (Refused refused) {
            if (refused.reason() != Reason.CONFLICT && refused.reason() != Reason.INVALID) {
                throw refused;
            }
            response.setStatus(CONFLICT);
            String page = page(market.checkout(current.require(), order), model);
            model.addAttribute("refused", refused);
            return page;
        }
    }

    private String page(Checkout checkout, Model model) {
        model.addAttribute("checkout", checkout);
        model.addAttribute("exhibit", exhibits.of(checkout.listing().order().work()));
        model.addAttribute("receipt", receipts.planned(checkout.split()));
        model.addAttribute("refused", checkout.obstacle().orElse(null));
        return "market/checkout";
    }
}
