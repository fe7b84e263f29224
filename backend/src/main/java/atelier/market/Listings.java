package atelier.market;

import atelier.chain.Intent;
import atelier.chain.IntentRequest;
import atelier.chain.IntentState;
import atelier.chain.Intents;
import atelier.kernel.Address;
import atelier.kernel.BasisPoints;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import atelier.market.SignedOrders.Made;
import atelier.market.SignedOrders.NewOrder;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A seller's commands. A work has at most one order on offer: a new one takes the old one's place,
 * and an old one that could still be filled is cancelled on the chain whichever way the price
 * moved, so that no forgotten order ever becomes the cheapest again.
 */
@Component
class Listings {

    static final String CANCEL = "market.cancel";
    static final String CANCEL_ALL = "market.cancel-all";

    private static final String PRICE = "price";
    private static final String AGAIN = "again";
    private static final String REPLACED = "replaced";
    private static final String CANCELLED = "cancelled";
    private static final String ALL = "all";

    private final SignedOrders orders;
    private final Positions positions;
    private final MarketClock clock;
    private final Catalogue catalogue;
    private final OrderSigner signer;
    private final Intents intents;
    private final SecureRandom random = new SecureRandom();

    Listings(
            SignedOrders orders,
            Positions positions,
            MarketClock clock,
            Catalogue catalogue,
            OrderSigner signer,
            Intents intents) {
        this.orders = orders;
        this.positions = positions;
        this.clock = clock;
        this.catalogue = catalogue;
        this.signer = signer;
        this.intents = intents;
    }

    /** Signs and records an offer; nothing is sent unless an older one must be cancelled. */
    @Transactional
    SignedOrder list(MemberId seller, ListingWish wish, IdempotencyKey key) {
        Hash32 request =
                IntentRequest.hashOf(
                        "list",
                        wish.work(),
                        wish.price(),
                        wish.days(),
                        wish.slack().value(),
                        wish.least());
        orders.lock(wish.work());
        Moment moment = clock.now();
        Optional<SignedOrder> again = replay(seller, key, request, moment);
        if (again.isPresent()) {
            return again.get();
        }
        return offer(seller, wish, lastSecond(wish, moment), AGAIN, key, request, moment);
    }

    /** Offers the same work until the same second at another price, with the same slack. */
    @Transactional
    SignedOrder reprice(MemberId seller, Hash32 hash, TokenAmount price, IdempotencyKey key) {
        Hash32 request = IntentRequest.hashOf("reprice", hash, price);
        return renew(
                seller, hash, PRICE, key, request, old -> renewal(old, price, Optional.empty()));
    }

    /** Offers the same work until the same second at the same price under the rules of today. */
    @Transactional
    SignedOrder relist(
            MemberId seller, Hash32 hash, Optional<TokenAmount> least, IdempotencyKey key) {
        Hash32 request = IntentRequest.hashOf("relist", hash, least);
        return renew(
                seller, hash, AGAIN, key, request, old -> renewal(old, old.order().price(), least));
    }

    private SignedOrder renew(
            MemberId seller,
            Hash32 hash,
            String because,
            IdempotencyKey key,
            Hash32 request,
            Function<SignedOrder, ListingWish> wish) {
        orders.lock(mine(seller, hash, clock.now()).order().work());
        Moment moment = clock.now();
        Optional<SignedOrder> again = replay(seller, key, request, moment);
        if (again.isPresent()) {
            return again.get();
        }
        SignedOrder old = mine(seller, hash, moment);
        if (old.state() == ListingState.OPEN && because.equals(AGAIN)) {
            return old;
        }
        if (old.state().dead() || old.state() == ListingState.CANCELLING) {
            throw Refused.conflict(old.state().code());
        }
        return offer(seller, wish.apply(old), old.order().expiry(), because, key, request, moment);
    }

    private static ListingWish renewal(
            SignedOrder old, TokenAmount price, Optional<TokenAmount> least) {
        return new ListingWish(
                old.order().work(), price, ListingWish.DEFAULT_DAYS, old.slack(), least);
    }

    /** Hides an order at once and has the chain refuse it from the next block on. */
    @Transactional
    Intent cancel(MemberId seller, Hash32 hash, IdempotencyKey key) {
        Hash32 request = IntentRequest.hashOf("cancel", hash);
        orders.lock(mine(seller, hash, clock.now()).order().work());
        Optional<Intent> again = intents.replay(seller, key, request);
        if (again.isPresent()) {
            return again.get();
        }
        Moment moment = clock.now();
        SignedOrder listing = mine(seller, hash, moment);
        if (listing.state().dead()) {
            throw Refused.conflict(listing.state().code());
        }
        Optional<Intent> underWay = underWay(listing);
        if (underWay.isPresent()) {
            return underWay.get();
        }
        Intent intent = cancelOnChain(seller, listing, Optional.of(key), request, moment);
        orders.withdraw(hash, CANCELLED, intent.id(), moment.now());
        return intent;
    }

    /** Ends every order the seller ever signed. */
    @Transactional
    Intent cancelAll(MemberId seller, IdempotencyKey key) {
        Hash32 request = IntentRequest.hashOf("cancel-all");
        Optional<Intent> again =
                intents.replay(seller, key, request).or(() -> cancellingAll(seller));
        if (again.isPresent()) {
            return again.get();
        }
        Moment moment = clock.now();
        Address maker = catalogue.account(seller);
        List<SignedOrder> standing = orders.standing(maker, moment);
        Intent intent =
                intents.submit(
                        new IntentRequest(
                                seller,
                                CANCEL_ALL,
                                maker + ":" + positions.counterOf(maker) + ":" + key.value(),
                                MarketCalls.cancelAll(maker),
                                key,
                                request,
                                moment.now().plus(Duration.ofDays(1)),
                                "/me/trades"));
        for (SignedOrder order : standing) {
            orders.withdraw(order.hash(), ALL, intent.id(), moment.now());
        }
        return intent;
    }

    /** What an owner would get for a work; the same checks as listing it. */
    Offer preview(MemberId seller, ListingWish wish) {
        Moment moment = clock.now();
        check(wish);
        return offer(wish, sellable(seller, wish.work(), moment), moment);
    }

    /** The seller's offers that wait for them, with what offering each again would promise. */
    List<PausedListing> paused(MemberId seller) {
        Moment moment = clock.now();
        return orders.standing(catalogue.account(seller), moment).stream()
                .filter(listing -> listing.state().waitsForSeller())
                .map(listing -> new PausedListing(listing, again(listing, moment)))
                .toList();
    }

    private Offer again(SignedOrder listing, Moment moment) {
        Order order = listing.order();
        Split split = split(order.work(), order.maker(), order.price(), moment);
        return new Offer(
                order.work(), order.price(), split, least(split, order.price(), listing.slack()));
    }

    /** Nobody but the owner learns more than that a work is not theirs to offer. */
    Position requireOwner(MemberId seller, WorkId work) {
        return positions
                .of(work)
                .filter(at -> at.owner().equals(catalogue.account(seller)))
                .orElseThrow(() -> Refused.notFound("work.unknown"));
    }

    private SignedOrder offer(
            MemberId seller,
            ListingWish wish,
            Instant expiry,
            String because,
            IdempotencyKey key,
            Hash32 request,
            Moment moment) {
        check(wish);
        Position position = sellable(seller, wish.work(), moment);
        Offer offer = offer(wish, position, moment);
        if (cancellingAll(seller).isPresent()) {
            throw Refused.conflict("listing.cancelling-all");
        }
        Optional<SignedOrder> replaced = replace(seller, wish.work(), request, moment);
        Order order = order(offer, position, expiry);
        OrderSigner.Signed signed = signer.sign(seller, order);
        add(
                new NewOrder(
                        signed.hash(),
                        seller,
                        order,
                        signed.signature(),
                        catalogue.words(wish.work()),
                        wish.slack(),
                        key,
                        request,
                        moment.now(),
                        replaced.map(SignedOrder::hash).orElse(null),
                        replaced.isPresent() ? because : null),
                moment);
        return orders.find(signed.hash(), moment).orElseThrow();
    }

    private void add(NewOrder order, Moment moment) {
        try {
            orders.add(order, moment);
        } catch (DuplicateKeyException e) {
            // The same key for another work: the lock on the work does not see it, the index does.
            throw Refused.conflict("idempotency.mismatch");
        }
    }

    /**
     * Withdraws what the seller has on offer; what could still be filled is cancelled on the chain.
     */
    private Optional<SignedOrder> replace(
            MemberId seller, WorkId work, Hash32 request, Moment moment) {
        Optional<SignedOrder> replaced = orders.standing(work, seller, moment);
        replaced.ifPresent(old -> withdraw(seller, old, request, moment));
        return replaced;
    }

    private void withdraw(MemberId seller, SignedOrder old, Hash32 request, Moment moment) {
        IntentId cancel =
                old.state().dead()
                        ? null
                        : cancelOnChain(seller, old, Optional.empty(), request, moment).id();
        orders.withdraw(old.hash(), REPLACED, cancel, moment.now());
    }

    private Intent cancelOnChain(
            MemberId seller,
            SignedOrder listing,
            Optional<IdempotencyKey> key,
            Hash32 request,
            Moment moment) {
        return intents.submit(
                new IntentRequest(
                        seller,
                        CANCEL,
                        businessKey(listing),
                        MarketCalls.cancel(listing.order()),
                        key.orElse(null),
                        request,
                        earlier(moment.now().plus(Duration.ofDays(1)), listing.order().expiry()),
                        "/works/" + listing.order().work()));
    }

    /** A cancellation that failed is tried again under a name that follows from the failed one. */
    private static String businessKey(SignedOrder listing) {
        IntentId failed = listing.cancelIntent();
        return failed == null ? listing.hash().toString() : listing.hash() + ":" + failed;
    }

    private Optional<Intent> underWay(SignedOrder listing) {
        return Optional.ofNullable(listing.cancelIntent())
                .flatMap(intents::find)
                .filter(intent -> intent.state().open());
    }

    private Optional<Intent> cancellingAll(MemberId seller) {
        return intents.open(seller).stream()
                .filter(intent -> intent.kind().equals(CANCEL_ALL))
                .filter(intent -> !(intent.state() instanceof IntentState.InBlock))
                .findFirst();
    }

    private Optional<SignedOrder> replay(
            MemberId seller, IdempotencyKey key, Hash32 request, Moment moment) {
        Optional<Made> made = orders.madeBy(seller, key);
        if (made.isPresent() && !made.get().requestHash().equals(request)) {
            throw Refused.conflict("idempotency.mismatch");
        }
        return made.flatMap(first -> orders.find(first.order(), moment));
    }

    /** The seller's own order; anyone else's does not exist for them. */
    private SignedOrder mine(MemberId seller, Hash32 hash, Moment moment) {
        return orders.find(hash, moment)
                .filter(order -> order.makerId().equals(seller))
                .orElseThrow(() -> Refused.notFound("listing.unknown"));
    }

    private Position sellable(MemberId seller, WorkId work, Moment moment) {
        Position position = requireOwner(seller, work);
        if (!moment.salesAllowed()) {
            throw Refused.conflict(ListingState.CLOSED.code());
        }
        Instant free = position.since().plus(moment.rules().holdingPeriod());
        if (moment.now().isBefore(free)) {
            throw Refused.conflict("work.held", free);
        }
        return position;
    }

    private Offer offer(ListingWish wish, Position position, Moment moment) {
        TokenAmount price = payable(wish.price(), moment);
        Split split = split(wish.work(), position.owner(), price, moment);
        TokenAmount least = least(split, price, wish.slack());
        TokenAmount agreed = wish.least().orElse(least);
        if (agreed.compareTo(split.sellerPaid()) > 0) {
            throw Refused.conflict("listing.net-changed", agreed, split.sellerPaid());
        }
        return new Offer(wish.work(), price, split, agreed.compareTo(least) > 0 ? agreed : least);
    }

    private Split split(WorkId work, Address seller, TokenAmount price, Moment moment) {
        return Split.of(price, seller, work.creator(), catalogue.author(work), moment.rules());
    }

    private static TokenAmount least(Split split, TokenAmount price, BasisPoints slack) {
        // Rounded up: a fee that rises by just the slack takes up to a unit more than its share.
        TokenAmount kept = new BasisPoints(BasisPoints.WHOLE - slack.value()).of(price);
        TokenAmount least = split.sellerPaid().minus(price.minus(kept));
        return least.signum() < 0 ? TokenAmount.ZERO : least;
    }

    private Order order(Offer offer, Position position, Instant expiry) {
        byte[] salt = new byte[Hash32.LENGTH];
        random.nextBytes(salt);
        return new Order(
                position.owner(),
                offer.work(),
                offer.price(),
                offer.least(),
                position.transferNonce(),
                positions.counterOf(position.owner()),
                expiry,
                Address.ZERO,
                Hash32.of(salt));
    }

    private static TokenAmount payable(TokenAmount price, Moment moment) {
        TokenAmount ceiling = moment.rules().settleCeiling();
        if (Price.checked(price).compareTo(ceiling) > 0) {
            throw Refused.invalid("price.above-ceiling", ceiling);
        }
        return price;
    }

    private static void check(ListingWish wish) {
        Optional<Refused> mistake = wish.mistake();
        if (mistake.isPresent()) {
            throw mistake.get();
        }
    }

    private static Instant lastSecond(ListingWish wish, Moment moment) {
        check(wish);
        return moment.now().plus(Duration.ofDays(wish.days())).truncatedTo(ChronoUnit.SECONDS);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
