package atelier.market;

import atelier.chain.Intent;
import atelier.chain.Mirror;
import atelier.identity.Member;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import atelier.ledger.Ledger;
import atelier.rules.Rules;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The marketplace: offers, purchases, receipts. */
@Component
public class Market {

    private final Listings listings;
    private final Purchases purchases;
    private final Promoters promoters;
    private final SignedOrders orders;
    private final ListingSearch search;
    private final Sales sales;
    private final MarketClock clock;
    private final Catalogue catalogue;
    private final Ledger ledger;
    private final PastListings past;
    private final Rules rules;

    Market(
            Listings listings,
            Purchases purchases,
            Promoters promoters,
            SignedOrders orders,
            ListingSearch search,
            Sales sales,
            MarketClock clock,
            Catalogue catalogue,
            Ledger ledger,
            PastListings past,
            Rules rules) {
        this.listings = listings;
        this.purchases = purchases;
        this.promoters = promoters;
        this.orders = orders;
        this.search = search;
        this.sales = sales;
        this.clock = clock;
        this.catalogue = catalogue;
        this.ledger = ledger;
        this.past = past;
        this.rules = rules;
    }

    /**
     * Whether a member may offer a work.
     *
     * @throws Refused {@code work.unknown} for anyone but the owner
     */
    public void requireOwner(MemberId seller, WorkId work) {
        listings.requireOwner(seller, work);
    }

    /**
     * What an owner would sign and get at this price; the same checks as {@link #list}.
     *
     * @throws Refused {@code work.unknown} for anyone but the owner; {@code price.zero}, {@code
     *     price.too-large}, {@code price.above-ceiling}; {@code listing.closed}; {@code
     *     listing.days}; {@code listing.slack}; {@code listing.net-changed}; {@code work.held}
     */
    public Offer preview(MemberId seller, ListingWish wish) {
        return listings.preview(seller, wish);
    }

    /**
     * Offers a work. The order that stood for it before is hidden at once and cancelled on the
     * chain; until that is in a block its price may still be taken.
     *
     * @throws Refused as {@link #preview}, {@code listing.cancelling-all}, {@code
     *     idempotency.mismatch}
     */
    public SignedOrder list(MemberId seller, ListingWish wish, IdempotencyKey key) {
        return listings.list(seller, wish, key);
    }

    /**
     * Offers the same work until the same time at another price, as {@link #list} does, with the
     * slack of the first offer.
     *
     * @throws Refused {@code listing.unknown} for anyone but the seller, {@code listing.<state>} if
     *     it is no longer on offer, and as {@link #list}
     */
    public SignedOrder reprice(
            MemberId seller, Hash32 orderHash, TokenAmount price, IdempotencyKey key) {
        return listings.reprice(seller, orderHash, price, key);
    }

    /**
     * Offers the same work until the same time at the same price under the rules of today, as
     * {@link #list} does.
     *
     * @param least what the seller was told they would get at least
     * @throws Refused as {@link #reprice}
     */
    public SignedOrder relist(
            MemberId seller, Hash32 orderHash, Optional<TokenAmount> least, IdempotencyKey key) {
        return listings.relist(seller, orderHash, least, key);
    }

    /** A member's offers that a changed rule has paused until they offer the work anew. */
    public List<PausedListing> pausedOf(MemberId seller) {
        return listings.paused(seller);
    }

    /**
     * Takes an offer back: hidden at once, cancelled once in a block.
     *
     * @throws Refused {@code listing.unknown} for anyone but the seller, {@code listing.<state>} if
     *     it is over already
     */
    public Intent cancel(MemberId seller, Hash32 orderHash, IdempotencyKey key) {
        return listings.cancel(seller, orderHash, key);
    }

    /** Takes back every offer of a member. */
    public Intent cancelAll(MemberId seller, IdempotencyKey key) {
        return listings.cancelAll(seller, key);
    }

    /**
     * What a buyer would pay and to whom.
     *
     * @throws Refused {@code listing.unknown}
     */
    public Checkout checkout(MemberId buyer, Hash32 orderHash) {
        SignedOrder listing = known(orderHash);
        TokenAmount available = ledger.availableOf(catalogue.account(buyer));
        return new Checkout(
                listing, splitOf(listing), available, purchases.obstacle(buyer, listing));
    }

    /**
     * Buys a work: an intent fills the order and holds its price. Asks the mirror alone; the sender
     * tries it on the newest block before it signs.
     *
     * @throws Refused {@code listing.unknown}, {@code listing.<state>}, {@code listing.own}, {@code
     *     listing.tampered}, {@code listing.being-sold}, {@code points.insufficient}
     */
    public Intent buy(MemberId buyer, Hash32 orderHash, IdempotencyKey key) {
        return purchases.buy(buyer, orderHash, null, key);
    }

    /**
     * The same for a buyer whom another member brought. The chain writes down who, and the epoch's
     * statement gives them a share of what the sale brings the community.
     *
     * @throws Refused as {@link #buy(MemberId, Hash32, IdempotencyKey)}, {@code promoter.unknown}
     *     for who is no member, {@code promoter.party} for the buyer, the seller and the creator
     */
    public Intent buy(MemberId buyer, Hash32 orderHash, MemberId promoter, IdempotencyKey key) {
        return purchases.buy(buyer, orderHash, promoters.account(promoter), key);
    }

    /** The member, if they may be named as who brought this buyer to this offer. */
    public Optional<Member> promoter(MemberId named, MemberId buyer, SignedOrder listing) {
        return promoters.fit(named, catalogue.account(buyer), listing.order());
    }

    /** The member's own purchase under this order, while it is on its way. */
    public Optional<Intent> purchaseUnderWay(MemberId buyer, Hash32 orderHash) {
        return purchases.underWay(buyer, orderHash);
    }

    /** Whether the community allows sales at present. */
    public boolean salesAllowed() {
        return clock.now().salesAllowed();
    }

    /** What could be bought after a past block, newest offers first, from before a number on. */
    public List<SignedOrder> openAt(Mirror.Block block, long before, int limit) {
        return past.open(block, clock.now(), rules.at(block.number()), before, limit);
    }

    /** Works for sale. */
    public ListingPage search(ListingQuery query) {
        return search.search(query, clock.now());
    }

    /** The works offered last, newest first. */
    public List<SignedOrder> newest(int limit) {
        return search.newest(limit, clock.now());
    }

    /**
     * What the works for sale can be filtered by: every recipe, and the creators of the {@value
     * ListingQuery#REACH} offered last.
     */
    public ListingFilters filters() {
        return search.filters(clock.now());
    }

    /** One order and how it stands. */
    public Optional<SignedOrder> listing(Hash32 orderHash) {
        return orders.find(orderHash, clock.now());
    }

    /** What a work can be bought under now. */
    public Optional<SignedOrder> openListing(WorkId work) {
        return orders.open(work, clock.now());
    }

    /** What these works can be bought under now; those not for sale are left out. */
    public List<SignedOrder> openListings(Collection<WorkId> works) {
        return orders.open(works, clock.now());
    }

    /**
     * A member's order for their own work, open or not buyable for a reason that its state says.
     */
    public Optional<SignedOrder> standingListing(MemberId seller, WorkId work) {
        return orders.standing(work, seller, clock.now());
    }

    /** The newest order of a work whose cancellation is not in a block yet. */
    public Optional<SignedOrder> cancelling(WorkId work) {
        return orders.cancelling(work, clock.now());
    }

    /** What a member offered, however it stands, the newest first. */
    public List<SignedOrder> listingsOf(MemberId seller, int limit) {
        return orders.newest(catalogue.account(seller), limit, clock.now());
    }

    /** Who would get what under an order now. */
    public Split splitOf(SignedOrder listing) {
        Order order = listing.order();
        return Split.of(
                order.price(),
                order.maker(),
                order.work().creator(),
                catalogue.author(order.work()),
                clock.now().rules());
    }

    /** The sale under an order. */
    public Optional<Sale> receipt(Hash32 orderHash) {
        return sales.find(orderHash);
    }

    /** The sales that these transactions made. */
    public List<Sale> salesIn(Collection<Hash32> transactions) {
        return sales.in(transactions);
    }

    /** What a member bought and sold, the newest first. */
    public List<Sale> tradesOf(MemberId member, int limit) {
        return sales.by(catalogue.account(member), limit);
    }

    /** A work's sales, the newest first. */
    public List<Sale> historyOf(WorkId work) {
        return sales.of(work);
    }

    /** Sales in the order of the chain, from after a place in it. */
    public List<Sale> salesAfter(long block, int logIndex, int limit) {
        return sales.after(block, logIndex, limit);
    }

    /** Orders in the order in which they were signed, from after a number. */
    public List<SignedOrder> ordersAfter(long number, int limit) {
        return orders.after(number, limit, clock.now());
    }

    private SignedOrder known(Hash32 orderHash) {
        return listing(orderHash).orElseThrow(() -> Refused.notFound("listing.unknown"));
    }
}
