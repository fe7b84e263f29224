package atelier.market.web;

import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.MemberId;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import atelier.market.Market;
import atelier.market.Sale;
import atelier.market.SignedOrder;
import atelier.web.CurrentMember;
import atelier.workshop.WorkView;
import jakarta.annotation.security.RolesAllowed;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A member's own offers and receipts. */
@Controller
@RolesAllowed("MEMBER")
class MyTradesPages {

    private static final int LIMIT = 200;

    private final Market market;
    private final Exhibits exhibits;
    private final Members members;
    private final PausedNotices paused;
    private final CurrentMember current;

    MyTradesPages(
            Market market,
            Exhibits exhibits,
            Members members,
            PausedNotices paused,
            CurrentMember current) {
        this.paused = paused;
        this.market = market;
        this.exhibits = exhibits;
        this.members = members;
        this.current = current;
    }

    @GetMapping("/me/trades")
    String trades(Model model) {
        MemberId me = current.require();
        Address account = members.find(me).map(Member::account).orElseThrow();
        List<SignedOrder> offers = market.listingsOf(me, LIMIT);
        List<Sale> trades = market.tradesOf(me, LIMIT);
        Map<WorkId, WorkView> works = exhibits.of(offers, trades);
        model.addAttribute("paused", paused.all(me));
        model.addAttribute("offers", offers.stream().map(one -> offer(one, works)).toList());
        model.addAttribute(
                "trades", trades.stream().map(one -> trade(one, account, works)).toList());
        return "market/mine";
    }

    /**
     * From a line of the statement to its receipt. The line knows its transaction and its place in
     * the block; the contract announces a sale right after it paid everyone.
     */
    @GetMapping(path = "/me/trades", params = "tx")
    String receipt(
            @RequestParam("tx") String tx,
            @RequestParam(name = "log", defaultValue = "0") int paidAt) {
        return market.salesIn(List.of(Paths.order(tx))).stream()
                .filter(sale -> sale.logIndex() > paidAt)
                .min(Comparator.comparingInt(Sale::logIndex))
                .map(sale -> "redirect:/sales/" + sale.orderHash())
                .orElse("redirect:/me/trades");
    }

    private static Offer offer(SignedOrder listing, Map<WorkId, WorkView> works) {
        WorkId work = listing.order().work();
        return new Offer(
                href(work), title(work, works), listing.state().key(), listing.order().price());
    }

    private static Trade trade(Sale sale, Address account, Map<WorkId, WorkView> works) {
        return new Trade(
                sale.orderHash(),
                sale.buyer().equals(account),
                href(sale.work()),
                title(sale.work(), works),
                sale.price(),
                sale.at());
    }

    private static String href(WorkId work) {
        return "/works/" + work;
    }

    private static String title(WorkId work, Map<WorkId, WorkView> works) {
        WorkView known = works.get(work);
        return known == null ? work.toString() : known.title();
    }

    /** A line of what is on offer. */
    record Offer(String href, String title, String state, TokenAmount price) {}

    /** A line of what was bought or sold. */
    record Trade(
            Hash32 order,
            boolean bought,
            String href,
            String title,
            TokenAmount price,
            Instant at) {}
}
