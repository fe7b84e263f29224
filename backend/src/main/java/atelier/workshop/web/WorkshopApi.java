package atelier.workshop.web;

import atelier.chain.Mirror;
import atelier.identity.Members;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.MemberId;
import atelier.kernel.RecipeId;
import atelier.kernel.Refused;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import atelier.ledger.Ledger;
import atelier.web.CurrentMember;
import atelier.web.Units;
import atelier.workshop.Curator;
import atelier.workshop.NewDraft;
import atelier.workshop.NewRecipe;
import atelier.workshop.NewSupply;
import atelier.workshop.Studio;
import atelier.workshop.SupplyKind;
import atelier.workshop.WorkView;
import atelier.workshop.Workshop;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The workshop for programs. Pieces and uses are numbers. */
@RestController
@RequestMapping("/api/v1")
class WorkshopApi {

    private static final int MOST_WORKS = 100;

    /** An input of a proposed recipe, or an item of a purchase. */
    record ItemBody(long supply, long amount) {}

    /** A recipe that is proposed. */
    record RecipeBody(
            @Nullable String title,
            @Nullable String description,
            @Nullable Units fee,
            @Nullable List<ItemBody> inputs,
            @Nullable Long supersedes) {}

    /** A supply that is defined. */
    record SupplyBody(
            @Nullable String kind,
            @Nullable String name,
            @Nullable UUID supplier,
            @Nullable Units price,
            long stock) {}

    /** A new price. */
    record PriceBody(@Nullable Units price) {}

    /** More pieces. */
    record StockBody(long amount) {}

    /** A work that is begun. */
    record DraftBody(
            long recipe,
            @Nullable String picture,
            @Nullable String title,
            @Nullable String description,
            @ArraySchema(
                            maxItems = NewDraft.MOST_PARENTS,
                            arraySchema =
                                    @Schema(
                                            description =
                                                    "The works that this one is a remix of, if any:"
                                                            + " decimal ids, each once. Written on"
                                                            + " the chain when it is made, for"
                                                            + " good."))
                    @Nullable List<@Nullable String> parents) {}

    /** A making that is confirmed. */
    record MakeBody(@Nullable Units total) {}

    /** A purchase. */
    record PurchaseBody(@Nullable List<ItemBody> items, @Nullable Units total) {}

    private final Workshop workshop;
    private final Studio studio;
    private final Curator curator;
    private final Members members;
    private final CurrentMember current;
    private final Mirror mirror;
    private final Ledger ledger;

    WorkshopApi(
            Workshop workshop,
            Studio studio,
            Curator curator,
            Members members,
            CurrentMember current,
            Mirror mirror,
            Ledger ledger) {
        this.workshop = workshop;
        this.studio = studio;
        this.curator = curator;
        this.members = members;
        this.current = current;
        this.mirror = mirror;
        this.ledger = ledger;
    }

    @PermitAll
    @GetMapping("/recipes")
    List<ApiViews.Recipe> recipes() {
        return workshop.recipes().stream().map(ApiViews.Recipe::of).toList();
    }

    @PermitAll
    @GetMapping("/recipes/{id}")
    ApiViews.Recipe recipe(@PathVariable String id) {
        return workshop.recipe(Paths.recipe(id))
                .map(ApiViews.Recipe::of)
                .orElseThrow(() -> Refused.notFound("recipe.unknown"));
    }

    @RolesAllowed("MEMBER")
    @GetMapping("/recipes/{id}/quote")
    ApiViews.Quote quote(@PathVariable String id) {
        return ApiViews.Quote.of(workshop.quote(account(), Paths.recipe(id)));
    }

    @RolesAllowed("MEMBER")
    @PostMapping("/recipes")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ApiViews.Progress propose(@RequestBody RecipeBody body, IdempotencyKey key) {
        NewRecipe wish =
                new NewRecipe(
                        text(body.title()),
                        text(body.description()),
                        Units.required(body.fee()),
                        items(body.inputs()).stream()
                                .map(item -> new NewRecipe.Input(supply(item), item.amount()))
                                .toList(),
                        body.supersedes() == null ? null : recipe(body.supersedes()));
        return ApiViews.Progress.of(studio.propose(current.require(), wish, key));
    }

    @RolesAllowed("ADMIN")
    @PostMapping("/recipes/{id}/approval")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ApiViews.Progress approve(@PathVariable String id, IdempotencyKey key) {
        return ApiViews.Progress.of(curator.approve(current.require(), Paths.recipe(id), key));
    }

    @RolesAllowed("ADMIN")
    @PostMapping("/recipes/{id}/retirement")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ApiViews.Progress retire(@PathVariable String id, IdempotencyKey key) {
        return ApiViews.Progress.of(curator.retire(current.require(), Paths.recipe(id), key));
    }

    @PermitAll
    @GetMapping("/supplies")
    List<ApiViews.Supply> supplies() {
        return workshop.supplies().stream().map(ApiViews.Supply::of).toList();
    }

    @RolesAllowed("ADMIN")
    @PostMapping("/supplies")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ApiViews.Progress define(@RequestBody SupplyBody body, IdempotencyKey key) {
        if (body.supplier() == null) {
            throw Refused.invalid("supply.supplier");
        }
        NewSupply supply =
                new NewSupply(
                        kind(text(body.kind())),
                        text(body.name()),
                        new MemberId(body.supplier()),
                        Units.required(body.price()),
                        body.stock());
        return ApiViews.Progress.of(curator.define(current.require(), supply, key));
    }

    @RolesAllowed("ADMIN")
    @PutMapping("/supplies/{id}/price")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ApiViews.Progress reprice(
            @PathVariable String id, @RequestBody PriceBody body, IdempotencyKey key) {
        return ApiViews.Progress.of(
                curator.reprice(
                        current.require(), Paths.supply(id), Units.required(body.price()), key));
    }

    @RolesAllowed("ADMIN")
    @PostMapping("/supplies/{id}/stock")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ApiViews.Progress restock(
            @PathVariable String id, @RequestBody StockBody body, IdempotencyKey key) {
        return ApiViews.Progress.of(
                curator.restock(current.require(), Paths.supply(id), body.amount(), key));
    }

    @RolesAllowed("MEMBER")
    @PostMapping("/supplies/purchases")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ApiViews.Progress buy(@RequestBody PurchaseBody body, IdempotencyKey key) {
        SequencedMap<SupplyId, Long> amounts = new LinkedHashMap<>();
        items(body.items()).forEach(item -> amounts.merge(supply(item), item.amount(), Long::sum));
        return ApiViews.Progress.of(
                studio.buy(current.require(), amounts, agreed(body.total()), key));
    }

    @RolesAllowed("MEMBER")
    @PostMapping("/drafts")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Begin a work, or a remix of others",
            description =
                    "Refused are parents that do not exist (parents.unknown), that are named twice"
                            + " (parents.twice) or that are too many (parents.too-many). The same"
                            + " key with other parents is another request.")
    ApiViews.DraftView begin(@RequestBody DraftBody body, IdempotencyKey key) {
        NewDraft wish =
                new NewDraft(
                        recipe(body.recipe()),
                        picture(text(body.picture())),
                        text(body.title()),
                        text(body.description()),
                        named(body.parents()));
        return ApiViews.DraftView.of(studio.begin(current.require(), wish, key));
    }

    @RolesAllowed("MEMBER")
    @GetMapping("/drafts/{id}")
    ApiViews.DraftView draft(@PathVariable String id) {
        return ApiViews.DraftView.of(studio.draft(Paths.draft(id), current.require()));
    }

    @RolesAllowed("MEMBER")
    @PostMapping("/drafts/{id}/work")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ApiViews.Progress make(
            @PathVariable String id,
            @RequestBody(required = false) @Nullable MakeBody body,
            IdempotencyKey key) {
        TokenAmount agreed = body == null ? null : agreed(body.total());
        return ApiViews.Progress.of(studio.make(Paths.draft(id), current.require(), agreed, key));
    }

    @PermitAll
    @GetMapping("/works/{id}")
    ApiViews.Work work(@PathVariable String id) {
        return workshop.work(Paths.work(id))
                .map(work ->
                        ApiViews.Work.of(
                                work, parents(List.of(work)), workshop.provenance(work.id())))
                .orElseThrow(() -> Refused.notFound("work.unknown"));
    }

    @PermitAll
    @GetMapping("/works/{id}/remixes")
    @Operation(summary = "What was made of a work, newest first")
    List<ApiViews.Work> remixes(
            @PathVariable String id,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(defaultValue = "0") long offset) {
        WorkView work =
                workshop.work(Paths.work(id)).orElseThrow(() -> Refused.notFound("work.unknown"));
        return listed(
                workshop.remixesOf(
                        work.id(), Math.clamp(limit, 1, MOST_WORKS), Math.max(0, offset)));
    }

    @RolesAllowed("MEMBER")
    @GetMapping("/me/works")
    List<ApiViews.Work> mine(
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(defaultValue = "0") long offset) {
        int most = Math.clamp(limit, 1, MOST_WORKS);
        return listed(workshop.worksOwnedBy(account(), most, Math.max(0, offset)));
    }

    @PermitAll
    @GetMapping(value = "/works/{id}", params = "block")
    @Operation(summary = "Whose a work was at a past block")
    ApiViews.WorkThen workThen(@PathVariable String id, @RequestParam("block") String height) {
        Mirror.Block block = mirror.asked(height);
        WorkId work = Paths.work(id);
        return workshop.ownerAt(work, block.number())
                .map(owner ->
                        new ApiViews.WorkThen(
                                block.name(),
                                work.toString(),
                                owner.owner().account().toString(),
                                owner.nonce(),
                                owner.since()))
                .orElseThrow(() -> Refused.notFound("work.unknown"));
    }

    @PermitAll
    @GetMapping(value = "/works/{id}/remixes", params = "block")
    @Operation(summary = "What had been made of a work at a past block, newest first")
    ApiViews.WorksThen remixesThen(
            @PathVariable String id,
            @RequestParam("block") String height,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(defaultValue = "0") long offset) {
        Mirror.Block block = mirror.asked(height);
        WorkId work = Paths.work(id);
        if (workshop.ownerAt(work, block.number()).isEmpty()) {
            throw Refused.notFound("work.unknown");
        }
        return new ApiViews.WorksThen(
                block.name(),
                workshop
                        .remixesAt(
                                work,
                                block.number(),
                                Math.clamp(limit, 1, MOST_WORKS),
                                Math.max(0, offset))
                        .stream()
                        .map(WorkId::toString)
                        .toList());
    }

    @RolesAllowed("MEMBER")
    @GetMapping(value = "/me/works", params = "block")
    @Operation(summary = "My works at a past block")
    ApiViews.WorksThen mineThen(@RequestParam("block") String height) {
        Mirror.Block block = mirror.asked(height);
        return new ApiViews.WorksThen(
                block.name(),
                ledger.worksAt(account(), block.number()).stream().map(WorkId::toString).toList());
    }

    /** Works without their provenance. */
    private List<ApiViews.Work> listed(List<WorkView> works) {
        Map<WorkId, List<WorkId>> parents = parents(works);
        return works.stream().map(work -> ApiViews.Work.of(work, parents, List.of())).toList();
    }

    private Map<WorkId, List<WorkId>> parents(List<WorkView> works) {
        return workshop.parentIdsOf(works.stream().map(WorkView::id).toList());
    }

    private Address account() {
        return members.find(current.require())
                .orElseThrow(() -> Refused.notFound("member.unknown"))
                .account();
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static @Nullable TokenAmount agreed(@Nullable Units total) {
        return total == null ? null : total.amount();
    }

    private static List<ItemBody> items(@Nullable List<ItemBody> items) {
        return items == null ? List.of() : items;
    }

    private static List<WorkId> named(@Nullable List<@Nullable String> parents) {
        return parents == null ? List.of() : parents.stream().map(Paths::parent).toList();
    }

    private static SupplyId supply(ItemBody item) {
        return Paths.supply(String.valueOf(item.supply()));
    }

    private static RecipeId recipe(long number) {
        return Paths.recipe(String.valueOf(number));
    }

    private static Hash32 picture(String hash) {
        try {
            return Hash32.parse(hash);
        } catch (IllegalArgumentException e) {
            throw Refused.notFound("picture.unknown");
        }
    }

    private static SupplyKind kind(String kind) {
        try {
            return SupplyKind.valueOf(kind.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("supply.kind");
        }
    }
}
