package atelier.workshop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import atelier.chain.Contracts;
import atelier.chain.Intent;
import atelier.identity.Member;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.RecipeId;
import atelier.kernel.Refused;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import atelier.ledger.Ledger;
import atelier.media.Media;
import atelier.media.Picture;
import atelier.media.Uploads;
import atelier.testing.AtelierTest;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** From nothing to a work, against the real chain and the real database. */
@AtelierTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkshopStoryTest {

    @Autowired AutowireCapableBeanFactory application;
    @Autowired Studio studio;
    @Autowired Curator curator;
    @Autowired Workshop workshop;
    @Autowired Media media;
    @Autowired Ledger ledger;
    @Autowired Contracts contracts;
    @Autowired TransactionTemplate transactions;

    private School school;
    private Member teacher;
    private Member kimura;
    private SupplyId ink;
    private SupplyId brush;
    private RecipeId recipe;
    private int pictures;

    @BeforeAll
    void openThePlace() {
        school = School.in(application);
        teacher = school.teacher();
        kimura = school.supplier("Kimura");
        ink = define(SupplyKind.MATERIAL, "Ink", 333, 1_000);
        brush = define(SupplyKind.TOOL, "Brush", 101, 1_000);
        recipe = approved("Watercolour", 1_001, List.of(input(ink, 3), input(brush, 2)));
    }

    @Test
    void makesWorkOfPicture() throws Exception {
        Member mei = joinWithPoints("Mei");
        Draft draft = begin(mei, recipe);
        MakeQuote quote = studio.quote(draft);
        TokenAmount before = ledger.pointsOf(mei.account());

        Intent making = studio.make(draft.id(), mei.id(), quote.total(), key());
        assertThat(ledger.availableOf(mei.account())).isEqualTo(before.minus(quote.total()));
        settle(making);

        WorkId id = Objects.requireNonNull(studio.draft(draft.id(), mei.id()).work());
        WorkView work = workshop.work(id).orElseThrow();
        assertThat(work.title()).isEqualTo("Fish");
        assertThat(work.contentHash()).isEqualTo(draft.picture());
        assertThat(work.owner().account()).isEqualTo(mei.account());
        assertThat(work.creator().name()).isEqualTo("Mei");
        assertThat(work.recipeTitle()).isEqualTo("Watercolour");
        assertThat(contracts.works().ownerOf(id.tokenId()).send())
                .isEqualToIgnoringCase(mei.account().toString());
        assertThat(ledger.pointsOf(mei.account())).isEqualTo(before.minus(quote.total()));
        assertThat(workshop.provenance(id)).singleElement().matches(Ownership::made);
        assertThat(studio.drafts(mei.id(), 10)).isEmpty();
    }

    @Test
    void quotesWhatTheContractQuotes() throws Exception {
        Member mei = joinWithPoints("Quoting");
        assertSameQuote(mei);
        settle(studio.buy(mei.id(), amounts(ink, 2), null, key()));
        assertSameQuote(mei);
        settle(studio.buy(mei.id(), amounts(brush, 5), null, key()));
        assertSameQuote(mei);
        assertThat(workshop.quote(mei.account(), recipe).missing(brush)).isZero();
    }

    private void assertSameQuote(Member maker) throws Exception {
        MakeQuote ours = workshop.quote(maker.account(), recipe);
        var theirs =
                contracts
                        .workshop()
                        .quote(maker.account().toString(), BigInteger.valueOf(recipe.number()))
                        .send();
        assertThat(ours.lines().stream().map(MakeQuote.Line::missing).toList())
                .isEqualTo(theirs.component2());
        assertThat(ours.lines().stream().map(line -> line.supplierCost().units()).toList())
                .isEqualTo(theirs.component3());
        assertThat(ours.lines().stream().map(line -> line.platformCost().units()).toList())
                .isEqualTo(theirs.component4());
        assertThat(ours.authorFee().units()).isEqualTo(theirs.component5());
        assertThat(ours.treasuryFee().units()).isEqualTo(theirs.component6());
        assertThat(ours.total().units()).isEqualTo(theirs.component7());
    }

    @Test
    void sendingTheSameFormTwiceHasOneEffect() {
        Member mei = joinWithPoints("Twice");
        IdempotencyKey beginning = key();
        NewDraft wish = wish(mei, recipe);
        Draft draft = studio.begin(mei.id(), wish, beginning);
        assertThat(studio.begin(mei.id(), wish, beginning).id()).isEqualTo(draft.id());
        NewDraft other = new NewDraft(recipe, wish.picture(), "Other", "");
        assertRefused("idempotency.mismatch", () -> studio.begin(mei.id(), other, beginning));

        IdempotencyKey making = key();
        Intent first = studio.make(draft.id(), mei.id(), null, making);
        assertThat(studio.make(draft.id(), mei.id(), null, making).id()).isEqualTo(first.id());
        assertThat(studio.make(draft.id(), mei.id(), null, key()).id()).isEqualTo(first.id());
        settle(first);
        assertThat(workshop.worksOwnedBy(mei.account(), 10, 0)).hasSize(1);
    }

    @Test
    void countsTheSameSuppliesForOneOfTwoMakingsOnly() throws Exception {
        Member mei = joinWithPoints("Both");
        settle(studio.buy(mei.id(), amounts(ink, 3), null, key()));
        settle(studio.buy(mei.id(), amounts(brush, 2), null, key()));
        TokenAmount before = ledger.pointsOf(mei.account());
        TokenAmount fee = workshop.quote(mei.account(), recipe).total();
        TokenAmount bought = fee.plus(tariffOf(recipe));
        Draft one = begin(mei, recipe);
        Draft other = begin(mei, recipe);

        List<Intent> makings = together(making(one), making(other));

        assertThat(ledger.availableOf(mei.account())).isEqualTo(before.minus(fee).minus(bought));
        assertThat(ledger.availableSuppliesOf(mei.account())).isEmpty();
        makings.forEach(this::settle);
        assertThat(workshop.worksOwnedBy(mei.account(), 10, 0)).hasSize(2);
        assertThat(ledger.pointsOf(mei.account())).isEqualTo(before.minus(fee).minus(bought));
        assertThat(ledger.suppliesOf(mei.account())).isEmpty();
    }

    @Test
    void buysInTheSameBatchWhatTheMakingBeforeUsesUp() {
        Member mei = joinWithPoints("Batch");
        List<SupplyId> colours =
                IntStream.range(0, NewRecipe.MOST_INPUTS)
                        .mapToObj(i -> define(SupplyKind.MATERIAL, "Colour " + i, 10, 10))
                        .toList();
        RecipeId rich =
                approved("Rich", 1, colours.stream().map(colour -> input(colour, 1)).toList());
        SequencedMap<SupplyId, Long> once = new LinkedHashMap<>();
        colours.forEach(colour -> once.put(colour, 1L));
        settle(studio.buy(mei.id(), once, null, key()));
        Draft one = begin(mei, rich);
        Draft other = begin(mei, rich);

        List<Intent> makings =
                Objects.requireNonNull(
                        transactions.execute(_ ->
                                List.of(
                                        studio.make(one.id(), mei.id(), null, key()),
                                        studio.make(other.id(), mei.id(), null, key()))));

        makings.forEach(this::settle);
        assertThat(workshop.worksOwnedBy(mei.account(), 10, 0)).hasSize(2);
    }

    /** What the supplies of a recipe cost someone who has none. */
    private TokenAmount tariffOf(RecipeId by) {
        MakeQuote quote = workshop.quote(joinWithPoints("Without").account(), by);
        return quote.total().minus(quote.recipe().fee());
    }

    private Callable<Intent> making(Draft draft) {
        return () -> studio.make(draft.id(), draft.maker(), null, key());
    }

    private static List<Intent> together(Callable<Intent> one, Callable<Intent> other)
            throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Intent>> answers =
                    pool.invokeAll(List.of(after(start, one), after(start, other)));
            return List.of(answers.get(0).get(), answers.get(1).get());
        }
    }

    private static Callable<Intent> after(CyclicBarrier start, Callable<Intent> call) {
        return () -> {
            start.await();
            return call.call();
        };
    }

    @Test
    void saysHowManyPointsAreMissing() {
        Member poor = joinWithPoints("Poor");
        RecipeId dear = approved("Gold", 1_000_000, List.of(input(ink, 1)));
        Draft draft = begin(poor, dear);
        MakeQuote quote = studio.quote(draft);
        Refused refused =
                assertRefused(
                        "points.insufficient",
                        () -> studio.make(draft.id(), poor.id(), null, key()));
        assertThat(refused.values().get(2)).isEqualTo(quote.shortBy());
        assertThat(studio.making(studio.draft(draft.id(), poor.id()))).isEmpty();
    }

    @Test
    void saysWhichSupplyIsOutOfStock() {
        Member mei = joinWithPoints("Waiting");
        SupplyId rare = define(SupplyKind.MATERIAL, "Lapis", 1, 2);
        RecipeId blue = approved("Blue", 0, List.of(input(rare, 3)));
        Draft draft = begin(mei, blue);
        Refused refused =
                assertRefused(
                        "supply.out-of-stock",
                        () -> studio.make(draft.id(), mei.id(), null, key()));
        assertThat(refused.values())
                .containsExactly("Lapis", BigInteger.valueOf(3), BigInteger.valueOf(2));
        settle(curator.restock(teacher.id(), rare, 1, key()));
        settle(studio.make(draft.id(), mei.id(), null, key()));
    }

    @Test
    void refusesRetiredAndUnapprovedAndUnknownRecipes() {
        Member mei = joinWithPoints("Late");
        RecipeId old = approved("Old", 0, List.of(input(ink, 1)));
        Draft draft = begin(mei, old);
        settle(curator.retire(teacher.id(), old, key()));
        assertRefused("recipe.retired", () -> studio.make(draft.id(), mei.id(), null, key()));
        assertRefused("recipe.retired", () -> begin(mei, old));
        RecipeId open = propose("Open", 0, List.of(input(ink, 1)));
        assertRefused("recipe.proposed", () -> begin(mei, open));
        assertRefused("recipe.unknown", () -> begin(mei, new RecipeId(999_999)));
        assertRefused("recipe.not-proposed", () -> curator.approve(teacher.id(), old, key()));
    }

    @Test
    void refusesWhatCostsMoreThanWasShown() {
        Member mei = joinWithPoints("Careful");
        Draft draft = begin(mei, recipe);
        TokenAmount shown = studio.quote(draft).total().minus(TokenAmount.ofUnits(1));
        assertRefused("make.cost-changed", () -> studio.make(draft.id(), mei.id(), shown, key()));
    }

    @Test
    void hidesOtherMembersDraftsAndPictures() {
        Member mei = joinWithPoints("Owner");
        Member other = joinWithPoints("Other");
        Draft draft = begin(mei, recipe);
        assertRefused("draft.unknown", () -> studio.draft(draft.id(), other.id()));
        assertRefused("draft.unknown", () -> studio.make(draft.id(), other.id(), null, key()));
        NewDraft stolen = new NewDraft(recipe, draft.picture(), "Mine", "");
        assertRefused("picture.unknown", () -> studio.begin(other.id(), stolen, key()));
    }

    @Test
    void refusesNumbersThatNoShelfHolds() {
        TokenAmount fine = TokenAmount.ofUnits(1);
        TokenAmount vast = new TokenAmount(BigInteger.TWO.pow(128));
        assertRefused("supply.price", () -> supply("Ink", TokenAmount.ofUnits(-1), 1));
        assertRefused("supply.price", () -> supply("Ink", vast, 1));
        assertRefused("supply.stock", () -> supply("Ink", fine, -1));
        assertRefused("title.invalid", () -> supply(" ", fine, 1));
        assertRefused("supply.price", () -> curator.reprice(teacher.id(), ink, vast, key()));
        assertRefused(
                "supply.unknown",
                () -> curator.restock(teacher.id(), new SupplyId(999_999), 1, key()));
        Member mei = joinWithPoints("Buyer");
        assertRefused("purchase.amount", () -> studio.buy(mei.id(), amounts(ink, 0), null, key()));
        assertRefused(
                "supply.unknown",
                () -> studio.buy(mei.id(), amounts(new SupplyId(999_999), 1), null, key()));
    }

    @Test
    void refusesRecipesOfUnknownOrRepeatedInputs() {
        assertRefused(
                "supply.unknown",
                () -> propose("Air", 0, List.of(input(new SupplyId(999_999), 1))));
        assertRefused(
                "recipe.input.duplicate",
                () -> propose("Ink", 0, List.of(input(ink, 1), input(ink, 2))));
        assertRefused("recipe.input.amount", () -> propose("Ink", 0, List.of(input(ink, 0))));
        assertRefused("recipe.inputs", () -> propose("Nothing", 0, List.of()));
    }

    @Test
    void takesNewPriceIntoTheNextQuote() {
        SupplyId paper = define(SupplyKind.MATERIAL, "Paper", 100, 10);
        settle(curator.reprice(teacher.id(), paper, TokenAmount.ofUnits(250), key()));
        assertThat(workshop.supply(paper).orElseThrow().price())
                .isEqualTo(TokenAmount.ofUnits(250));
    }

    private NewSupply supply(String name, TokenAmount price, long stock) {
        return new NewSupply(SupplyKind.MATERIAL, name, kimura.id(), price, stock);
    }

    private Member joinWithPoints(String name) {
        return school.memberWithPoints(name);
    }

    private SupplyId define(SupplyKind kind, String name, long price, long stock) {
        return school.define(
                teacher, new NewSupply(kind, name, kimura.id(), TokenAmount.ofUnits(price), stock));
    }

    private RecipeId propose(String title, long fee, List<NewRecipe.Input> inputs) {
        return school.propose(teacher, title, fee, inputs);
    }

    private RecipeId approved(String title, long fee, List<NewRecipe.Input> inputs) {
        return school.approved(teacher, title, fee, inputs);
    }

    private static NewRecipe.Input input(SupplyId supply, long amount) {
        return new NewRecipe.Input(supply, amount);
    }

    private static SequencedMap<SupplyId, Long> amounts(SupplyId supply, long amount) {
        SequencedMap<SupplyId, Long> amounts = new LinkedHashMap<>();
        amounts.put(supply, amount);
        return amounts;
    }

    private Draft begin(Member maker, RecipeId by) {
        return studio.begin(maker.id(), wish(maker, by), key());
    }

    private NewDraft wish(Member maker, RecipeId by) {
        pictures++;
        byte[] file = Uploads.png(20 + pictures, 20);
        Picture picture = media.store(new ByteArrayInputStream(file), maker.id());
        Hash32 hash = picture.hash();
        return new NewDraft(by, hash, "Fish", "In a pond.");
    }

    private void settle(Intent intent) {
        school.done(intent);
    }

    private static Refused assertRefused(String code, Runnable command) {
        var thrown = assertThatExceptionOfType(Refused.class).isThrownBy(command::run);
        thrown.extracting(Refused::code).isEqualTo(code);
        return thrown.actual();
    }

    private static IdempotencyKey key() {
        return School.key();
    }
}
