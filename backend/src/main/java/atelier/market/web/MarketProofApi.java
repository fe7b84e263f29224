package atelier.market.web;

import atelier.kernel.Refused;
import atelier.market.Market;
import atelier.market.Sale;
import atelier.market.SignedOrder;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Every sale and every signed order, for checkers that trust nobody. Both lists are read from the
 * start, page by page: {@code next} is what to pass as {@code after}, null at the end.
 */
@RestController
@PermitAll
@RequestMapping("/api/v1/proof")
class MarketProofApi {

    private static final int LIMIT = 500;

    private final Market market;

    MarketProofApi(Market market) {
        this.market = market;
    }

    @GetMapping("/sales")
    Page<SaleView> sales(
            @RequestParam(name = "after", required = false) @Nullable String after,
            @RequestParam(name = "limit", defaultValue = "100") int limit) {
        List<Long> place = after == null ? List.of(-1L, -1L) : place(after, 2);
        List<Sale> sales =
                market.salesAfter(
                        place.get(0), Math.toIntExact(place.get(1)), Math.clamp(limit, 1, LIMIT));
        return page(sales, SaleView::of, limit, sale -> sale.block() + ":" + sale.logIndex());
    }

    @GetMapping("/orders")
    Page<OrderView> orders(
            @RequestParam(name = "after", required = false) @Nullable String after,
            @RequestParam(name = "limit", defaultValue = "100") int limit) {
        long number = after == null ? 0 : place(after, 1).get(0);
        List<SignedOrder> orders = market.ordersAfter(number, Math.clamp(limit, 1, LIMIT));
        return page(orders, OrderView::of, limit, order -> Long.toString(order.number()));
    }

    private static <T, V> Page<V> page(
            List<T> rows, Function<T, V> view, int limit, Function<T, String> cursor) {
        boolean more = rows.size() == Math.clamp(limit, 1, LIMIT);
        return new Page<>(
                rows.stream().map(view).toList(), more ? cursor.apply(rows.getLast()) : null);
    }

    private static List<Long> place(String after, int parts) {
        if (!after.matches("\\d{1,9}(:\\d{1,9}){" + (parts - 1) + "}")) {
            throw Refused.invalid("cursor.malformed");
        }
        return List.of(after.split(":", -1)).stream().map(Long::valueOf).toList();
    }

    /** A page of a list that only grows. */
    record Page<T>(List<T> items, @Nullable String next) {

        Page {
            items = List.copyOf(items);
        }
    }
}
