package atelier.market.web;

import atelier.kernel.RecipeId;
import atelier.kernel.Refused;
import atelier.kernel.WorkId;
import atelier.market.Sale;
import atelier.market.SignedOrder;
import atelier.web.WorkCard;
import atelier.workshop.WorkView;
import atelier.workshop.Workshop;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Works as the market's pages show them. */
@Component
class Exhibits {

    private final Workshop workshop;

    Exhibits(Workshop workshop) {
        this.workshop = workshop;
    }

    WorkView of(WorkId work) {
        return workshop.work(work).orElseThrow(() -> Refused.notFound("work.unknown"));
    }

    /** A wall of what is for sale. */
    List<WorkCard> cards(List<SignedOrder> listings) {
        Map<WorkId, WorkView> works = of(listings, List.of());
        return listings.stream()
                .map(SignedOrder::order)
                .flatMap(order ->
                        Stream.ofNullable(works.get(order.work()))
                                .map(work -> work.card(order.price())))
                .toList();
    }

    /** The works of these offers and sales, looked up together. */
    Map<WorkId, WorkView> of(List<SignedOrder> listings, List<Sale> sales) {
        Set<WorkId> ids =
                Stream.concat(
                                listings.stream().map(listing -> listing.order().work()),
                                sales.stream().map(Sale::work))
                        .collect(Collectors.toSet());
        return ids.isEmpty() ? Map.of() : workshop.works(ids);
    }

    Map<RecipeId, String> titles(Collection<RecipeId> recipes) {
        return workshop.titlesOf(recipes);
    }
}
