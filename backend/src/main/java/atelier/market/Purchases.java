package atelier.market;

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
import atelier.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A buyer's command. Of several who want the same work at once the first gets the way to the chain;
 * the others are told before a point of theirs is held.
 */
@Component
class Purchases {

    static final String FILL = "market.fill";

    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final JdbcClient jdbc;
    private final SignedOrders orders;
    private final MarketClock clock;
    private final Catalogue catalogue;
    private final OrderSigner signer;
    private final Intents intents;
    private final Ledger ledger;

    Purchases(
            JdbcClient jdbc,
            SignedOrders orders,
            MarketClock clock,
            Catalogue catalogue,
            OrderSigner signer,
            Intents intents,
            Ledger ledger) {
        this.jdbc = jdbc;
        this.orders = orders;
        this.clock = clock;
        this.catalogue = catalogue;
        this.signer = signer;
        this.intents = intents;
        this.ledger = ledger;
    }

    /** Commits the purchase: an intent to fill the order, and the price held for it. */
    @Transactional
    Intent buy(MemberId buyer, Hash32 hash, IdempotencyKey key) {
        Hash32 request = requestHash(hash);
        orders.lock(listing(hash).order().work());
        Optional<Intent> again =
                intents.replay(buyer, key, request).or(() -> underWay(buyer, hash));
        return again.orElseGet(() -> submit(buyer, listing(hash), key, request));
    }

    /** The answer that this key got before, or the member's own purchase that is on its way. */
    Optional<Intent> first(MemberId buyer, Hash32 hash, IdempotencyKey key) {
        return intents.replay(buyer, key, requestHash(hash)).or(() -> underWay(buyer, hash));
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

    private Intent submit(MemberId buyer, SignedOrder listing, IdempotencyKey key, Hash32 request) {
        obstacle(buyer, listing)
                .ifPresent(refused -> {
                    throw refused;
                });
        Moment moment = clock.now();
        Address account = catalogue.account(buyer);
        int attempt = attempts(listing.hash(), buyer) + 1;
        Intent intent =
                intents.submit(
                        new IntentRequest(
                                buyer,
                                FILL,
                                listing.hash() + ":" + account + ":" + attempt,
                                MarketCalls.fill(account, listing.order(), listing.signature()),
                                key,
                                request,
                                deadline(listing, moment),
                                "/sales/" + listing.hash()));
        ledger.hold(intent.id(), account, listing.order().price());
        add(intent.id(), listing.hash(), buyer, account, attempt, moment.now());
        return intent;
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

    private SignedOrder listing(Hash32 hash) {
        return orders.find(hash, clock.now())
                .orElseThrow(() -> Refused.notFound("listing.unknown"));
    }

    private static Instant deadline(SignedOrder listing, Moment moment) {
        Instant wanted = moment.now().plus(PATIENCE);
        Instant expiry = listing.order().expiry();
        return expiry.isBefore(wanted) ? expiry : wanted;
    }

    private static Hash32 requestHash(Hash32 hash) {
        return IntentRequest.hashOf("buy", hash);
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

    private void add(
            IntentId intent,
            Hash32 hash,
            MemberId buyer,
            Address account,
            int attempt,
            Instant now) {
        jdbc.sql(
                        """
                        insert into recorded.purchase
                            (intent_id, order_hash, buyer_id, buyer, attempt, created_at)
                        values (:intent, :hash, :buyerId, :buyer, :attempt, :now)
                        """)
                .param("intent", intent.hash().bytes())
                .param("hash", hash.bytes())
                .param("buyerId", buyer.id())
                .param("buyer", account.bytes())
                .param("attempt", attempt)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** One member's try to buy. */
    private record Try(IntentId intent, MemberId buyer) {}
}
