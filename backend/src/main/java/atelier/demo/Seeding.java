package atelier.demo;

import atelier.chain.Intent;
import atelier.governance.SeatStanding;
import atelier.governance.Seats;
import atelier.identity.Members;
import atelier.identity.Registration;
import atelier.identity.Role;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import atelier.kernel.RecipeId;
import atelier.kernel.SupplyId;
import atelier.kernel.WorkId;
import atelier.ledger.Ledger;
import atelier.market.ListingWish;
import atelier.market.Market;
import atelier.media.Media;
import atelier.rules.Rule;
import atelier.rules.Rules;
import atelier.workshop.Curator;
import atelier.workshop.DraftId;
import atelier.workshop.NewDraft;
import atelier.workshop.NewRecipe;
import atelier.workshop.NewSupply;
import atelier.workshop.RecipeView;
import atelier.workshop.Studio;
import atelier.workshop.SupplyKind;
import atelier.workshop.SupplyView;
import atelier.workshop.Workshop;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Builds the painting school through the doors that everyone uses, as its members would: each act
 * once, in an order where each finds what it needs on chain.
 */
@Component
class Seeding {

    private static final int LISTED_DAYS = 90;
    private static final BigInteger LOWER_TRADING_FEE = BigInteger.valueOf(400);

    private final Steps steps;
    private final Patience patience;
    private final Members members;
    private final Ledger ledger;
    private final Rules rules;
    private final Media media;
    private final Workshop workshop;
    private final Curator curator;
    private final Studio studio;
    private final Market market;
    private final Seats seats;

    Seeding(
            Steps steps,
            Patience patience,
            Members members,
            Ledger ledger,
            Rules rules,
            Media media,
            Workshop workshop,
            Curator curator,
            Studio studio,
            Market market,
            Seats seats) {
        this.steps = steps;
        this.patience = patience;
        this.members = members;
        this.ledger = ledger;
        this.rules = rules;
        this.media = media;
        this.workshop = workshop;
        this.curator = curator;
        this.studio = studio;
        this.market = market;
        this.seats = seats;
    }

    /** Goes through the whole script; what was done before is skipped. */
    void run(SignIns signIns) throws InterruptedException {
        patience.until(rules::known);
        Progress.say("Seeding: members join");
        for (Community.Person person : Community.PEOPLE) {
            join(person, signIns.passwordOf(person.email()));
        }
        for (Community.Person person : Community.PEOPLE) {
            patience.await(member(person.alias()));
        }
        Progress.say("Seeding: supplies, points and recipes");
        await(concat(supplies(), grants()));
        await(proposals());
        await(approvals());
        Progress.say("Seeding: works are made");
        await(works());
        Progress.say("Seeding: works are sold");
        Community.PIECES.stream().filter(Community.Piece::offered).forEach(this::offer);
        await(purchases(Community.FIRST_PURCHASES, "first"));
        await(List.of(ruleChange()));
        offer(Community.RESALE);
        await(purchases(Community.LATER_PURCHASES, "later"));
        patience.until(this::everyoneSits);
    }

    private boolean everyoneSits() {
        return Community.PEOPLE.stream()
                .map(person -> seats.standing(member(person.alias())))
                .allMatch(SeatStanding.Seated.class::isInstance);
    }

    private void join(Community.Person person, String password) {
        steps.once(
                "member:" + person.alias(),
                () -> {
                    MemberId id =
                            members.register(
                                            new Registration(
                                                    person.name(), person.email(), password))
                                    .id();
                    if (person.role() != Role.MEMBER) {
                        members.appoint(id, person.role());
                    }
                    return id.toString();
                });
    }

    private List<IntentId> supplies() {
        return intents(
                Community.WARES,
                ware -> "supply:" + ware.name(),
                ware -> curator.define(teacher(), supply(ware), key("supply:" + ware.name())));
    }

    private NewSupply supply(Community.Ware ware) {
        return new NewSupply(
                ware.tool() ? SupplyKind.TOOL : SupplyKind.MATERIAL,
                ware.name(),
                member(Community.SUPPLIER_ALIAS),
                Community.points(ware.price()),
                ware.stock());
    }

    private List<IntentId> grants() {
        return intents(
                Community.PEOPLE.stream().filter(person -> !person.grant().isEmpty()).toList(),
                person -> "grant:" + person.alias(),
                person ->
                        ledger.grant(
                                teacher(),
                                member(person.alias()),
                                Community.points(person.grant()),
                                "開學禮",
                                key("grant:" + person.alias())));
    }

    private List<IntentId> proposals() {
        Map<String, SupplyId> wares =
                workshop.supplies().stream()
                        .collect(Collectors.toMap(SupplyView::name, SupplyView::id));
        return intents(
                Community.RECIPES,
                recipe -> "proposal:" + recipe.title(),
                recipe ->
                        studio.propose(
                                member(recipe.author()),
                                recipe(recipe, wares),
                                key("proposal:" + recipe.title())));
    }

    private static NewRecipe recipe(Community.Instruction recipe, Map<String, SupplyId> wares) {
        return new NewRecipe(
                recipe.title(),
                recipe.description(),
                Community.points(recipe.fee()),
                recipe.needs().stream()
                        .map(need -> new NewRecipe.Input(known(wares, need.ware()), need.amount()))
                        .toList(),
                null);
    }

    private List<IntentId> approvals() {
        Map<String, RecipeId> recipes = recipes();
        return intents(
                Community.RECIPES,
                recipe -> "approval:" + recipe.title(),
                recipe ->
                        curator.approve(
                                teacher(),
                                known(recipes, recipe.title()),
                                key("approval:" + recipe.title())));
    }

    private List<IntentId> works() {
        Map<String, RecipeId> recipes = recipes();
        List<IntentId> making = new ArrayList<>();
        for (int i = 0; i < Community.PIECES.size(); i++) {
            making.add(make(Community.PIECES.get(i), i, recipes));
        }
        return making;
    }

    private IntentId make(Community.Piece piece, int number, Map<String, RecipeId> recipes) {
        MemberId maker = member(piece.maker());
        DraftId draft =
                DraftId.parse(
                        steps.once(
                                "draft:" + piece.title(),
                                () -> begin(piece, number, maker, recipes).toString()));
        return intent(
                "work:" + piece.title(),
                () -> studio.make(draft, maker, null, key("work:" + piece.title())));
    }

    private DraftId begin(
            Community.Piece piece, int number, MemberId maker, Map<String, RecipeId> recipes) {
        Hash32 picture = media.store(new ByteArrayInputStream(Paintings.png(number)), maker).hash();
        return studio.begin(
                        maker,
                        new NewDraft(
                                known(recipes, piece.recipe()),
                                picture,
                                piece.title(),
                                piece.words()),
                        null)
                .id();
    }

    private void offer(Community.Piece piece) {
        String name = "listing:" + piece.maker() + ':' + piece.title();
        steps.once(
                name,
                () ->
                        market.list(
                                        member(piece.maker()),
                                        ListingWish.of(
                                                work(piece.title()),
                                                Community.points(piece.price()),
                                                LISTED_DAYS),
                                        key(name))
                                .hash()
                                .toString());
    }

    private List<IntentId> purchases(List<Community.Purchase> purchases, String when) {
        return intents(
                purchases,
                purchase -> "purchase:" + when + ':' + purchase.piece(),
                purchase ->
                        market.buy(
                                member(purchase.buyer()),
                                market.openListing(work(purchase.piece())).orElseThrow().hash(),
                                key("purchase:" + when + ':' + purchase.piece())));
    }

    private IntentId ruleChange() {
        return intent(
                "rule:trading-fee",
                () ->
                        rules.set(
                                teacher(),
                                members.find(teacher()).orElseThrow().account(),
                                Map.of(Rule.TRADING_FEE, LOWER_TRADING_FEE),
                                key("rule:trading-fee")));
    }

    private WorkId work(String title) {
        DraftId draft = DraftId.parse(steps.outcome("draft:" + title).orElseThrow());
        Community.Piece piece =
                Community.PIECES.stream()
                        .filter(made -> made.title().equals(title))
                        .findFirst()
                        .orElseThrow();
        return Objects.requireNonNull(studio.draft(draft, member(piece.maker())).work());
    }

    private Map<String, RecipeId> recipes() {
        return workshop.recipes().stream()
                .collect(Collectors.toMap(RecipeView::title, RecipeView::id));
    }

    private MemberId teacher() {
        return member(Community.TEACHER);
    }

    private MemberId member(String alias) {
        return new MemberId(UUID.fromString(steps.outcome("member:" + alias).orElseThrow()));
    }

    private <T> List<IntentId> intents(
            List<T> things, Function<T, String> name, Function<T, Intent> act) {
        return things.stream()
                .map(thing -> intent(name.apply(thing), () -> act.apply(thing)))
                .toList();
    }

    private IntentId intent(String name, Supplier<Intent> act) {
        return IntentId.parse(steps.once(name, () -> act.get().id().toString()));
    }

    private void await(List<IntentId> wanted) throws InterruptedException {
        patience.await(wanted);
    }

    private static IdempotencyKey key(String name) {
        return new IdempotencyKey(
                "demo-"
                        + UUID.nameUUIDFromBytes(
                                name.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private static <K, V> V known(Map<K, V> all, K name) {
        return Optional.ofNullable(all.get(name))
                .orElseThrow(() -> new SeedingStopped("There is no " + name));
    }

    private static <T> List<T> concat(List<T> first, List<T> second) {
        List<T> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }
}
