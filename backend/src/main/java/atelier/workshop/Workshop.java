package atelier.workshop;

import atelier.kernel.Address;
import atelier.kernel.RecipeId;
import atelier.kernel.Refused;
import atelier.kernel.SupplyId;
import atelier.kernel.WorkId;
import atelier.ledger.Ledger;
import atelier.rules.Rules;
import java.math.BigInteger;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The door for reading: supplies, recipes, quotes and works, as the mirror has them. */
@Service
@Transactional(readOnly = true)
public class Workshop {

    private static final int MOST = 200;

    private final SupplyRows supplies;
    private final RecipeRows recipes;
    private final WorkRows works;
    private final LineageRows lineage;
    private final Rules rules;
    private final Ledger ledger;

    Workshop(
            SupplyRows supplies,
            RecipeRows recipes,
            WorkRows works,
            LineageRows lineage,
            Rules rules,
            Ledger ledger) {
        this.supplies = supplies;
        this.recipes = recipes;
        this.works = works;
        this.lineage = lineage;
        this.rules = rules;
        this.ledger = ledger;
    }

    /** Everything on offer, in the order it was defined. */
    public List<SupplyView> supplies() {
        return supplies.all();
    }

    /** One supply. */
    public Optional<SupplyView> supply(SupplyId id) {
        return Optional.ofNullable(supplies.find(Set.of(id)).get(id));
    }

    /** What buying pieces or uses of a supply costs now: supplier's part and platform's part. */
    public MakeQuote.Line price(SupplyView supply, BigInteger amount) {
        return MakeQuote.Line.of(supply, amount, BigInteger.ZERO, tariff());
    }

    /** Every recipe, in the order it was proposed. */
    public List<RecipeView> recipes() {
        return recipes.all(tariff());
    }

    /** The recipes that works can be made from. */
    public List<RecipeView> approvedRecipes() {
        return recipes().stream().filter(RecipeView::approved).toList();
    }

    /** One recipe, whatever its status. */
    public Optional<RecipeView> recipe(RecipeId id) {
        return recipes.find(Set.of(id), tariff()).stream().findFirst();
    }

    /** Whose recipe it is. */
    public Optional<Address> authorOf(RecipeId id) {
        return recipes.author(id);
    }

    /** What these recipes are called; those there are not are left out. */
    public Map<RecipeId, String> titlesOf(Collection<RecipeId> ids) {
        return recipes.titles(ids);
    }

    /**
     * What making a work costs this account now, as the contract computes it. Supplies that another
     * making on its way will use up do not count as there.
     *
     * @throws Refused {@code recipe.unknown}
     */
    public MakeQuote quote(Address maker, RecipeId id) {
        return prices(Set.of(id))
                .quote(id, ledger.availableSuppliesOf(maker), ledger.availableOf(maker))
                .orElseThrow(() -> Refused.notFound("recipe.unknown"));
    }

    /** What making costs by these recipes, whoever the maker is. */
    PriceList prices(Set<RecipeId> ids) {
        Tariff tariff = tariff();
        return new PriceList(
                tariff,
                recipes.find(ids, tariff).stream()
                        .collect(Collectors.toMap(RecipeView::id, Function.identity())));
    }

    /** One work. */
    public Optional<WorkView> work(WorkId id) {
        return works.all(List.of(id)).stream().findFirst();
    }

    /** Those of these works that exist, in the order asked for. */
    public Map<WorkId, WorkView> works(Collection<WorkId> ids) {
        Map<WorkId, WorkView> found =
                works.all(ids).stream()
                        .collect(Collectors.toMap(WorkView::id, Function.identity()));
        return ids.stream()
                .distinct()
                .flatMap(id -> Optional.ofNullable(found.get(id)).stream())
                .collect(
                        Collectors.toMap(
                                WorkView::id,
                                Function.identity(),
                                (first, _) -> first,
                                LinkedHashMap::new));
    }

    /** The newest works of all. */
    public List<WorkView> latestWorks(int limit) {
        return works.latest("true", Map.of(), Math.min(limit, MOST), 0);
    }

    /** Works made from a recipe, newest first. */
    public List<WorkView> worksMadeFrom(RecipeId recipe, int limit, long offset) {
        return works.latest(
                "recipe = :recipe",
                Map.of("recipe", recipe.number()),
                Math.min(limit, MOST),
                offset);
    }

    /** Works that an account owns, newest first. */
    public List<WorkView> worksOwnedBy(Address owner, int limit, long offset) {
        return works.latest(
                "owner = :owner", Map.of("owner", owner.bytes()), Math.min(limit, MOST), offset);
    }

    /** How many works an account owns. */
    public long countOwnedBy(Address owner) {
        return works.count("owner = :owner", Map.of("owner", owner.bytes()));
    }

    /** Works that an account made, whoever owns them now, newest first. */
    public List<WorkView> worksMadeBy(Address creator, int limit, long offset) {
        return works.latest(
                "creator = :creator",
                Map.of("creator", creator.bytes()),
                Math.min(limit, MOST),
                offset);
    }

    /** Who has, and had, a work, from its making on. */
    public List<Ownership> provenance(WorkId id) {
        return works.provenance(id);
    }

    /** Whose a work was after a past block; nothing if it was not made yet. */
    public Optional<Ownership> ownerAt(WorkId id, long block) {
        return works.ownerAt(id, block);
    }

    /** What each of these works is a remix of, in the order its creator named it. */
    public Map<WorkId, List<WorkId>> parentIdsOf(Collection<WorkId> ids) {
        return lineage.parents(ids);
    }

    /** The works that a work is a remix of, in the order its creator named them. */
    public List<WorkView> parentsOf(WorkId id) {
        return List.copyOf(
                works(lineage.parents(List.of(id)).getOrDefault(id, List.of())).values());
    }

    /** The remixes of a work, newest first. */
    public List<WorkView> remixesOf(WorkId id, int limit, long offset) {
        return List.copyOf(
                works(lineage.remixes(id, Long.MAX_VALUE, Math.min(limit, MOST), offset)).values());
    }

    /** How many remixes a work has. */
    public long countRemixesOf(WorkId id) {
        return lineage.countRemixes(id);
    }

    /** The remixes that a work had after a past block, newest first. */
    public List<WorkId> remixesAt(WorkId id, long block, int limit, long offset) {
        return lineage.remixes(id, block, Math.min(limit, MOST), offset);
    }

    private Tariff tariff() {
        return Tariff.of(rules.current());
    }
}
