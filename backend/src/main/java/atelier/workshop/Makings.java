package atelier.workshop;

import atelier.chain.Gathering;
import atelier.chain.Intent;
import atelier.chain.IntentRequest;
import atelier.chain.IntentState;
import atelier.chain.Intents;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import atelier.kernel.RecipeId;
import atelier.kernel.Refused;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.ledger.Ledger;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Drafts that are to become works. Those whose makers confirm at the same time are ordered
 * together; what is not simply in order is looked at alone.
 */
@Component
class Makings implements Gathering.Desk<Makings.Making> {

    private static final Duration PATIENCE = Duration.ofDays(1);

    /**
     * A maker's confirmation.
     *
     * @param agreed the total that the maker saw; null to take what it costs now
     */
    record Making(
            DraftId draft,
            MemberId maker,
            @Nullable TokenAmount agreed,
            @Nullable IdempotencyKey key) {

        Hash32 requestHash() {
            return IntentRequest.hashOf("make", draft);
        }
    }

    /** What an account has left after what this group has promised already. */
    private static final class Purse {

        private TokenAmount points;
        private final Map<SupplyId, BigInteger> supplies;

        Purse(TokenAmount points, Map<SupplyId, BigInteger> supplies) {
            this.points = points;
            this.supplies = new HashMap<>(supplies);
        }

        Optional<MakeQuote> quote(PriceList prices, RecipeId recipe) {
            return prices.quote(recipe, supplies, points);
        }

        void promise(MakeQuote quote) {
            points = points.minus(quote.total());
            quote.own()
                    .forEach((supply, amount) ->
                            supplies.computeIfPresent(supply, (_, had) -> had.subtract(amount)));
        }
    }

    /** A making that is in order. */
    private record Ready(Making making, MakeQuote quote, IntentRequest request) {}

    /** Works that only their numbers tell apart. */
    private record Motif(Address maker, RecipeId recipe, Hash32 picture) {

        static Motif of(DraftRows.Row draft) {
            return new Motif(draft.account(), draft.recipe(), draft.picture());
        }
    }

    private final DraftRows drafts;
    private final Workshop workshop;
    private final WorkshopCalls calls;
    private final Intents intents;
    private final Ledger ledger;
    private final Clock clock;
    private final Gathering<Making> gathering;

    Makings(
            DraftRows drafts,
            Workshop workshop,
            WorkshopCalls calls,
            Intents intents,
            Ledger ledger,
            Clock clock,
            TransactionOperations transactions) {
        this.drafts = drafts;
        this.workshop = workshop;
        this.calls = calls;
        this.intents = intents;
        this.ledger = ledger;
        this.clock = clock;
        this.gathering = new Gathering<>(transactions, this);
    }

    Intent order(Making making) {
        return gathering.ask(making);
    }

    // Accounts before drafts, as alone: who waits for a draft has its account.
    @Override
    public Map<Making, Intent> together(List<Making> asked) {
        Map<DraftId, Making> makings = new LinkedHashMap<>();
        asked.forEach(one -> makings.putIfAbsent(one.draft(), one));
        Map<Address, Purse> purses = purses(drafts.accounts(makings.keySet()));
        List<DraftRows.Row> fresh =
                purses.isEmpty() ? List.of() : drafts.lockFresh(makings.keySet());
        return submit(ready(makings, fresh, purses));
    }

    private Map<Address, Purse> purses(Set<Address> makers) {
        Set<Address> locked = ledger.lockAtOnce(makers);
        Map<Address, TokenAmount> points = ledger.availableOf(locked);
        Map<Address, Map<SupplyId, BigInteger>> supplies = ledger.availableSuppliesOf(locked);
        Map<Address, Purse> purses = new HashMap<>();
        points.forEach((account, left) ->
                purses.put(account, new Purse(left, supplies.getOrDefault(account, Map.of()))));
        return purses;
    }

    private List<Ready> ready(
            Map<DraftId, Making> makings, List<DraftRows.Row> fresh, Map<Address, Purse> purses) {
        PriceList prices =
                workshop.prices(
                        fresh.stream().map(DraftRows.Row::recipe).collect(Collectors.toSet()));
        List<Ready> ready = new ArrayList<>();
        Set<Motif> motifs = new HashSet<>();
        for (DraftRows.Row draft : fresh) {
            Making making = makings.get(draft.id());
            Purse purse = purses.get(draft.account());
            if (making != null
                    && purse != null
                    && making.maker().equals(draft.maker())
                    && motifs.add(Motif.of(draft))) {
                purse.quote(prices, draft.recipe())
                        .filter(quote -> obstacle(quote, making.agreed()).isEmpty())
                        .ifPresent(quote -> {
                            purse.promise(quote);
                            ready.add(new Ready(making, quote, request(draft, making, quote)));
                        });
            }
        }
        return ready;
    }

    private Map<Making, Intent> submit(List<Ready> ready) {
        Map<String, Ready> byName = new HashMap<>();
        ready.forEach(one -> byName.put(one.request().businessKey(), one));
        Map<Making, Intent> made = new HashMap<>();
        Map<IntentId, Map<SupplyId, BigInteger>> used = new HashMap<>();
        Map<DraftId, IntentId> ordered = new HashMap<>();
        for (Intent intent :
                intents.submitNew(intents.claim(ready.stream().map(Ready::request).toList()))) {
            Ready one = Objects.requireNonNull(byName.get(intent.businessKey()));
            made.put(one.making(), intent);
            used.put(intent.id(), one.quote().own());
            ordered.put(one.making().draft(), intent.id());
        }
        ledger.holdSupplies(used);
        drafts.order(ordered, clock.instant());
        return made;
    }

    @Override
    public Intent alone(Making making) {
        return Optional.ofNullable(making.key())
                .flatMap(key -> intents.replay(making.maker(), key, making.requestHash()))
                .orElseGet(() -> orderAlone(making));
    }

    /** One that is on its way, or done, is answered again; one that failed is tried anew. */
    private Intent orderAlone(Making making) {
        // Of two makings of one member the second sees what the first will pay and use up.
        ledger.lock(
                drafts.find(making.draft(), making.maker())
                        .orElseThrow(Makings::unknownDraft)
                        .account());
        DraftRows.Row draft =
                drafts.lock(making.draft(), making.maker()).orElseThrow(Makings::unknownDraft);
        return Optional.ofNullable(draft.intent())
                .flatMap(intents::find)
                .filter(before -> !gaveUp(before))
                .orElseGet(() -> order(draft, making));
    }

    private Intent order(DraftRows.Row draft, Making making) {
        MakeQuote quote = workshop.quote(draft.account(), draft.recipe());
        Optional<Refused> obstacle = obstacle(quote, making.agreed());
        if (obstacle.isPresent()) {
            throw obstacle.get();
        }
        Intent intent = intents.submit(request(draft, making, quote));
        ledger.holdSupplies(Map.of(intent.id(), quote.own()));
        withdrawFailedTwins(draft);
        drafts.order(Map.of(draft.id(), intent.id()), clock.instant());
        return intent;
    }

    /** Those that failed will not become works: they no longer count before this one. */
    private void withdrawFailedTwins(DraftRows.Row draft) {
        drafts.twinsOf(draft).stream()
                .filter(twin ->
                        Optional.ofNullable(twin.intent())
                                .flatMap(intents::find)
                                .filter(Makings::gaveUp)
                                .isPresent())
                .forEach(twin -> drafts.withdraw(twin.id()));
    }

    private IntentRequest request(DraftRows.Row draft, Making making, MakeQuote quote) {
        return new IntentRequest(
                draft.maker(),
                "workshop.make",
                draft.id() + "/" + draft.attempts(),
                calls.buyAndCraft(
                        draft.account(),
                        draft.recipe(),
                        draft.picture(),
                        draft.parents(),
                        quote.total()),
                making.key(),
                making.requestHash(),
                clock.instant().plus(PATIENCE),
                "/studio/drafts/" + draft.id(),
                quote.total());
    }

    private static Optional<Refused> obstacle(MakeQuote quote, @Nullable TokenAmount agreed) {
        return quote.recipe().obstacle().or(() -> quote.costChanged(agreed)).or(quote::obstacle);
    }

    private static boolean gaveUp(Intent intent) {
        return switch (intent.state()) {
            case IntentState.Failed _, IntentState.Lost _ -> true;
            case IntentState.Waiting _,
                    IntentState.Sent _,
                    IntentState.InBlock _,
                    IntentState.Final _ ->
                    false;
        };
    }

    static Refused unknownDraft() {
        return Refused.notFound("draft.unknown");
    }
}
