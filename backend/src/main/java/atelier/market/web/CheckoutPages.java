package atelier.market.web;

import atelier.chain.Intent;
import atelier.identity.Member;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.Refused.Reason;
import atelier.market.Checkout;
import atelier.market.Market;
import atelier.web.CurrentMember;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The buyer's page: what it costs, who is paid, who brought them, what is left; then confirm. */
@Controller
@RolesAllowed("MEMBER")
class CheckoutPages {

    private static final int CONFLICT = 409;

    private final Market market;
    private final Exhibits exhibits;
    private final Receipts receipts;
    private final Referrals referrals;
    private final CurrentMember current;

    CheckoutPages(
            Market market,
            Exhibits exhibits,
            Receipts receipts,
            Referrals referrals,
            CurrentMember current) {
        this.market = market;
        this.exhibits = exhibits;
        this.receipts = receipts;
        this.referrals = referrals;
        this.current = current;
    }

    @GetMapping("/checkout/{order}")
    String checkout(@PathVariable("order") String text, HttpServletRequest request, Model model) {
        Hash32 order = Paths.order(text);
        MemberId buyer = current.require();
        return market.purchaseUnderWay(buyer, order)
                .map(intent -> "redirect:/intents/" + intent.id())
                .orElseGet(() -> page(order, request, model));
    }

    @PostMapping("/checkout/{order}")
    String buy(
            @PathVariable("order") String text,
            @RequestParam(name = Referrals.PARAMETER, defaultValue = "") String ref,
            IdempotencyKey key,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        Hash32 order = Paths.order(text);
        try {
            Intent intent = buy(order, ref, key);
            referrals.forget(request, response);
            return "redirect:/intents/" + intent.id();
        } catch (Refused refused) {
            if (refused.reason() != Reason.CONFLICT && refused.reason() != Reason.INVALID) {
                throw refused;
            }
            response.setStatus(CONFLICT);
            String page = page(order, request, model);
            model.addAttribute("refused", refused);
            return page;
        }
    }

    /** What counts is what the page said and its reader left standing, not what is remembered. */
    private Intent buy(Hash32 order, String ref, IdempotencyKey key) {
        if (ref.isEmpty()) {
            return market.buy(current.require(), order, key);
        }
        MemberId promoter =
                Referrals.read(ref).orElseThrow(() -> Refused.invalid("promoter.unknown"));
        return market.buy(current.require(), order, promoter, key);
    }

    private String page(Hash32 order, HttpServletRequest request, Model model) {
        Checkout checkout = market.checkout(current.require(), order);
        model.addAttribute("checkout", checkout);
        model.addAttribute("exhibit", exhibits.of(checkout.listing().order().work()));
        model.addAttribute("receipt", receipts.planned(checkout.split()));
        model.addAttribute("promoter", promoter(checkout, request).orElse(null));
        model.addAttribute("refused", checkout.obstacle().orElse(null));
        return "market/checkout";
    }

    /** Who cannot be named for this sale is not asked about. */
    private Optional<Member> promoter(Checkout checkout, HttpServletRequest request) {
        return referrals
                .remembered(request)
                .flatMap(named -> market.promoter(named, current.require(), checkout.listing()));
    }
}
