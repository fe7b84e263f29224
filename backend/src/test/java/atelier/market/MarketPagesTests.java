package atelier.market;

import static atelier.market.Bazaar.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import atelier.identity.Member;
import atelier.kernel.Hash32;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import atelier.testing.AtelierTest;
import atelier.testing.Visitor;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The same over HTTP: what people see and what programs get. */
@AtelierTest
@Tag("chain")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MarketPagesTests {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @Autowired private AutowireCapableBeanFactory application;
    @Autowired private Market market;
    @LocalServerPort private int port;

    private Bazaar bazaar;
    private Member mina;
    private Member theo;
    private Visitor minasBrowser;
    private Visitor theosBrowser;
    private Visitor guest;
    private String minasToken;
    private String theosToken;
    private String title;
    private WorkId fish;

    @BeforeAll
    void gatherPeople() {
        bazaar = Bazaar.in(application);
        mina = bazaar.joinWithPoints("Mina");
        theo = bazaar.joinWithPoints("Theo");
        guest = Visitor.browsing(port);
        minasBrowser = Visitor.browsing(port);
        theosBrowser = Visitor.browsing(port);
        minasBrowser.signIn(bazaar.emailOf(mina), PASSWORD);
        theosBrowser.signIn(bazaar.emailOf(theo), PASSWORD);
        minasToken = Visitor.browsing(port).token(bazaar.emailOf(mina), PASSWORD);
        theosToken = Visitor.browsing(port).token(bazaar.emailOf(theo), PASSWORD);
    }

    @BeforeEach
    void makeAWork() {
        title = "Fish " + UUID.randomUUID();
        fish = bazaar.make(mina, title);
    }

    @Test
    void leadsFromAPriceToTheReceiptOfBoth() {
        assertThat(page(minasBrowser, "/works/" + fish)).contains("Offer it for sale");
        String preview = page(minasBrowser, "/sell/" + fish + "?price=33.33&days=10");
        assertThat(preview).contains("You get").contains("at least");
        HttpResponse<String> listed =
                minasBrowser.submit(
                        preview,
                        "/sell/" + fish,
                        Map.of(
                                "price",
                                "33.33",
                                "days",
                                "10",
                                "slack",
                                hidden(preview, "slack"),
                                "least",
                                hidden(preview, "least")));
        assertThat(listed.uri().getPath()).isEqualTo("/works/" + fish);
        assertThat(listed.body()).contains("Your offer").contains("Change the price");

        Hash32 order = market.openListing(fish).orElseThrow().hash();
        assertThat(page(guest, "/market?q=" + title.substring(5)))
                .contains(title)
                .contains("33.33");
        assertThat(page(guest, "/market?q=" + UUID.randomUUID())).doesNotContain(title);
        assertThat(page(theosBrowser, "/works/" + fish)).contains("/checkout/" + order);

        String checkout = page(theosBrowser, "/checkout/" + order);
        assertThat(checkout).contains("You pay").contains("Your points afterwards");
        HttpResponse<String> bought = theosBrowser.submit(checkout, "/checkout/" + order, Map.of());
        assertThat(bought.statusCode()).isEqualTo(200);
        Awaitility.await().atMost(PATIENCE).until(() -> market.receipt(order).isPresent());

        String receipt = page(theosBrowser, "/sales/" + order);
        assertThat(receipt).contains("You bought it").contains("Seller Mina").contains("33.33");
        assertThat(page(minasBrowser, "/sales/" + order)).contains("You sold it");
        Sale sale = market.receipt(order).orElseThrow();
        assertThat(page(guest, "/sales/" + order + "/proof"))
                .contains(sale.tx().toString())
                .contains(order.toString());
        assertThat(page(guest, "/works/" + fish)).contains("/sales/" + order);
        assertThat(page(theosBrowser, "/me/trades")).contains("/sales/" + order);
    }

    @Test
    void leadsFromTheStatementToTheReceipt() {
        Hash32 order = sell();

        for (Visitor reader : List.of(minasBrowser, theosBrowser)) {
            String statement = page(reader, "/me/points");
            String link =
                    Visitor.found(statement, "href=\"(/me/trades\\?tx=[^\"]+)\"")
                            .replace("&amp;", "&");
            assertThat(reader.get(link).uri().getPath()).isEqualTo("/sales/" + order);
        }
    }

    @Test
    void saysInWordsWhatIsWrongWithAPrice() {
        assertThat(page(minasBrowser, "/sell/" + fish + "?price=0")).contains("more than nothing");
        assertThat(page(minasBrowser, "/sell/" + fish + "?price=1.005"))
                .contains("That is no price");
        HttpResponse<String> refused =
                minasBrowser.fill(
                        "/sell/" + fish, "/sell/" + fish, Map.of("price", "-1", "_key", "minus"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("more than nothing");
        assertThat(market.openListing(fish)).isEmpty();
    }

    @Test
    void showsNobodyElseTheSellersPages() {
        assertThat(theosBrowser.get("/sell/" + fish).statusCode()).isEqualTo(404);
        assertThat(guest.get("/sell/" + fish).uri().getPath()).isEqualTo("/sign-in");
        assertThat(theosBrowser.get("/sell/1").statusCode()).isEqualTo(404);
        assertThat(theosBrowser.get("/sell/x").statusCode()).isEqualTo(404);
        assertThat(theosBrowser.get("/checkout/0x00").statusCode()).isEqualTo(404);
        assertThat(theosBrowser.get("/sales/" + Hash32.ZERO).statusCode()).isEqualTo(404);
    }

    @Test
    void tellsTheOwnerThatItIsTheirs() {
        Hash32 order = list();

        String checkout = page(minasBrowser, "/checkout/" + order);

        assertThat(checkout).contains("yours already").doesNotContain("btn seal");
    }

    @Test
    void takesAnOfferBackFromThePage() {
        Hash32 order = list();
        String work = page(minasBrowser, "/works/" + fish);

        HttpResponse<String> answer =
                minasBrowser.submit(work, "/listings/" + order + "/cancel", Map.of());

        assertThat(answer.uri().getPath()).isEqualTo("/works/" + fish);
        assertThat(market.openListing(fish)).isEmpty();
        HttpResponse<String> refused =
                theosBrowser.fill(
                        "/checkout/" + order, "/checkout/" + order, Map.of("_key", "late"));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("off the market");
    }

    @Test
    void tellsTheSellerOfAnOfferThatFeesPausedAndListsItAgainInOneTap() {
        Hash32 order = list();

        bazaar.whileTheFeeIsHigher(
                600,
                () -> {
                    assertThat(page(guest, "/market?q=" + title.substring(5)))
                            .doesNotContain("/works/" + fish);
                    assertThat(page(guest, "/works/" + fish)).contains("Not for sale at present");
                    assertThat(page(minasBrowser, "/me/trades")).contains("the fees rose");
                    assertThat(page(minasBrowser, "/works/" + fish)).contains("the fees rose");
                    String shelf = page(minasBrowser, "/me/works");
                    assertThat(shelf).contains("Offers that wait for you").contains(title);

                    HttpResponse<String> again =
                            minasBrowser.submit(
                                    shelf,
                                    "/listings/" + order + "/again",
                                    Map.of("least", hidden(shelf, "least")));

                    assertThat(again.uri().getPath()).isEqualTo("/works/" + fish);
                    assertThat(again.body()).contains("on the market again");
                    assertThat(page(guest, "/market?q=" + title.substring(5)))
                            .contains("/works/" + fish);
                    assertThat(page(minasBrowser, "/me/works"))
                            .doesNotContain("/listings/" + order + "/again");
                });
    }

    @Test
    void tradesOverTheApi() {
        String key = UUID.randomUUID().toString();
        HttpResponse<String> listed = offer(minasToken, key, "3333");
        assertThat(listed.statusCode()).isEqualTo(201);
        String order = Visitor.found(listed.body(), "\"orderHash\":\"(0x[0-9a-f]{64})\"");
        assertThat(offer(minasToken, key, "3333").body()).contains(order);
        assertThat(offer(minasToken, key, "3334").statusCode()).isEqualTo(409);

        HttpResponse<String> repriced =
                call("PUT", "/api/v1/listings/" + order + "/price", minasToken, "{\"price\":4444}");
        assertThat(repriced.statusCode()).isEqualTo(200);
        String dearer = Visitor.found(repriced.body(), "\"orderHash\":\"(0x[0-9a-f]{64})\"");
        assertThat(repriced.body()).contains("\"replaces\":\"" + order + "\"");
        assertThat(call("GET", "/api/v1/listings?q=" + title.substring(5), "", "").body())
                .contains(dearer)
                .doesNotContain("\"orderHash\":\"" + order);

        assertThat(purchase(theosToken, order).statusCode()).isEqualTo(409);
        assertThat(purchase(theosToken, dearer).statusCode()).isEqualTo(202);
        Hash32 bought = Hash32.parse(dearer);
        Awaitility.await().atMost(PATIENCE).until(() -> market.receipt(bought).isPresent());

        assertThat(call("GET", "/api/v1/sales/" + dearer, "", "").body())
                .contains("\"price\":\"4444\"");
        assertThat(call("GET", "/api/v1/proof/sales?limit=500", "", "").body()).contains(dearer);
        assertThat(call("GET", "/api/v1/proof/orders?limit=500", "", "").body())
                .contains(order)
                .contains("\"state\":\"sold\"");
    }

    @Test
    void refusesOverTheApiWithACode() {
        refused(offer(minasToken, "a" + UUID.randomUUID(), "0"), 400, "price.zero");
        refused(offer(minasToken, "b" + UUID.randomUUID(), "-5"), 400, "price.zero");
        refused(
                offer(minasToken, "c" + UUID.randomUUID(), BigInteger.TWO.pow(128).toString()),
                400,
                "price.too-large");
        refused(offer(minasToken, "d" + UUID.randomUUID(), "1.5"), 400, "amount.malformed");
        refused(offer(theosToken, "e" + UUID.randomUUID(), "100"), 404, "work.unknown");
        assertThat(offer("", "f" + UUID.randomUUID(), "100").statusCode()).isEqualTo(401);
        String order = list().toString();
        refused(purchase(minasToken, order), 409, "listing.own");
        refused(
                call("DELETE", "/api/v1/listings/" + order, theosToken, ""),
                404,
                "listing.unknown");
        refused(
                call("GET", "/api/v1/proof/sales?after=yesterday", "", ""),
                400,
                "cursor.malformed");
    }

    private Hash32 list() {
        return market.list(
                        mina.id(),
                        ListingWish.of(fish, TokenAmount.parsePoints("33.33"), 30),
                        Bazaar.key())
                .hash();
    }

    private Hash32 sell() {
        Hash32 order = list();
        bazaar.done(market.buy(theo.id(), order, Bazaar.key()));
        return order;
    }

    private HttpResponse<String> offer(String token, String key, String price) {
        return call(
                "POST",
                "/api/v1/listings",
                token,
                key,
                "{\"work\":\"%s\",\"price\":%s}".formatted(fish, price));
    }

    private HttpResponse<String> purchase(String token, String order) {
        return call("POST", "/api/v1/listings/" + order + "/purchase", token, "");
    }

    private HttpResponse<String> call(String method, String path, String token, String json) {
        return call(method, path, token, UUID.randomUUID().toString(), json);
    }

    private HttpResponse<String> call(
            String method, String path, String token, String key, String json) {
        return new Visitor(port)
                .reading("en")
                .bearing(token)
                .call(method, path, json, "Idempotency-Key", key);
    }

    private static void refused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    }

    private static String page(Visitor reader, String path) {
        HttpResponse<String> answer = reader.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    private static String hidden(String page, String name) {
        return Visitor.found(page, "name=\"" + name + "\" value=\"([^\"]*)\"");
    }
}
