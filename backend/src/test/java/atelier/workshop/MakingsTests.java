package atelier.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.chain.Intent;
import atelier.identity.Member;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.IntentId;
import atelier.kernel.RecipeId;
import atelier.kernel.Refused;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.ledger.Ledger;
import atelier.media.Media;
import atelier.media.Uploads;
import atelier.testing.AtelierTest;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Crowds who make at the same time: each is answered as if there were none. */
@AtelierTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MakingsTests {

    /** How one command ended. */
    private record Outcome(Optional<Intent> intent, Optional<Refused> refusal) {}

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    @Autowired AutowireCapableBeanFactory application;
    @Autowired Studio studio;
    @Autowired Workshop workshop;
    @Autowired Media media;
    @Autowired Ledger ledger;
    @Autowired TransactionTemplate transactions;

    private School school;
    private SupplyId ink;
    private RecipeId recipe;
    private int pictures;

    @BeforeAll
    void openThePlace() {
        school = School.in(application);
        Member teacher = school.teacher();
        Member kimura = school.supplier("Kimura");
        ink =
                school.define(
                        teacher,
                        new NewSupply(
                                SupplyKind.MATERIAL,
                                "Crowded ink",
                                kimura.id(),
                                TokenAmount.ofUnits(1_000),
                                1_000));
        recipe = school.approved(teacher, "Crowded", 500, List.of(new NewRecipe.Input(ink, 2)));
    }

    @AfterAll
    void sendEverybodyHome() {
        callers.close();
    }

    @Test
    void makesOneWorkOfADraftHoweverManyConfirmIt() {
        Member mei = school.memberWithPoints("Many");
        DraftId draft = begin(mei);

        List<Future<Outcome>> all = all(24, _ -> studio.make(draft, mei.id(), null, School.key()));

        assertThat(ids(all)).hasSize(24);
        assertThat(ids(all).stream().distinct()).hasSize(1);
        school.done(intents(all).getFirst());
        assertThat(workshop.worksOwnedBy(mei.account(), 10, 0)).hasSize(1);
    }

    @Test
    void answersOneKeyOnceForADraftAndRefusesItForAnother() {
        Member mei = school.memberWithPoints("Keys");
        List<DraftId> drafts = drafts(mei, 2);
        IdempotencyKey key = School.key();

        List<Future<Outcome>> all =
                all(16, i -> studio.make(drafts.get(i % 2), mei.id(), null, key));

        assertThat(refusals(all)).hasSize(8).allMatch("idempotency.mismatch"::equals);
        assertThat(ids(all).stream().distinct()).hasSize(1);
        intents(all).stream().limit(1).forEach(school::done);
    }

    @Test
    void neverPromisesMoreThanAnAccountHas() {
        Member mei = school.memberWithPoints("Few");
        SequencedMap<SupplyId, Long> some = new LinkedHashMap<>();
        some.put(ink, 5L);
        school.done(studio.buy(mei.id(), some, null, School.key()));
        List<DraftId> drafts = drafts(mei, 12);
        TokenAmount had = ledger.availableOf(mei.account());

        List<Future<Outcome>> all =
                all(12, i -> studio.make(drafts.get(i), mei.id(), null, School.key()));

        // Of five pieces two makings use two each and one the last: it buys one, the others two.
        int made = ids(all).size();
        TokenAmount piece = tariff();
        TokenAmount spent =
                IntStream.range(0, made)
                        .mapToObj(i -> TokenAmount.ofUnits(500).plus(piece.times(bought(i))))
                        .reduce(TokenAmount.ZERO, TokenAmount::plus);
        assertThat(made).isBetween(3, 11);
        assertThat(refusals(all)).hasSize(12 - made).allMatch("points.insufficient"::equals);
        assertThat(ledger.availableOf(mei.account())).isEqualTo(had.minus(spent));
        assertThat(ledger.availableSuppliesOf(mei.account())).isEmpty();
        intents(all).forEach(school::done);
        assertThat(workshop.worksOwnedBy(mei.account(), 20, 0)).hasSize(made);
        assertThat(ledger.suppliesOf(mei.account())).isEqualTo(Map.of());
    }

    private static int bought(int making) {
        return switch (making) {
            case 0, 1 -> 0;
            case 2 -> 1;
            default -> 2;
        };
    }

    /** What a piece of ink costs with its margin. */
    private TokenAmount tariff() {
        SupplyView supply = workshop.supply(ink).orElseThrow();
        return workshop.price(supply, BigInteger.ONE).cost();
    }

    @Test
    void keepsNobodyWaitingForAnothersAccount() {
        Member busy = school.memberWithPoints("Busy");
        Member free = school.memberWithPoints("Free");
        DraftId waiting = begin(busy);
        List<DraftId> others = drafts(free, 2);
        List<Future<Outcome>> kept = new ArrayList<>();

        transactions.executeWithoutResult(_ -> {
            ledger.lock(busy.account());
            kept.addAll(all(1, _ -> studio.make(waiting, busy.id(), null, School.key())));
            var all = all(2, i -> studio.make(others.get(i), free.id(), null, School.key()));
            assertThat(ids(all)).hasSize(2);
            assertThat(kept).noneMatch(Future::isDone);
        });

        assertThat(ids(kept)).hasSize(1);
    }

    private List<DraftId> drafts(Member maker, int count) {
        return IntStream.range(0, count).mapToObj(_ -> begin(maker)).toList();
    }

    private DraftId begin(Member maker) {
        pictures++;
        byte[] file = Uploads.png(20 + pictures, 30);
        var picture = media.store(new ByteArrayInputStream(file), maker.id());
        return studio.begin(
                        maker.id(),
                        new NewDraft(recipe, picture.hash(), "One of many", ""),
                        School.key())
                .id();
    }

    private List<Future<Outcome>> all(int count, IntFunction<Intent> command) {
        return IntStream.range(0, count)
                .mapToObj(i -> callers.submit(() -> outcome(i, command)))
                .toList();
    }

    private static Outcome outcome(int number, IntFunction<Intent> command) {
        try {
            return new Outcome(Optional.of(command.apply(number)), Optional.empty());
        } catch (Refused refused) {
            return new Outcome(Optional.empty(), Optional.of(refused));
        }
    }

    private static Outcome get(Future<Outcome> one) {
        try {
            return one.get(1, TimeUnit.MINUTES);
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Intent> intents(List<Future<Outcome>> all) {
        return all.stream().flatMap(one -> get(one).intent().stream()).toList();
    }

    private static List<IntentId> ids(List<Future<Outcome>> all) {
        return intents(all).stream().map(Intent::id).toList();
    }

    private static List<String> refusals(List<Future<Outcome>> all) {
        return all.stream().flatMap(one -> get(one).refusal().stream()).map(Refused::code).toList();
    }
}
