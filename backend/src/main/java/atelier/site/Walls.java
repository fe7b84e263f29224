package atelier.site;

import atelier.chain.Contracts;
import atelier.identity.Member;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import atelier.market.Market;
import atelier.market.Order;
import atelier.market.SignedOrder;
import atelier.web.WorkCard;
import atelier.workshop.WorkView;
import atelier.workshop.Workshop;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Works as the public pages hang them. */
@Component
class Walls {

    private final Workshop workshop;
    private final Market market;
    private final Contracts contracts;

    Walls(Workshop workshop, Market market, Contracts contracts) {
        this.workshop = workshop;
        this.market = market;
        this.contracts = contracts;
    }

    /** Works for sale, those offered last first; none while there is no chain to buy them on. */
    List<WorkCard> newest(int limit) {
        if (!contracts.deployed()) {
            return List.of();
        }
        List<Order> offers = market.newest(limit).stream().map(SignedOrder::order).toList();
        Map<WorkId, WorkView> works = workshop.works(offers.stream().map(Order::work).toList());
        return offers.stream()
                .flatMap(offer ->
                        Stream.ofNullable(works.get(offer.work()))
                                .map(work -> work.card(offer.price())))
                .toList();
    }

    /** Works that a member owns, newest first, with their price where they are for sale. */
    List<WorkCard> ownedBy(Member owner, int limit) {
        List<WorkView> works = workshop.worksOwnedBy(owner.account(), limit, 0);
        Map<WorkId, TokenAmount> prices = pricesOf(works);
        return works.stream().map(work -> work.card(prices.get(work.id()))).toList();
    }

    /** How many works a member owns. */
    long countOwnedBy(Member owner) {
        return workshop.countOwnedBy(owner.account());
    }

    private Map<WorkId, TokenAmount> pricesOf(List<WorkView> works) {
        if (!contracts.deployed()) {
            return Map.of();
        }
        return market.openListings(works.stream().map(WorkView::id).toList()).stream()
                .map(SignedOrder::order)
                .collect(Collectors.toMap(Order::work, Order::price, (one, _) -> one));
    }
}
