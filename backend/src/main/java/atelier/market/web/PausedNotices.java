package atelier.market.web;

import atelier.kernel.MemberId;
import atelier.kernel.WorkId;
import atelier.market.Market;
import atelier.market.PausedListing;
import atelier.market.SignedOrder;
import atelier.workshop.ShelfPanel;
import atelier.workshop.WorkPanel.Panel;
import atelier.workshop.WorkView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Tells sellers above their works which of their offers a changed rule has paused. */
@Component
class PausedNotices implements ShelfPanel {

    private final Market market;
    private final Exhibits exhibits;

    PausedNotices(Market market, Exhibits exhibits) {
        this.market = market;
        this.exhibits = exhibits;
    }

    @Override
    public Optional<Panel> of(MemberId owner) {
        List<PausedView> paused = all(owner);
        return paused.isEmpty()
                ? Optional.empty()
                : Optional.of(new Panel("market/paused :: panel", Map.of("paused", paused)));
    }

    List<PausedView> all(MemberId seller) {
        List<PausedListing> paused = market.pausedOf(seller);
        List<SignedOrder> listings = paused.stream().map(PausedListing::listing).toList();
        Map<WorkId, WorkView> works = exhibits.of(listings, List.of());
        return paused.stream().map(one -> PausedView.of(one, title(one, works))).toList();
    }

    Optional<PausedView> of(SignedOrder listing) {
        return all(listing.makerId()).stream()
                .filter(one -> one.order().equals(listing.hash()))
                .findFirst();
    }

    private static String title(PausedListing paused, Map<WorkId, WorkView> works) {
        WorkId work = paused.listing().order().work();
        WorkView known = works.get(work);
        return known == null ? work.toString() : known.title();
    }
}
