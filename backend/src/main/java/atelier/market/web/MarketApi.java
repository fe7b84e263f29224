package atelier.market.web;

import atelier.chain.BlockName;
import atelier.chain.Mirror;
import atelier.kernel.BasisPoints;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.market.ListingPage;
import atelier.market.ListingWish;
import atelier.market.Market;
import atelier.market.SignedOrder;
import atelier.web.CurrentMember;
import atelier.web.Units;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The market for programs. */
@RestController
@RequestMapping("/api/v1")
class MarketApi {

    private static final int MOST_THEN = 500;

    private final Market market;
    private final CurrentMember current;
    private final Mirror mirror;

    MarketApi(Market market, CurrentMember current, Mirror mirror) {
        this.market = market;
        this.current = current;
        this.mirror = mirror;
    }

    @PermitAll
    @GetMapping("/listings")
    Found listings(MarketForm form) {
        ListingPage page = market.search(form.query());
        return new Found(
                page.listings().stream().map(ListingView::of).toList(),
                page.total(),
                page.more(),
                page.page(),
                page.pages(),
                page.next() == null ? null : page.next().toString());
    }

    @PermitAll
    @GetMapping(value = "/listings", params = "block")
    @Operation(
            summary = "What could be bought at a past block",
            description =
                    "By what was signed and withdrawn here until the block's time, and what the"
                            + " chain said of it until the block. Newest first; next is what to pass"
                            + " as before, null at the end.")
    OpenThen listingsThen(
            @RequestParam("block") String height,
            @RequestParam(name = "before", required = false) @Nullable Long before,
            @RequestParam(name = "limit", defaultValue = "100") int limit) {
        Mirror.Block block = mirror.asked(height);
        int most = Math.clamp(limit, 1, MOST_THEN);
        List<SignedOrder> open =
                market.openAt(block, before == null ? Long.MAX_VALUE : before, most);
        return new OpenThen(
                block.name(),
                open.stream().map(ListingView::of).toList(),
                open.size() < most ? null : open.getLast().number());
    }

    @PermitAll
    @GetMapping("/listings/{order}")
    ListingView listing(@PathVariable("order") String order) {
        return market.listing(Paths.order(order))
                .map(ListingView::of)
                .orElseThrow(() -> Refused.notFound("listing.unknown"));
    }

    @RolesAllowed("MEMBER")
    @PostMapping("/listings")
    @ResponseStatus(HttpStatus.CREATED)
    ListingView list(@RequestBody Wish wish, IdempotencyKey key) {
        return ListingView.of(market.list(current.require(), wish.read(), key));
    }

    @RolesAllowed("MEMBER")
    @PutMapping("/listings/{order}/price")
    ListingView reprice(
            @PathVariable("order") String order, @RequestBody NewPrice price, IdempotencyKey key) {
        return ListingView.of(
                market.reprice(
                        current.require(), Paths.order(order), Units.required(price.price()), key));
    }

    @RolesAllowed("MEMBER")
    @PostMapping("/listings/{order}/renewal")
    ListingView relist(
            @PathVariable("order") String order,
            @RequestBody(required = false) @Nullable Renewal wish,
            IdempotencyKey key) {
        Optional<TokenAmount> least =
                Optional.ofNullable(wish).map(Renewal::minNet).map(Units::amount);
        return ListingView.of(market.relist(current.require(), Paths.order(order), least, key));
    }

    @RolesAllowed("MEMBER")
    @DeleteMapping("/listings/{order}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    IntentView cancel(@PathVariable("order") String order, IdempotencyKey key) {
        return IntentView.of(market.cancel(current.require(), Paths.order(order), key));
    }

    @RolesAllowed("MEMBER")
    @DeleteMapping("/listings")
    @ResponseStatus(HttpStatus.ACCEPTED)
    IntentView cancelAll(IdempotencyKey key) {
        return IntentView.of(market.cancelAll(current.require(), key));
    }

    @RolesAllowed("MEMBER")
    @PostMapping("/listings/{order}/purchase")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Buy a work",
            description =
                    "A ref that is no member (promoter.unknown), or the buyer, the seller or the"
                            + " work's creator (promoter.party), is refused and nothing is bought."
                            + " The same key with another ref is another request.")
    IntentView buy(
            @PathVariable("order") String order,
            @RequestBody(required = false) @Nullable Buying body,
            IdempotencyKey key) {
        UUID ref = body == null ? null : body.ref();
        Hash32 wanted = Paths.order(order);
        return IntentView.of(
                ref == null
                        ? market.buy(current.require(), wanted, key)
                        : market.buy(current.require(), wanted, new MemberId(ref), key));
    }

    @PermitAll
    @GetMapping("/sales/{order}")
    SaleView sale(@PathVariable("order") String order) {
        return market.receipt(Paths.order(order))
                .map(SaleView::of)
                .orElseThrow(() -> Refused.notFound("sale.unknown"));
    }

    /**
     * What was found, page by page.
     *
     * @param more whether there are more than the total says
     * @param pages how many can be asked for by number
     * @param next where the list goes on: to be sent as {@code after}; null at its end
     */
    record Found(
            List<ListingView> items,
            long total,
            boolean more,
            int page,
            int pages,
            @Nullable String next) {

        Found {
            items = List.copyOf(items);
        }
    }

    /**
     * An offer to make.
     *
     * @param work decimal token id
     * @param days how long, 30 if not said
     * @param slack basis points of the price that later fees may take from the seller's part before
     *     the offer pauses, 500 if not said
     * @param minNet the least the seller wants to get, whatever the slack says
     */
    record Wish(
            @Nullable String work,
            @Nullable Units price,
            @Nullable Integer days,
            @Nullable Integer slack,
            @Nullable Units minNet) {

        ListingWish read() {
            return new ListingWish(
                    Paths.work(work == null ? "" : work),
                    Units.required(price),
                    days == null ? ListingWish.DEFAULT_DAYS : days,
                    allowance(),
                    Optional.ofNullable(minNet).map(Units::amount));
        }

        private BasisPoints allowance() {
            if (slack == null) {
                return ListingWish.DEFAULT_SLACK;
            }
            if (slack < 0 || slack > BasisPoints.WHOLE) {
                throw Refused.invalid("listing.slack", ListingWish.MAX_SLACK);
            }
            return new BasisPoints(slack);
        }
    }

    /** The same offer under the rules of today; the least the seller wants to get, if said. */
    record Renewal(@Nullable Units minNet) {}

    /** How a work is bought. */
    record Buying(
            @Schema(
                            description =
                                    "The id of the member who brought the buyer, if anybody did."
                                            + " Written on the chain with the sale; the epoch's"
                                            + " statement gives them a share by it.")
                    @Nullable UUID ref) {}

    /** A price to change to. */
    record NewPrice(@Nullable Units price) {}

    /** What could be bought after a past block. */
    record OpenThen(BlockName asOf, List<ListingView> items, @Nullable Long next) {

        OpenThen {
            items = List.copyOf(items);
        }
    }
}
