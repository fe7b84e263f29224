package atelier.market;

import static atelier.market.Stage.account;
import static atelier.market.Stage.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import atelier.kernel.Address;
import atelier.kernel.RecipeId;
import atelier.kernel.Refused;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListingSearchTests {

    private final Stage stage = new Stage();

    @BeforeEach
    void hangThreeWorks() {
        offer("mina", 1, 300, "外婆家的魚\n小滿\n水彩");
        offer("theo", 2, 100, "Moon of cats\nTheo\nInk 100%");
        offer("theo", 3, 200, "The flying teapot\nTheo\n水彩");
    }

    @Test
    void showsTheNewestFirst() {
        assertThat(prices(everything(ListingSort.NEWEST))).containsExactly(200L, 100L, 300L);
    }

    @Test
    void sortsByPriceBothWays() {
        assertThat(prices(everything(ListingSort.CHEAPEST))).containsExactly(100L, 200L, 300L);
        assertThat(prices(everything(ListingSort.DEAREST))).containsExactly(300L, 200L, 100L);
    }

    @Test
    void findsByTitleCreatorAndRecipeInAnyCase() {
        assertThat(prices(text("家的"))).containsExactly(300L);
        assertThat(prices(text("moon OF"))).containsExactly(100L);
        assertThat(prices(text("theo"))).containsExactly(200L, 100L);
        assertThat(prices(text("水彩"))).containsExactly(200L, 300L);
        assertThat(prices(text("nothing"))).isEmpty();
    }

    @Test
    void takesWhatIsTypedAsItStands() {
        assertThat(prices(text("100%"))).containsExactly(100L);
        assertThat(prices(text("%"))).containsExactly(100L);
        assertThat(prices(text("_"))).isEmpty();
        assertThat(prices(text("\\"))).isEmpty();
        assertThat(prices(text("'; drop table recorded.signed_order; --"))).isEmpty();
    }

    @Test
    void filtersByRecipeAndCreator() {
        assertThat(prices(filtered(new RecipeId(1), null))).containsExactly(100L);
        assertThat(prices(filtered(null, account("theo")))).containsExactly(200L, 100L);
        assertThat(prices(filtered(new RecipeId(2), account("theo")))).containsExactly(200L);
        ListingFilters filters = stage.search.filters(stage.moment());
        assertThat(filters.recipes()).containsExactly(new RecipeId(1), new RecipeId(2));
        assertThat(filters.creators()).containsExactlyInAnyOrder(account("mina"), account("theo"));
    }

    @Test
    void countsAllPagesAndShowsOne() {
        ListingPage second =
                stage.search.search(
                        new ListingQuery("", null, null, ListingSort.CHEAPEST, 2, 2),
                        stage.moment());

        assertThat(prices(second)).containsExactly(300L);
        assertThat(second.total()).isEqualTo(3);
        assertThat(second.pages()).isEqualTo(2);
    }

    @Test
    void findsWordsOfOneAndTwoCharacters() {
        assertThat(prices(text("魚"))).containsExactly(300L);
        assertThat(prices(text("小滿"))).containsExactly(300L);
        assertThat(prices(text("魚 小"))).isEmpty();
    }

    @Test
    void goesOnFromPlaceToPlaceInEveryOrder() {
        offer("mina", 4, 200, "Another of 200");
        for (ListingSort sort : ListingSort.values()) {
            List<Long> all = prices(everything(sort));
            List<Long> read = new ArrayList<>();
            ListingPage page = from(sort, null);
            read.addAll(prices(page));
            while (page.next() != null) {
                page = from(sort, page.next());
                read.addAll(prices(page));
            }
            assertThat(read).as("%s", sort).hasSize(4).isEqualTo(all);
        }
    }

    @Test
    void countsNoFurtherThanItReachesAndGoesOnBehind() {
        stage.multiply(ListingQuery.REACH);

        ListingPage last =
                stage.search.search(
                        new ListingQuery("", null, null, ListingSort.NEWEST, 9_999, 80),
                        stage.moment());

        assertThat(last.total()).isEqualTo(ListingQuery.REACH);
        assertThat(last.more()).isTrue();
        assertThat(last.page()).isEqualTo(last.pages()).isEqualTo(3);
        assertThat(last.listings()).hasSize(80);
        ListingPage behind =
                stage.search.search(
                        new ListingQuery("", null, null, ListingSort.NEWEST, 1, 80, last.next()),
                        stage.moment());
        assertThat(prices(behind)).containsExactly(200L, 100L, 300L);
        assertThat(behind.next()).isNull();
    }

    @Test
    void refusesAPlaceThatItNeverNamed() {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> ListingPlace.parse("12 or 1=1"))
                .matches(refused -> refused.code().equals("cursor.malformed"));
    }

    @Test
    void showsOnlyWhatCanBeBought() {
        SignedOrder cheapest = everything(ListingSort.CHEAPEST).listings().getFirst();
        stage.sell(cheapest, "mina");
        SignedOrder hidden = everything(ListingSort.DEAREST).listings().getFirst();
        stage.orders.withdraw(hidden.hash(), "cancelled", null, Stage.NOW);

        assertThat(prices(everything(ListingSort.NEWEST))).containsExactly(200L);
    }

    @Test
    void putsNumbersOutOfBoundsBackIntoThem() {
        ListingQuery query =
                new ListingQuery("x".repeat(300), null, null, ListingSort.NEWEST, -5, 9_999);

        assertThat(query.page()).isEqualTo(1);
        assertThat(query.size()).isEqualTo(ListingQuery.MAX_SIZE);
        assertThat(query.text()).hasSize(100);
    }

    private void offer(String maker, long serial, long price, String words) {
        stage.mint(work(maker, serial));
        stage.list(maker, work(maker, serial), price, words);
    }

    private ListingPage everything(ListingSort sort) {
        return stage.search.search(new ListingQuery("", null, null, sort, 1, 10), stage.moment());
    }

    private ListingPage from(ListingSort sort, @Nullable ListingPlace after) {
        return stage.search.search(
                new ListingQuery("", null, null, sort, 1, 1, after), stage.moment());
    }

    private ListingPage text(String text) {
        return stage.search.search(
                new ListingQuery(text, null, null, ListingSort.NEWEST, 1, 10), stage.moment());
    }

    private ListingPage filtered(@Nullable RecipeId recipe, @Nullable Address creator) {
        return stage.search.search(
                new ListingQuery("", recipe, creator, ListingSort.NEWEST, 1, 10), stage.moment());
    }

    private static List<Long> prices(ListingPage page) {
        return page.listings().stream()
                .map(listing -> listing.order().price().units().longValueExact())
                .toList();
    }
}
