package atelier.market;

import atelier.chain.Gathering;
import atelier.chain.Intent;
import atelier.chain.IntentRequest;
import atelier.chain.Intents;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import atelier.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Buyers' commands: an intent to fill an order, which holds its price. Of several who want the same
 * work at once the first gets the way to the chain; the others are told before a point of theirs is
 * held. Who buys at the same time as others is served together with them.
 */
@Component
class Purchases implements Gathering.Desk<Purchases.Wish> {

    static final String FILL = "market.fill";

    private static final Duration PATIENCE = Duration.ofMinutes(15);

    /**
     * What a member wants to buy.
     *
     * @param promoter who brought them, as they say; null if nobody did
     */
    record Wish(MemberId buyer, Hash32 order, @Nullable Address promoter, IdempotencyKey key) {

        Hash32 requestHash() {
            return promoter == null
                    ? IntentRequest.hashOf("buy", order)
                    : IntentRequest.hashOf("buy", order, promoter);
        }
    }

    /** One member's try to buy. */
    private record Try(IntentId intent, MemberId buyer) {}

    /** A purchase that is in order. */
    private record Ready(Wish wish, Address account, int attempt, IntentRequest request) {}

    private final JdbcClient jdbc;
    private final SignedOrders orders;
    private final MarketClock clock;
    private final Catalogue catalogue;
    private final OrderSigner signer;
    private final Intents intents;
    private final Ledger ledger;
    private final Gathering<Wish> gathering;

    Purchases(
            JdbcClient jdbc,
            SignedOrders orders,
            MarketClock clock,
            Catalogue catalogue,
            OrderSigner signer,
            Intents intents,
            Ledger ledger,
            TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.orders = orders;
        this.clock = clock;
        this.catalogue = catalogue;
        this.signer = signer;
        this.intents = intents;
        this.ledger = ledger;
        this.gathering = new Gathering<>(transactions, this);
    }

    Intent buy(MemberId buyer, Hash32 order, @Nullable Address promoter, IdempotencyKey key) {
        return gathering.ask(new Wish(buyer, order, promoter, key));
    }

    /** Those who are the first to want a work that is on offer. Of two orders for one, one. */
    @Override
    public Map<Wish, Intent> together(List<Wish> asked) {
        Map<Hash32, Wish> wishes = new HashMap<>();
        asked.forEach(one -> wishes.putIfAbsent(one.order(), one));
        Set<Hash32> free = untried(orders.lockAtOnce(wishes.keySet()));
        Moment moment = clock.now();
        List<SignedOrder> listings = orders.find(free, moment);
        Map<MemberId, Address> accounts =
                catalogue.accounts(wishes.values().stream().map(Wish::buyer).toList());
        Set<WorkId> works = new HashSet<>();
        List<Ready> ready =
                listings.stream()
                        .filter(listing -> works.add(listing.order().work()))
                        .flatMap(listing -> ready(listing, wishes, accounts, moment).stream())
                        .toList();
        return submit(ready, moment);
    }

    private Optional<Ready> ready(
            SignedOrder listing,
            Map<Hash32, Wish> wishes,
            Map<MemberId, Address> accounts,
            Moment moment) {
        return Optional.ofNullable(wishes.get(listing.hash()))
                .flatMap(wish ->
                        Optional.ofNullable(accounts.get(wish.buyer()))
                                .filter(account -> obstacle(wish, account, listing).isEmpty())
                                .map(account -> ready(wish, account, listing, 1, moment)));
    }

    private Map<Wish, Intent> submit(List<Ready> ready, Moment moment) {
        Map<String, Ready> byName =
                ready.stream()
                        .collect(Collectors.toMap(one -> one.request().businessKey(), one -> one));
        List<IntentRequest> requests = ready.stream().map(Ready::request).toList();
        Map<Wish, Intent> made = new HashMap<>();
        Map<IntentId, Ready> tried = new HashMap<>();
        for (Intent intent : intents.submitNew(ledger.covered(intents.claim(requests)))) {
            Ready one = Objects.requireNonNull(byName.get(intent.businessKey()));
            made.put(one.wish(), intent);
            tried.put(intent.id(), one);
        }
        add(tried, moment.now());
        return made;
    }

    @Override
    public Intent alone(Wish wish) {
        orders.lock(listing(wish.order(), clock.now()).order().work());
        return intents.replay(wish.buyer(), wish.key(), wish.requestHash())
                .or(() -> underWay(wish.buyer(), wish.order()))
                .orElseGet(() -> submitAlone(wish, clock.now()));
    }

    private Intent submitAlone(Wish wish, Moment moment) {
        SignedOrder listing = listing(wish.order(), moment);
        Address account = catalogue.account(wish.buyer());
        obstacle(wish, account, listing)
                .or(() -> otherUnderWay(wish.buyer(), listing))
                .ifPresent(refused -> {
                    throw refused;
                });
        ledger.require(account, listing.order().price());
        int attempt = attempts(wish.order(), wish.buyer()) + 1;
        Ready ready = ready(wish, account, listing, attempt, moment);
        Intent intent = intents.submit(ready.request());
        add(Map.of(intent.id(), ready), moment.now());
        return intent;
    }

    /** Why a member cannot buy under an order, if so. */
    Optional<Refused> obstacle(MemberId buyer, SignedOrder listing) {
        Address account = catalogue.account(buyer);
        return standing(account, listing)
                .or(() -> otherUnderWay(buyer, listing))
                .or(() -> missing(account, listing));
    }

    /** The member's own purchase under an order that is on its way. */
    Optional<Intent> underWay(MemberId buyer, Hash32 hash) {
        return tries(hash).stream()
                .filter(one -> one.buyer().equals(buyer))
                .flatMap(one -> intents.find(one.intent()).stream())
                .filter(intent -> intent.state().open())
                .findFirst();
    }

    private Ready ready(
            Wish wish, Address account, SignedOrder listing, int attempt, Moment moment) {
        return new Ready(
                wish,
                account,
                attempt,
                new IntentRequest(
                        wish.buyer(),
                        FILL,
                        listing.hash() + ":" + account + ":" + attempt,
                        MarketCalls.fill(
                                account, listing.order(), listing.signature(), wish.promoter()),
                        wish.key(),
                        wish.requestHash(),
                        deadline(listing, moment),
                        "/sales/" + listing.hash(),
                        listing.order().price()));
    }

    private Optional<Refused> obstacle(Wish wish, Address buyer, SignedOrder listing) {
        return standing(buyer, listing)
                .or(() ->
                        Optional.ofNullable(wish.promoter())
                                .flatMap(promoter ->
                                        Promoters.obstacle(promoter, buyer, listing.order())));
    }

    private Optional<Refused> standing(Address buyer, SignedOrder listing) {
        if (listing.state() != ListingState.OPEN) {
            return Optional.of(Refused.conflict(listing.state().code()));
        }
        if (listing.order().maker().equals(buyer)) {
            return Optional.of(Refused.conflict("listing.own"));
        }
        return signer.intact(listing)
                ? Optional.empty()
                : Optional.of(Refused.conflict("listing.tampered"));
    }

    private Optional<Refused> otherUnderWay(MemberId buyer, SignedOrder listing) {
        boolean taken =
                tries(listing.hash()).stream()
                        .filter(one -> !one.buyer().equals(buyer))
                        .flatMap(one -> intents.find(one.intent()).stream())
                        .anyMatch(intent -> intent.state().open());
        return taken ? Optional.of(Refused.conflict("listing.being-sold")) : Optional.empty();
    }

    private Optional<Refused> missing(Address buyer, SignedOrder listing) {
        TokenAmount available = ledger.availableOf(buyer);
        TokenAmount price = listing.order().price();
        return available.compareTo(price) < 0
                ? Optional.of(
                        Refused.conflict(
                                "points.insufficient", available, price, price.minus(available)))
                : Optional.empty();
    }

    private SignedOrder listing(Hash32 hash, Moment moment) {
        return orders.find(hash, moment).orElseThrow(() -> Refused.notFound("listing.unknown"));
    }

    private static Instant deadline(SignedOrder listing, Moment moment) {
        Instant wanted = moment.now().plus(PATIENCE);
        Instant expiry = listing.order().expiry();
        return expiry.isBefore(wanted) ? expiry : wanted;
    }

    private List<Try> tries(Hash32 hash) {
        return jdbc.sql(
                        """
                        select intent_id, buyer_id from recorded.purchase
                        where order_hash = :hash order by created_at desc
                        """)
                .param("hash", hash.bytes())
                .query((row, _) ->
                        new Try(
                                new IntentId(Hash32.of(row.getBytes("intent_id"))),
                                new MemberId(row.getObject("buyer_id", UUID.class))))
                .list();
    }

    private int attempts(Hash32 hash, MemberId buyer) {
        return (int) tries(hash).stream().filter(one -> one.buyer().equals(buyer)).count();
    }

    /** Those of these orders that nobody has tried to buy under. */
    private Set<Hash32> untried(Set<Hash32> hashes) {
        Set<Hash32> untried = new HashSet<>(hashes);
        jdbc.sql("select order_hash from recorded.purchase where order_hash = any (:hashes)")
                .param("hashes", bytes(hashes.stream()))
                .query(row -> {
                    untried.remove(Hash32.of(row.getBytes("order_hash")));
                });
        return untried;
    }

    private void add(Map<IntentId, Ready> tried, Instant now) {
        if (tried.isEmpty()) {
            return;
        }
        List<IntentId> ids = List.copyOf(tried.keySet());
        List<Ready> rows = ids.stream().map(tried::get).toList();
        jdbc.sql(
                        """
                        insert into recorded.purchase
                            (intent_id, order_hash, buyer_id, buyer, attempt, created_at)
                        select intent, hash, buyer_id, buyer, attempt, :now
                        from unnest(:intents::bytea[], :hashes::bytea[], :buyerIds::uuid[],
                            :buyers::bytea[], :attempts::int[])
                            as tried (intent, hash, buyer_id, buyer, attempt)
                        """)
                .param("intents", bytes(ids.stream().map(IntentId::hash)))
                .param("hashes", bytes(rows.stream().map(one -> one.wish().order())))
                .param(
                        "buyerIds",
                        rows.stream().map(one -> one.wish().buyer().id()).toArray(UUID[]::new))
                .param(
                        "buyers",
                        rows.stream().map(one -> one.account().bytes()).toArray(byte[][]::new))
                .param("attempts", rows.stream().map(Ready::attempt).toArray(Integer[]::new))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    private static byte[][] bytes(Stream<Hash32> hashes) {
        return hashes.map(Hash32::bytes).toArray(byte[][]::new);
    }
}
