package atelier.market.web;

import atelier.kernel.MemberId;
import atelier.market.Market;
import atelier.market.Sale;
import atelier.market.SignedOrder;
import atelier.workshop.WorkPanel;
import atelier.workshop.WorkView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The market's part of a work's page: price and where it goes, the owner's commands, past sales.
 */
@Component
@Order(10)
class MarketPanel implements WorkPanel {

    private final Market market;
    private final Receipts receipts;
    private final MarketNames names;
    private final PausedNotices paused;
    private final String root;

    MarketPanel(
            Market market,
            Receipts receipts,
            MarketNames names,
            PausedNotices paused,
            @Value("${atelier.public-url}") String root) {
        this.root = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
        this.paused = paused;
        this.market = market;
        this.receipts = receipts;
        this.names = names;
    }

    @Override
    public Optional<Panel> of(WorkView work, Optional<MemberId> viewer) {
        boolean mine = viewer.isPresent() && viewer.get().equals(work.owner().member());
        Map<String, Object> model = new HashMap<>();
        model.put("work", work);
        model.put("mine", mine);
        model.put("guest", viewer.isEmpty());
        model.put("salesAllowed", market.salesAllowed());
        model.put("history", history(work));
        Optional<SignedOrder> offer = offer(work, mine ? viewer : Optional.empty());
        offer.ifPresent(one -> put(one, model));
        offer.flatMap(one -> link(work, one, viewer)).ifPresent(link -> model.put("share", link));
        offer.filter(one -> one.state().waitsForSeller())
                .flatMap(paused::of)
                .ifPresent(one -> model.put("paused", one));
        market.cancelling(work.id()).ifPresent(old -> model.put("cancelling", old));
        return Optional.of(new Panel("market/panel :: panel", model));
    }

    /** What a member gives others who might buy; nobody who has a part in the sale. */
    private Optional<String> link(WorkView work, SignedOrder offer, Optional<MemberId> viewer) {
        return viewer.filter(member -> !member.equals(offer.makerId()))
                .filter(member -> !member.equals(work.creator().member()))
                .map(member -> root + work.href() + "?" + Referrals.PARAMETER + "=" + member);
    }

    /** Others see what they can buy; the owner also what nobody can buy for now, and why. */
    private Optional<SignedOrder> offer(WorkView work, Optional<MemberId> owner) {
        return owner.isPresent()
                ? market.standingListing(owner.get(), work.id())
                : market.openListing(work.id());
    }

    private void put(SignedOrder offer, Map<String, Object> model) {
        model.put("offer", offer);
        model.put("state", offer.state().key());
        model.put("receipt", receipts.planned(market.splitOf(offer)));
    }

    private List<PastSale> history(WorkView work) {
        List<Sale> sales = market.historyOf(work.id());
        MarketNames.Known known =
                names.of(
                        sales.stream()
                                .flatMap(sale -> Stream.of(sale.seller(), sale.buyer()))
                                .toList());
        return sales.stream()
                .map(sale -> new PastSale(sale, known.of(sale.seller()), known.of(sale.buyer())))
                .toList();
    }

    /** A sale with the names of both. */
    record PastSale(Sale sale, String seller, String buyer) {}
}
