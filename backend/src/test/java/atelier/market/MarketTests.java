package atelier.market;

import static atelier.market.Bazaar.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import atelier.chain.Call;
import atelier.chain.Contracts;
import atelier.chain.Intent;
import atelier.chain.IntentRequest;
import atelier.chain.IntentState;
import atelier.chain.Intents;
import atelier.identity.Member;
import atelier.kernel.BasisPoints;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import atelier.ledger.Ledger;
import atelier.testing.AtelierTest;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.web3j.tuples.generated.Tuple6;

/** Trade on a real chain and a real database. */
@AtelierTest
@Tag("chain")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MarketTests {

    private static final int SLACK = ListingWish.DEFAULT_SLACK.value();
    private static final BasisPoints NO_SLACK = new BasisPoints(0);
    private static final TokenAmount PRICE = TokenAmount.parsePoints("33.33");
    private static final TokenAmount CHEAP = TokenAmount.parsePoints("1");

    @Autowired private AutowireCapableBeanFactory application;
    @Autowired private Market market;
    @Autowired private Ledger ledger;
    @Autowired private Intents intents;
    @Autowired private Contracts contracts;
    @Autowired private MarketClock clock;
    @Autowired private Catalogue catalogue;
    @Autowired private JdbcClient jdbc;
    @Autowired private TransactionTemplate transactions;

    private Bazaar bazaar;
    private Member mina;
    private Member theo;
    private Member lele;
    private WorkId fish;

    @BeforeAll
    void gatherPeople() {
        bazaar = Bazaar.in(application);
        mina = bazaar.joinWithPoints("Mina");
        theo = bazaar.joinWithPoints("Theo");
        lele = bazaar.joinWithPoints("Lele");
    }

    @BeforeEach
    void makeAWork() {
        fish = bazaar.make(mina, "Fish");
    }

    @Test
    void sellsAndPaysEveryoneToTheLastUnit() {
        SignedOrder listing = list(mina, PRICE);
        TokenAmount minasBefore = ledger.pointsOf(mina.account());
        TokenAmount theosBefore = ledger.pointsOf(theo.account());

        bazaar.done(market.buy(theo.id(), listing.hash(), key()));

        Sale sale = market.receipt(listing.hash()).orElseThrow();
        assertThat(sale.buyer()).isEqualTo(theo.account());
        assertThat(sale.split()).isEqualTo(market.splitOf(listing));
        assertThat(sale.split().total()).isEqualTo(PRICE);
        assertThat(ledger.pointsOf(theo.account())).isEqualTo(theosBefore.minus(PRICE));
        assertThat(ledger.pointsOf(mina.account()))
                .isEqualTo(minasBefore.plus(sale.split().sellerPaid()));
        assertThat(ledger.ownerOf(fish)).contains(theo.account());
        assertThat(market.historyOf(fish)).containsExactly(sale);
        assertThat(market.openListing(fish)).isEmpty();
    }

    @Test
    void paysTheCreatorWhenTheirWorkIsSoldAgain() {
        bazaar.done(market.buy(theo.id(), list(mina, PRICE).hash(), key()));
        SignedOrder resale = list(theo, PRICE);
        TokenAmount minasBefore = ledger.pointsOf(mina.account());

        bazaar.done(market.buy(lele.id(), resale.hash(), key()));

        Sale sale = market.receipt(resale.hash()).orElseThrow();
        assertThat(sale.split().creatorPaid().signum()).isPositive();
        assertThat(ledger.pointsOf(mina.account()))
                .isEqualTo(minasBefore.plus(sale.split().creatorPaid()));
    }

    @Test
    void splitsAsTheContractDoes() throws Exception {
        for (long units : List.of(1L, 7L, 99L, 3_333L, 99_999_999L)) {
            for (Member seller : List.of(mina, theo)) {
                Split ours =
                        Split.of(
                                TokenAmount.ofUnits(units),
                                seller.account(),
                                mina.account(),
                                catalogue.author(fish),
                                clock.now().rules());
                assertThat(onChain(seller, units))
                        .containsExactly(
                                ours.sellerPaid().units(),
                                ours.creatorPaid().units(),
                                ours.authorPaid().units(),
                                ours.treasuryPaid().units());
            }
        }
    }

    @Test
    void signsWhatTheContractHashes() throws Exception {
        SignedOrder listing = list(mina, PRICE);
        Order order = listing.order();

        byte[] hash =
                contracts
                        .market()
                        .hashOf(
                                new atelier.contracts.Market.Order(
                                        order.maker().toString(),
                                        order.work().tokenId(),
                                        order.price().units(),
                                        order.minNet().units(),
                                        BigInteger.valueOf(order.transferNonce()),
                                        BigInteger.valueOf(order.counter()),
                                        BigInteger.valueOf(order.expiry().getEpochSecond()),
                                        order.taker().toString(),
                                        order.salt().bytes()))
                        .send();

        assertThat(Hash32.of(hash)).isEqualTo(listing.hash());
    }

    @Test
    void listsOnceForTheSameForm() {
        IdempotencyKey key = key();
        SignedOrder first = market.list(mina.id(), wish(PRICE), key);

        assertThat(market.list(mina.id(), wish(PRICE), key).hash()).isEqualTo(first.hash());
        refuses("idempotency.mismatch", () -> market.list(mina.id(), wish(PRICE.plus(PRICE)), key));
    }

    @Test
    void buysOnceForTheSameForm() {
        SignedOrder listing = list(mina, PRICE);
        TokenAmount before = ledger.pointsOf(theo.account());
        IdempotencyKey key = key();

        Intent first = market.buy(theo.id(), listing.hash(), key);
        assertThat(market.buy(theo.id(), listing.hash(), key).id()).isEqualTo(first.id());
        bazaar.done(first);
        assertThat(market.buy(theo.id(), listing.hash(), key).id()).isEqualTo(first.id());

        assertThat(ledger.pointsOf(theo.account())).isEqualTo(before.minus(PRICE));
    }

    @Test
    void letsOneOfTwoBuyersWinAndCostsTheOtherNothing() throws Exception {
        SignedOrder listing = list(mina, PRICE);
        TokenAmount theosBefore = ledger.availableOf(theo.account());
        TokenAmount lelesBefore = ledger.availableOf(lele.account());

        List<Object> answers =
                atOnce(
                        () -> market.buy(theo.id(), listing.hash(), key()),
                        () -> market.buy(lele.id(), listing.hash(), key()));

        assertThat(answers).filteredOn(Intent.class::isInstance).hasSize(1);
        assertThat(answers)
                .filteredOn(Refused.class::isInstance)
                .singleElement()
                .satisfies(refused ->
                        assertThat(((Refused) refused).code())
                                .isIn("listing.being-sold", "listing.sold"));
        answers.stream()
                .filter(Intent.class::isInstance)
                .map(Intent.class::cast)
                .forEach(bazaar::done);
        Sale sale = market.receipt(listing.hash()).orElseThrow();
        boolean theoWon = sale.buyer().equals(theo.account());
        assertThat(ledger.availableOf(theo.account()))
                .isEqualTo(theoWon ? theosBefore.minus(PRICE) : theosBefore);
        assertThat(ledger.availableOf(lele.account()))
                .isEqualTo(theoWon ? lelesBefore : lelesBefore.minus(PRICE));
    }

    @Test
    void sellsToManyBuyersAtOnceAsIfEachWereAlone() throws Exception {
        List<SignedOrder> listings =
                List.of(list(mina, CHEAP), offered("Carp"), offered("Pike"), offered("Eel"));
        TokenAmount theosBefore = ledger.availableOf(theo.account());

        List<Callable<Intent>> commands = new ArrayList<>();
        for (SignedOrder listing : listings) {
            IdempotencyKey once = key();
            commands.add(() -> market.buy(theo.id(), listing.hash(), once));
            commands.add(() -> market.buy(theo.id(), listing.hash(), once));
            commands.add(() -> market.buy(theo.id(), listing.hash(), key()));
        }
        List<Intent> bought = atOnce(commands).stream().map(Intent.class::cast).distinct().toList();

        assertThat(bought.stream().map(Intent::id).distinct()).hasSize(listings.size());
        assertThat(ledger.availableOf(theo.account()))
                .isEqualTo(theosBefore.minus(CHEAP.times(listings.size())));
        bought.forEach(bazaar::done);
        listings.forEach(listing ->
                assertThat(ledger.ownerOf(listing.order().work())).contains(theo.account()));
    }

    private SignedOrder offered(String title) {
        WorkId work = bazaar.make(mina, title);
        return market.list(mina.id(), ListingWish.of(work, CHEAP, 30), key());
    }

    @Test
    void givesTheHeldPointsBackToWhomTheChainRefuses() {
        SignedOrder listing = list(mina, PRICE);
        TokenAmount before = ledger.availableOf(lele.account());
        Intent first = market.buy(theo.id(), listing.hash(), key());
        Intent second = behindTheDoor(lele, listing);

        IntentState one = bazaar.outcome(first.id());
        IntentState other = bazaar.outcome(second.id());

        assertThat(List.of(one, other))
                .filteredOn(IntentState.Failed.class::isInstance)
                .singleElement()
                .satisfies(failed ->
                        assertThat(((IntentState.Failed) failed).code())
                                .isEqualTo("contract.OrderStale"));
        if (other instanceof IntentState.Failed) {
            assertThat(ledger.availableOf(lele.account())).isEqualTo(before);
        }
    }

    @Test
    void killsAnOfferWhenItsWorkMovesOn() {
        SignedOrder old = list(mina, PRICE);
        bazaar.done(market.buy(theo.id(), old.hash(), key()));
        SignedOrder theos = list(theo, PRICE);
        bazaar.done(market.buy(mina.id(), theos.hash(), key()));

        refuses("listing.sold", () -> market.buy(lele.id(), old.hash(), key()));
    }

    @Test
    void cancelsAtOnceHereAndThenOnTheChain() throws Exception {
        SignedOrder listing = list(mina, PRICE);
        Intent cancel = market.cancel(mina.id(), listing.hash(), key());

        assertThat(market.openListing(fish)).isEmpty();
        Refused refused = refusal(() -> market.buy(theo.id(), listing.hash(), key()));
        assertThat(refused.code()).isIn("listing.cancelling", "listing.cancelled");
        bazaar.done(cancel);
        assertThat(market.listing(listing.hash()).orElseThrow().state())
                .isEqualTo(ListingState.CANCELLED);
        assertThat(contracts.market().isCancelled(listing.hash().bytes()).send()).isTrue();
        refuses("listing.cancelled", () -> market.cancel(mina.id(), listing.hash(), key()));
    }

    @Test
    void endsTheCheaperOfferWhenThePriceIsRaised() {
        SignedOrder cheap = list(mina, PRICE);
        SignedOrder dear = market.reprice(mina.id(), cheap.hash(), PRICE.times(2), key());

        assertThat(dear.replaces()).isEqualTo(cheap.hash());
        assertThat(dear.order().expiry()).isEqualTo(cheap.order().expiry());
        assertThat(market.openListing(fish).orElseThrow().hash()).isEqualTo(dear.hash());
        SignedOrder ended = market.listing(cheap.hash()).orElseThrow();
        bazaar.done(intents.find(Objects.requireNonNull(ended.cancelIntent())).orElseThrow());
        assertThat(market.listing(cheap.hash()).orElseThrow().state())
                .isEqualTo(ListingState.CANCELLED);
        refuses("listing.cancelled", () -> market.buy(theo.id(), cheap.hash(), key()));
        bazaar.done(market.buy(theo.id(), dear.hash(), key()));
    }

    @Test
    void takesBackEverythingAtOnce() {
        SignedOrder listing = list(mina, PRICE);
        Intent all = market.cancelAll(mina.id(), key());

        assertThat(market.openListing(fish)).isEmpty();
        bazaar.done(all);
        assertThat(market.listing(listing.hash()).orElseThrow().state())
                .isEqualTo(ListingState.STALE);
        assertThat(list(mina, PRICE).state()).isEqualTo(ListingState.OPEN);
    }

    @Test
    void refusesWhatIsNoPrice() {
        refuses("price.zero", () -> list(mina, TokenAmount.ZERO));
        refuses("price.zero", () -> list(mina, TokenAmount.ofUnits(-1)));
        refuses("price.too-large", () -> list(mina, new TokenAmount(BigInteger.TWO.pow(128))));
        refuses("price.above-ceiling", () -> list(mina, Price.MAX));
    }

    @Test
    void refusesToOfferForAnyOtherTime() {
        refuses("listing.days", () -> market.list(mina.id(), wish(PRICE, 0), key()));
        refuses("listing.days", () -> market.list(mina.id(), wish(PRICE, 181), key()));
    }

    @Test
    void refusesAPreviewThatPromisedMore() {
        ListingWish wish = new ListingWish(fish, PRICE, 30, NO_SLACK, Optional.of(PRICE));

        refuses("listing.net-changed", () -> market.list(mina.id(), wish, key()));
    }

    @Test
    void refusesSlackThatNoVoteCouldTake() {
        BasisPoints much = new BasisPoints(ListingWish.MAX_SLACK.value() + 1);
        ListingWish wish = new ListingWish(fish, PRICE, 30, much, Optional.empty());

        refuses("listing.slack", () -> market.list(mina.id(), wish, key()));
    }

    @Test
    void sellsUnderHigherFeesWithinTheSlackAndPaysAtLeastTheLeast() {
        SignedOrder listing = list(mina, PRICE);
        TokenAmount today = market.splitOf(listing).sellerPaid();

        bazaar.whileTheFeeIsHigher(
                SLACK,
                () -> {
                    assertThat(market.openListing(fish))
                            .map(SignedOrder::hash)
                            .contains(listing.hash());
                    bazaar.done(market.buy(theo.id(), listing.hash(), key()));
                });

        Sale sale = market.receipt(listing.hash()).orElseThrow();
        assertThat(sale.split().sellerPaid())
                .isLessThan(today)
                .isGreaterThanOrEqualTo(listing.order().minNet());
    }

    @Test
    void pausesBeyondTheSlackUntilTheSellerListsAgain() {
        SignedOrder listing = list(mina, PRICE);

        bazaar.whileTheFeeIsHigher(
                SLACK + 100,
                () -> {
                    assertThat(market.openListing(fish)).isEmpty();
                    refuses(
                            "listing.fees-rose",
                            () -> market.buy(theo.id(), listing.hash(), key()));
                    PausedListing paused = paused(listing);
                    assertThat(paused.again().net()).isLessThan(listing.order().minNet());

                    SignedOrder again =
                            market.relist(
                                    mina.id(),
                                    listing.hash(),
                                    Optional.of(paused.again().least()),
                                    key());

                    assertThat(again.state()).isEqualTo(ListingState.OPEN);
                    assertThat(again.order().price()).isEqualTo(PRICE);
                    assertThat(again.order().expiry()).isEqualTo(listing.order().expiry());
                    assertThat(again.order().minNet()).isEqualTo(paused.again().least());
                    assertThat(market.pausedOf(mina.id()))
                            .noneMatch(one -> one.listing().order().work().equals(fish));
                    bazaar.done(market.buy(theo.id(), again.hash(), key()));
                });
    }

    private PausedListing paused(SignedOrder listing) {
        return market.pausedOf(mina.id()).stream()
                .filter(one -> one.listing().hash().equals(listing.hash()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void doesNotKnowSomeoneElsesWorkOrOrder() {
        SignedOrder listing = list(mina, PRICE);

        refuses("work.unknown", () -> list(theo, PRICE));
        refuses("listing.unknown", () -> market.cancel(theo.id(), listing.hash(), key()));
        refuses("listing.unknown", () -> market.reprice(theo.id(), listing.hash(), PRICE, key()));
        refuses("listing.unknown", () -> market.buy(theo.id(), Hash32.ZERO, key()));
    }

    @Test
    void refusesToSellMembersTheirOwn() {
        SignedOrder listing = list(mina, PRICE);

        refuses("listing.own", () -> market.buy(mina.id(), listing.hash(), key()));
    }

    @Test
    void saysHowMuchIsMissing() {
        SignedOrder listing = list(mina, TokenAmount.parsePoints("100000"));

        Refused refused = refusal(() -> market.buy(theo.id(), listing.hash(), key()));

        assertThat(refused.code()).isEqualTo("points.insufficient");
        assertThat(refused.values())
                .contains(
                        TokenAmount.parsePoints("100000")
                                .minus(ledger.availableOf(theo.account())));
    }

    @Test
    void noticesAnOrderThatWasTamperedWith() {
        SignedOrder listing = list(mina, PRICE);
        jdbc.sql(
                        "update recorded.signed_order set price = price - 1, min_net = 0 where order_hash = :h")
                .param("h", listing.hash().bytes())
                .update();

        refuses("listing.tampered", () -> market.buy(theo.id(), listing.hash(), key()));
    }

    @Test
    void refusesAnExpiredOrder() {
        SignedOrder listing = list(mina, PRICE);
        jdbc.sql(
                        """
                        update recorded.signed_order set expires_at = now() - interval '1 second'
                        where order_hash = :h
                        """)
                .param("h", listing.hash().bytes())
                .update();

        refuses("listing.expired", () -> market.buy(theo.id(), listing.hash(), key()));
        assertThat(market.openListing(fish)).isEmpty();
    }

    private SignedOrder list(Member seller, TokenAmount price) {
        return market.list(seller.id(), wish(price), key());
    }

    private ListingWish wish(TokenAmount price) {
        return wish(price, ListingWish.DEFAULT_DAYS);
    }

    private ListingWish wish(TokenAmount price, int days) {
        return ListingWish.of(fish, price, days);
    }

    /** What no page allows: a second intent to fill an order that someone else is filling. */
    private Intent behindTheDoor(Member buyer, SignedOrder listing) {
        Call call = MarketCalls.fill(buyer.account(), listing.order(), listing.signature(), null);
        return Objects.requireNonNull(
                transactions.execute(_ ->
                        intents.submit(
                                new IntentRequest(
                                        buyer.id(),
                                        Purchases.FILL,
                                        "behind " + listing.hash(),
                                        call,
                                        null,
                                        listing.hash(),
                                        Instant.now().plus(Duration.ofMinutes(5)),
                                        null,
                                        listing.order().price()))));
    }

    private static List<Object> atOnce(Callable<Intent> one, Callable<Intent> other)
            throws Exception {
        return atOnce(List.of(one, other));
    }

    private static List<Object> atOnce(List<Callable<Intent>> commands) throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(commands.size())) {
            List<Object> answers = new ArrayList<>();
            List<Callable<Object>> told = commands.stream().map(MarketTests::told).toList();
            for (Future<Object> answer : pool.invokeAll(told)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }

    private static Callable<Object> told(Callable<Intent> call) {
        return () -> {
            try {
                return call.call();
            } catch (Refused refused) {
                return refused;
            }
        };
    }

    private List<BigInteger> onChain(Member seller, long units) throws Exception {
        Tuple6<BigInteger, String, BigInteger, String, BigInteger, BigInteger> split =
                contracts
                        .market()
                        .split(
                                fish.tokenId(),
                                seller.account().toString(),
                                BigInteger.valueOf(units))
                        .send();
        return List.of(
                split.component1(), split.component3(), split.component5(), split.component6());
    }

    private static void refuses(String code, ThrowingCallable call) {
        assertThat(refusal(call).code()).isEqualTo(code);
    }

    private static Refused refusal(ThrowingCallable call) {
        List<Refused> caught = new ArrayList<>();
        assertThatExceptionOfType(Refused.class).isThrownBy(call).satisfies(caught::add);
        return caught.getFirst();
    }
}
