package atelier.market.web;

import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.chain.Mirror;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.Refused;
import atelier.market.Market;
import atelier.market.Sale;
import atelier.web.CurrentMember;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Receipts. A sale is public on the chain, and so is its page. */
@Controller
@PermitAll
class SalePages {

    private final Market market;
    private final Exhibits exhibits;
    private final Receipts receipts;
    private final MarketNames names;
    private final Mirror mirror;
    private final Contracts contracts;
    private final Members members;
    private final CurrentMember current;

    SalePages(
            Market market,
            Exhibits exhibits,
            Receipts receipts,
            MarketNames names,
            Mirror mirror,
            Contracts contracts,
            Members members,
            CurrentMember current) {
        this.market = market;
        this.exhibits = exhibits;
        this.receipts = receipts;
        this.names = names;
        this.mirror = mirror;
        this.contracts = contracts;
        this.members = members;
        this.current = current;
    }

    @GetMapping("/sales/{order}")
    String receipt(@PathVariable("order") String text, Model model) {
        Hash32 order = Paths.order(text);
        Optional<Sale> sale = market.receipt(order);
        return sale.map(found -> receiptPage(found, model)).orElseGet(() -> onItsWay(order));
    }

    @GetMapping("/sales/{order}/proof")
    String proof(@PathVariable("order") String text, Model model) {
        Hash32 order = Paths.order(text);
        Sale sale = market.receipt(order).orElseThrow(SalePages::unknown);
        show(sale, model);
        model.addAttribute("signed", market.listing(order).orElse(null));
        model.addAttribute("market", contracts.address(ContractKind.MARKET));
        model.addAttribute("treasury", contracts.address(ContractKind.TREASURY));
        return "market/proof";
    }

    private String receiptPage(Sale sale, Model model) {
        MarketNames.Known known = names.of(people(sale));
        show(sale, model);
        model.addAttribute("receipt", receipts.paid(sale));
        model.addAttribute("buyer", known.of(sale.buyer()));
        model.addAttribute("seller", known.of(sale.seller()));
        model.addAttribute("promoter", sale.promoter() == null ? null : known.of(sale.promoter()));
        account()
                .ifPresent(me -> {
                    model.addAttribute("bought", me.equals(sale.buyer()));
                    model.addAttribute("sold", me.equals(sale.seller()));
                });
        return "market/sale";
    }

    private static List<Address> people(Sale sale) {
        return sale.promoter() == null
                ? List.of(sale.buyer(), sale.seller())
                : List.of(sale.buyer(), sale.seller(), sale.promoter());
    }

    private void show(Sale sale, Model model) {
        model.addAttribute("sale", sale);
        model.addAttribute("exhibit", exhibits.of(sale.work()));
        model.addAttribute(
                "settled", mirror.block(sale.block()).map(Mirror.Block::isFinal).orElse(false));
    }

    /** Whoever is buying comes here a moment early: their progress page sends them back. */
    private String onItsWay(Hash32 order) {
        return current.id()
                .flatMap(buyer -> market.purchaseUnderWay(buyer, order))
                .map(intent -> "redirect:/intents/" + intent.id())
                .orElseThrow(SalePages::unknown);
    }

    private Optional<Address> account() {
        return current.id().flatMap(members::find).map(Member::account);
    }

    private static Refused unknown() {
        return Refused.notFound("sale.unknown");
    }
}
