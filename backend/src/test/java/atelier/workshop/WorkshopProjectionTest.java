package atelier.workshop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import atelier.kernel.Address;
import atelier.kernel.BasisPoints;
import atelier.kernel.Hash32;
import atelier.kernel.RecipeId;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import atelier.testing.MirroredLogs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;

class WorkshopProjectionTest {

    private static final String DEFINED = "SupplyDefined(uint256,uint8,address,uint256,string)";
    private static final String PRICED = "PriceChanged(uint256,uint256,uint256)";
    private static final String PROPOSED =
            "RecipeProposed(uint64,address,uint64,uint96,(uint32,uint32)[],bytes32)";
    private static final String APPROVED = "RecipeApproved(uint64)";
    private static final String RETIRED = "RecipeRetired(uint64)";
    private static final String MINTED = "Minted(uint256,bytes32)";
    private static final String REMIXED = "Remixed(uint256,uint256[])";
    private static final String TRANSFER = "Transfer(address,address,uint256)";

    private static final Address NOBODY = Address.ZERO;
    private static final Address XIAOMAN = account(1);
    private static final Address MING = account(2);
    private static final Address KIMURA = account(3);
    private static final Address AUTHOR = account(4);
    private static final Hash32 PICTURE =
            Hash32.parse("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    private static final Hash32 DEFINITION = hash(8);
    private static final RecipeId RECIPE = new RecipeId(5);
    private static final Tariff TARIFF =
            new Tariff(new BasisPoints(1_000), TokenAmount.ofUnits(50), new BasisPoints(2_000));

    private final MirroredLogs chain = new MirroredLogs();
    private final WorkshopProjection projection =
            new WorkshopProjection(chain.jdbc(), new JdbcTemplate(chain.database()));
    private final Parties parties = new Parties(_ -> Map.of());
    private final SupplyRows supplies = new SupplyRows(chain.jdbc(), parties);
    private final RecipeRows recipes = new RecipeRows(chain.jdbc(), parties, supplies);
    private final WorkRows works = new WorkRows(chain.jdbc(), parties);
    private final LineageRows lineage = new LineageRows(chain.jdbc());

    @Test
    void offersSupplyAtItsLatestPrice() {
        chain.block().transaction();
        define(1, 0, 400);
        chain.log("Supplies", PRICED, List.of(1), 400, 450);
        apply(1);

        SupplyView supply = supplies.find(Set.of(new SupplyId(1))).values().iterator().next();
        assertThat(supply.name()).isEqualTo("ink");
        assertThat(supply.kind()).isEqualTo(SupplyKind.MATERIAL);
        assertThat(supply.supplier().account()).isEqualTo(KIMURA);
        assertThat(supply.price()).isEqualTo(TokenAmount.ofUnits(450));
        assertThat(supply.stock()).isZero();
    }

    @Test
    void unpacksInputsOfRecipe() {
        chain.block().transaction();
        define(1, 0, 400);
        define(2, 1, 100);
        propose();
        apply(1);

        RecipeView recipe = recipe();
        assertThat(recipe.status()).isEqualTo(RecipeStatus.PROPOSED);
        assertThat(recipe.author().account()).isEqualTo(AUTHOR);
        assertThat(recipe.supersedes()).isNull();
        assertThat(recipe.inputs())
                .extracting(input -> input.supply().id().number(), RecipeView.Input::amount)
                .containsExactly(tuple(1L, 3L), tuple(2L, 2L));
        assertThat(recipe.inputs().get(0).cost()).isEqualTo(TokenAmount.ofUnits(1200 + 120));
        assertThat(recipe.inputs().get(1).cost()).isEqualTo(TokenAmount.ofUnits(200 + 100));
        assertThat(recipe.authorFee()).isEqualTo(TokenAmount.ofUnits(800));
        assertThat(recipe.fullCost()).isEqualTo(TokenAmount.ofUnits(1320 + 300 + 1000));
    }

    @Test
    void followsRecipeFromProposedToRetired() {
        chain.block().transaction();
        define(1, 0, 400);
        define(2, 1, 100);
        propose();
        chain.block().log("Workshop", APPROVED, List.of(5));
        chain.block().log("Workshop", RETIRED, List.of(5));
        apply(1);
        assertThat(recipe().status()).isEqualTo(RecipeStatus.RETIRED);

        revert(3);
        assertThat(recipe().status()).isEqualTo(RecipeStatus.APPROVED);
        revert(2);
        assertThat(recipe().status()).isEqualTo(RecipeStatus.PROPOSED);
    }

    @Test
    void readsRecipeCreatorAndSerialFromTokenId() {
        mint(1);
        apply(1);

        WorkView work = work(1);
        assertThat(work.recipe()).isEqualTo(RECIPE);
        assertThat(work.creator().account()).isEqualTo(XIAOMAN);
        assertThat(work.owner().account()).isEqualTo(XIAOMAN);
        assertThat(work.serial()).isEqualTo(1);
        assertThat(work.contentHash()).isEqualTo(PICTURE);
        assertThat(work.transferNonce()).isZero();
        assertThat(work.minted().block()).isEqualTo(1);
        assertThat(work.acquired()).isEqualTo(MirroredLogs.GENESIS.plusSeconds(1));
    }

    @Test
    void raisesNonceWithEveryTransferAcrossAndWithinRanges() {
        mint(1);
        chain.block().transaction();
        transfer(XIAOMAN, MING, 1);
        transfer(MING, KIMURA, 1);
        apply(1);
        chain.block().transaction();
        transfer(KIMURA, AUTHOR, 1);
        apply(3);

        assertThat(work(1).owner().account()).isEqualTo(AUTHOR);
        assertThat(work(1).transferNonce()).isEqualTo(3);
        assertThat(works.provenance(id(1)))
                .extracting(one -> one.owner().account())
                .containsExactly(XIAOMAN, MING, KIMURA, AUTHOR);
    }

    @Test
    void givesWorkBackWhenItsTransferIsOrphaned() {
        mint(1);
        chain.block().transaction();
        transfer(XIAOMAN, MING, 1);
        apply(1);

        revert(2);
        assertThat(work(1).owner().account()).isEqualTo(XIAOMAN);
        assertThat(work(1).transferNonce()).isZero();

        chain.block().transaction();
        transfer(XIAOMAN, KIMURA, 1);
        apply(2);
        assertThat(work(1).owner().account()).isEqualTo(KIMURA);
        assertThat(work(1).transferNonce()).isEqualTo(1);
    }

    @Test
    void forgetsWorkWhoseMintIsOrphaned() {
        mint(1);
        apply(1);
        revert(1);
        assertThat(works.all(List.of(id(1)))).isEmpty();
        assertThat(works.provenance(id(1))).isEmpty();
    }

    @Test
    void knowsWhatARemixComesFromAndWhatCameOfAWork() {
        liveWithRemixes();

        assertThat(lineage.parents(List.of(id(3), id(1))))
                .isEqualTo(Map.of(id(3), List.of(id(2), id(1)), id(1), List.of()));
        assertThat(lineage.remixes(id(1), Long.MAX_VALUE, 10, 0)).containsExactly(id(4), id(3));
        assertThat(lineage.remixes(id(1), Long.MAX_VALUE, 1, 1)).containsExactly(id(3));
        assertThat(lineage.remixes(id(1), 3, 10, 0)).containsExactly(id(3));
        assertThat(lineage.remixes(id(1), 2, 10, 0)).isEmpty();
        assertThat(lineage.countRemixes(id(1))).isEqualTo(2);
    }

    @Test
    void forgetsRemixWithItsBlock() {
        liveWithRemixes();
        revert(4);
        assertThat(lineage.remixes(id(1), Long.MAX_VALUE, 10, 0)).containsExactly(id(3));
    }

    @Test
    void readsTheRemixesThatAnOlderMirrorHolds() throws IOException {
        liveWithRemixes();
        chain.jdbc().sql("TRUNCATE derived.work_parent").update();
        String migration =
                new ClassPathResource("db/derived/V175__workshop_parents.sql")
                        .getContentAsString(StandardCharsets.UTF_8);
        chain.jdbc().sql(migration.substring(migration.indexOf("INSERT"))).update();
        assertThat(lineage.parents(List.of(id(3))).get(id(3))).containsExactly(id(2), id(1));
        assertThat(lineage.remixes(id(1), 3, 10, 0)).containsExactly(id(3));
    }

    /** Two works, one remix of both, then one of the first. */
    private void liveWithRemixes() {
        mint(1);
        mint(2);
        mint(3);
        remix(3, 2, 1);
        mint(4);
        remix(4, 1);
        apply(1);
    }

    private void remix(int serial, int... parents) {
        List<Object> data = new ArrayList<>(List.of(32, parents.length));
        Arrays.stream(parents).forEach(parent -> data.add(id(parent).tokenId()));
        chain.log("Works", REMIXED, List.of(id(serial).tokenId()), data.toArray());
    }

    @Test
    void givesTwinsTheirOwnWords() {
        UUID first = draft("first", 10);
        UUID second = draft("second", 20);
        draft("never ordered", null);
        mint(1);
        mint(2);
        mint(3);
        apply(1);

        assertThat(work(1).title()).isEqualTo("first");
        assertThat(work(2).title()).isEqualTo("second");
        assertThat(work(3).title()).isEqualTo("№ 5 3");
        assertThat(works.madeFrom(new DraftId(first))).contains(id(1));
        assertThat(works.madeFrom(new DraftId(second))).contains(id(2));
    }

    @Test
    void rebuildsTheSameFromTheChainAlone() {
        draft("kept", 10);
        chain.block().transaction();
        define(1, 0, 400);
        define(2, 1, 100);
        propose();
        mint(1);
        apply(1);
        WorkView before = work(1);
        RecipeView recipe = recipe();

        projection.revert(0);
        assertThat(works.all(List.of(id(1)))).isEmpty();
        apply(1);
        assertThat(work(1)).isEqualTo(before);
        assertThat(recipe()).isEqualTo(recipe);
    }

    private void define(int id, int kind, int price) {
        chain.log("Supplies", DEFINED, List.of(id, KIMURA), kind, price, 96, 3, "ink");
    }

    private void propose() {
        chain.log("Workshop", PROPOSED, List.of(5, AUTHOR, 0), 1000, 96, DEFINITION, 2, 1, 3, 2, 2);
    }

    private void mint(int serial) {
        chain.block().transaction();
        transfer(NOBODY, XIAOMAN, serial);
        chain.log("Works", MINTED, List.of(id(serial).tokenId()), PICTURE);
    }

    private void transfer(Address from, Address to, int serial) {
        chain.log("Works", TRANSFER, List.of(from, to, id(serial).tokenId()));
    }

    private UUID draft(String title, @Nullable Integer ordered) {
        chain.jdbc()
                .sql(
                        """
                        INSERT INTO recorded.picture
                        SELECT :hash, 'image/png', 1, 1, :bytes, 'image/png', :bytes, now()
                        WHERE NOT EXISTS (SELECT FROM recorded.picture)
                        """)
                .param("hash", PICTURE.bytes())
                .param("bytes", new byte[1])
                .update();
        UUID id = UUID.randomUUID();
        chain.jdbc()
                .sql(
                        """
                        INSERT INTO recorded.draft (id, maker, account, recipe, picture, title,
                          description, created, request_hash, ordered)
                        VALUES (:id, :id, :account, 5, :picture, :title, '', now(), :picture,
                          :ordered)
                        """)
                .param("id", id)
                .param("account", XIAOMAN.bytes())
                .param("picture", PICTURE.bytes())
                .param("title", title)
                .param(
                        "ordered",
                        ordered == null
                                ? null
                                : Timestamp.from(MirroredLogs.GENESIS.plusSeconds(ordered)))
                .update();
        return id;
    }

    private void apply(long from) {
        projection.apply(chain.logs(from, chain.height()));
    }

    private void revert(long from) {
        chain.orphan(from);
        projection.revert(from);
    }

    private WorkView work(int serial) {
        return works.all(List.of(id(serial))).getFirst();
    }

    private RecipeView recipe() {
        return recipes.find(Set.of(RECIPE), TARIFF).getFirst();
    }

    private static WorkId id(int serial) {
        return WorkId.of(RECIPE, XIAOMAN, serial);
    }

    private static Address account(int number) {
        byte[] bytes = new byte[Address.LENGTH];
        bytes[0] = (byte) number;
        return Address.of(bytes);
    }

    private static Hash32 hash(int number) {
        byte[] bytes = new byte[Hash32.LENGTH];
        bytes[0] = (byte) number;
        return Hash32.of(bytes);
    }
}
