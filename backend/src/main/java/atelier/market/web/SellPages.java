package atelier.market.web;

import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.Refused.Reason;
import atelier.kernel.WorkId;
import atelier.market.ListingWish;
import atelier.market.Market;
import atelier.market.Offer;
import atelier.market.SignedOrder;
import atelier.web.CurrentMember;
import atelier.web.Notice;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The seller's pages: name a price, see who gets what, confirm; take an offer back. */
@Controller
@RolesAllowed("MEMBER")
class SellPages {

    private static final int BAD_REQUEST = 400;
    private static final int CONFLICT = 409;

    private final Market market;
    private final Exhibits exhibits;
    private final Receipts receipts;
    private final CurrentMember current;

    SellPages(Market market, Exhibits exhibits, Receipts receipts, CurrentMember current) {
        this.market = market;
        this.exhibits = exhibits;
        this.receipts = receipts;
        this.current = current;
    }

    @GetMapping("/sell/{work}")
    String sell(@PathVariable("work") String work, SellForm form, Model model) {
        return page(Paths.work(work), form, model);
    }

    @PostMapping("/sell/{work}")
    String list(
            @PathVariable("work") String text,
            SellForm form,
            IdempotencyKey key,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        WorkId work = Paths.work(text);
        try {
            SignedOrder listed = market.list(current.require(), form.wish(work), key);
            String notice = listed.replaces() == null ? "listed" : "repriced";
            return toWork(work, Notice.done("market.notice." + notice, title(work)), redirect);
        } catch (Refused refused) {
            return refusedPage(refused, work, form, model, response);
        }
    }

    @PostMapping("/listings/{order}/again")
    String again(
            @PathVariable("order") String text,
            SellForm form,
            IdempotencyKey key,
            RedirectAttributes redirect) {
        SignedOrder listed =
                market.relist(current.require(), Paths.order(text), form.agreed(), key);
        WorkId work = listed.order().work();
        return toWork(work, Notice.done("market.notice.relisted", title(work)), redirect);
    }

    @PostMapping("/listings/{order}/cancel")
    String cancel(
            @PathVariable("order") String text, IdempotencyKey key, RedirectAttributes redirect) {
        Hash32 order = Paths.order(text);
        market.cancel(current.require(), order, key);
        WorkId work = market.listing(order).orElseThrow().order().work();
        return toWork(work, Notice.waiting("market.notice.cancelling", title(work)), redirect);
    }

    @PostMapping("/listings/cancel-all")
    String cancelAll(IdempotencyKey key, RedirectAttributes redirect) {
        market.cancelAll(current.require(), key);
        redirect.addFlashAttribute("notice", Notice.waiting("market.notice.cancelling-all"));
        return "redirect:/me/trades";
    }

    private String page(WorkId work, SellForm form, Model model) {
        MemberId seller = current.require();
        // Asked with any price: nobody but the owner learns more than that the page is not theirs.
        market.requireOwner(seller, work);
        model.addAttribute("exhibit", exhibits.of(work));
        Optional<SignedOrder> standing = market.standingListing(seller, work);
        model.addAttribute("standing", standing.orElse(null));
        model.addAttribute("price", form.price());
        model.addAttribute("days", form.days() == null ? ListingWish.DEFAULT_DAYS : form.days());
        model.addAttribute("slack", form.slack() == null ? allowed(standing) : form.slack());
        if (form.priced()) {
            preview(seller, work, form, model);
        }
        return "market/sell";
    }

    /** As much as last time. */
    private static String allowed(Optional<SignedOrder> standing) {
        return SellForm.percent(standing.map(SignedOrder::slack).orElse(ListingWish.DEFAULT_SLACK));
    }

    private void preview(MemberId seller, WorkId work, SellForm form, Model model) {
        try {
            Offer offer = market.preview(seller, form.wish(work));
            model.addAttribute("offer", offer);
            model.addAttribute("receipt", receipts.planned(offer.split()));
        } catch (Refused refused) {
            model.addAttribute("refused", wrongInput(refused));
        }
    }

    private String refusedPage(
            Refused refused,
            WorkId work,
            SellForm form,
            Model model,
            HttpServletResponse response) {
        response.setStatus(refused.reason() == Reason.CONFLICT ? CONFLICT : BAD_REQUEST);
        String page = page(work, form, model);
        model.addAttribute("refused", wrongInput(refused));
        return page;
    }

    /** Shown in the form where it can be put right there; anything else has a page of its own. */
    private static Refused wrongInput(Refused refused) {
        if (refused.reason() != Reason.INVALID && refused.reason() != Reason.CONFLICT) {
            throw refused;
        }
        return refused;
    }

    private String title(WorkId work) {
        return exhibits.of(work).title();
    }

    private static String toWork(WorkId work, Notice notice, RedirectAttributes redirect) {
        redirect.addFlashAttribute("notice", notice);
        return "redirect:/works/" + work;
    }
}
