package atelier.demo;

import atelier.chain.Intent;
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
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Builds the painting school through the doors that everyone uses, as its members would: each act
 * once, in an order where each finds what it needs on chain.
 */
@Component
class Seeding {

    private static final int LISTED_DAYS = 90;
    private static final BigInteger LOWER_TRADING_FEE = BigInteger.valueOf(400);

    private final Script script;
    private final PublicLife publicLife;
    private final Members members;
    private final Ledger ledger;
    private final Rules rules;
    private final Media media;
    private final Workshop workshop;
    private final Curator curator;
    private final Studio studio;
    private final Market market;

    Seeding(
            Script script,
            PublicLife publicLife,
            Members members,
            Ledger ledger,
            Rules rules,
            Media media,
            Workshop workshop,
            Curator curator,
            Studio studio,
            Market market) {
        this.script = script;
        this.publicLife = publicLife;
        this.members = members;
        this.ledger = ledger;
        this.rules = rules;
        this.media = media;
        this.workshop = workshop;
        this.curator = curator;
        this.studio = studio;
        this.market = market;
    }

    /** Goes through the whole script; what was done before is skipped. */
    void run(SignIns signIns) throws InterruptedException {
        script.until(rules::known);
        Progress.say("Seeding: members join");
        for (Community.Person person : Community.PEOPLE) {
            join(person, signIns.passwordOf(person.email()));
        }
        for (Community.Person person : Community.PEOPLE) {
            script.await(person.alias());
        }
        Progress.say("Seeding: supplies, points and recipes");
        script.await(concat(supplies(), grants()));
        script.await(proposals());
        script.await(approvals());
        Progress.say("Seeding: works are made");
        script.await(works());
        script.await(remixes());
        Progress.say("Seeding: works are sold");
        pieces().filter(Community.Piece::offered).forEach(this::offer);
        script.await(purchases(Community.FIRST_PURCHASES, "first"));
        script.await(List.of(ruleChange()));
        offer(Community.RESALE);
        script.await(purchases(Community.LATER_PURCHASES, "later"));
        publicLife.run();
    }

    private static Stream<Community.Piece> pieces() {
        return Stream.concat(
                Community.PIECES.stream(), Community.REMIXES.stream().map(Community.Remix::piece));
    }

    private void join(Community.Person person, String password) {
        script.once(
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
        return script.intents(
                Community.WARES,
                ware -> "supply:" + ware.name(),
                ware ->
                        curator.define(
                                script.teacher(),
                                supply(ware),
                                Script.key("supply:" + ware.name())));
    }

    private NewSupply supply(Community.Ware ware) {
        return new NewSupply(
                ware.tool() ? SupplyKind.TOOL : SupplyKind.MATERIAL,
                ware.name(),
                script.member(Community.SUPPLIER_ALIAS),
                Community.points(ware.price()),
                ware.stock());
    }

    private List<IntentId> grants() {
        return script.intents(
                Community.PEOPLE.stream().filter(person -> !person.grant().isEmpty()).toList(),
                person -> "grant:" + person.alias(),
                person ->
                        ledger.grant(
                                script.teacher(),
                                script.member(person.alias()),
                                Community.points(person.grant()),
                                "開學禮",
                                Script.key("grant:" + person.alias())));
    }

    private List<IntentId> proposals() {
        Map<String, SupplyId> wares =
                workshop.supplies().stream()
                        .collect(Collectors.toMap(SupplyView::name, SupplyView::id));
        return script.intents(
                Community.RECIPES,
                recipe -> "proposal:" + recipe.title(),
                recipe ->
                        studio.propose(
                                script.member(recipe.author()),
                                recipe(recipe, wares),
                                Script.key("proposal:" + recipe.title())));
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
        return script.intents(
                Community.RECIPES,
                recipe -> "approval:" + recipe.title(),
                recipe ->
                        curator.approve(
                                script.teacher(),
                                known(recipes, recipe.title()),
                                Script.key("approval:" + recipe.title())));
    }

    private List<IntentId> works() {
        List<IntentId> making = new ArrayList<>();
        for (int i = 0; i < Community.PIECES.size(); i++) {
            long seed = i;
            making.add(make(Community.PIECES.get(i), () -> Paintings.png(seed), List.of()));
        }
        return making;
    }

    /** Each is a new picture of its parent's motif. */
    private List<IntentId> remixes() {
        List<String> titles = Community.PIECES.stream().map(Community.Piece::title).toList();
        List<IntentId> making = new ArrayList<>();
        for (Community.Remix remix : Community.REMIXES) {
            int parent = titles.indexOf(remix.parent());
            long seed = (long) titles.size() + parent;
            making.add(
                    make(
                            remix.piece(),
                            () -> Paintings.png(Paintings.motifOf(parent), seed),
                            List.of(remix.parent())));
        }
        return making;
    }

    private IntentId make(Community.Piece piece, Supplier<byte[]> picture, List<String> parents) {
        MemberId maker = script.member(piece.maker());
        DraftId draft =
                DraftId.parse(
                        script.once(
                                "draft:" + piece.title(),
                                () -> begin(piece, maker, picture, parents).toString()));
        return script.intent(
                "work:" + piece.title(),
                () -> studio.make(draft, maker, null, Script.key("work:" + piece.title())));
    }

    private DraftId begin(
            Community.Piece piece, MemberId maker, Supplier<byte[]> picture, List<String> parents) {
        return studio.begin(
                        maker,
                        new NewDraft(
                                known(recipes(), piece.recipe()),
                                media.store(new ByteArrayInputStream(picture.get()), maker).hash(),
                                piece.title(),
                                piece.words(),
                                parents.stream().map(this::work).toList()),
                        null)
                .id();
    }

    private void offer(Community.Piece piece) {
        String name = "listing:" + piece.maker() + ':' + piece.title();
        script.once(
                name,
                () ->
                        market.list(
                                        script.member(piece.maker()),
                                        ListingWish.of(
                                                work(piece.title()),
                                                Community.points(piece.price()),
                                                LISTED_DAYS),
                                        Script.key(name))
                                .hash()
                                .toString());
    }

    private List<IntentId> purchases(List<Community.Purchase> purchases, String when) {
        return script.intents(
                purchases,
                purchase -> "purchase:" + when + ':' + purchase.piece(),
                purchase -> buy(purchase, Script.key("purchase:" + when + ':' + purchase.piece())));
    }

    private Intent buy(Community.Purchase purchase, IdempotencyKey key) {
        MemberId buyer = script.member(purchase.buyer());
        Hash32 order = market.openListing(work(purchase.piece())).orElseThrow().hash();
        return purchase.promoted()
                ? market.buy(buyer, order, script.member(purchase.promoter()), key)
                : market.buy(buyer, order, key);
    }

    private IntentId ruleChange() {
        return script.intent(
                "rule:trading-fee",
                () ->
                        rules.set(
                                script.teacher(),
                                members.find(script.teacher()).orElseThrow().account(),
                                Map.of(Rule.TRADING_FEE, LOWER_TRADING_FEE),
                                Script.key("rule:trading-fee")));
    }

    private WorkId work(String title) {
        DraftId draft = DraftId.parse(script.outcome("draft:" + title).orElseThrow());
        Community.Piece piece =
                pieces().filter(made -> made.title().equals(title)).findFirst().orElseThrow();
        return Objects.requireNonNull(studio.draft(draft, script.member(piece.maker())).work());
    }

    private Map<String, RecipeId> recipes() {
        return workshop.recipes().stream()
                .collect(Collectors.toMap(RecipeView::title, RecipeView::id));
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
