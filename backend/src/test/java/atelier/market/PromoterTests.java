package atelier.market;

import static atelier.market.Bazaar.PASSWORD;
import static atelier.market.Bazaar.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import atelier.chain.Intent;
import atelier.identity.Member;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import atelier.testing.AtelierTest;
import atelier.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Sales to buyers whom somebody brought: who may be named, and how a link is remembered. */
@AtelierTest
@Tag("chain")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PromoterTests {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final TokenAmount PRICE = TokenAmount.parsePoints("12");

    @Autowired private AutowireCapableBeanFactory application;
    @Autowired private Market market;
    @LocalServerPort private int port;

    private Bazaar bazaar;
    private Member mina;
    private Member theo;
    private Member lele;
    private WorkId fish;
    private SignedOrder listing;

    @BeforeAll
    void gatherPeople() {
        bazaar = Bazaar.in(application);
        mina = bazaar.joinWithPoints("Mina");
        theo = bazaar.joinWithPoints("Theo");
        lele = bazaar.joinWithPoints("Lele");
    }

    @BeforeEach
    void offerAWork() {
        fish = bazaar.make(mina, "Fish");
        listing = market.list(mina.id(), ListingWish.of(fish, PRICE, 30), key());
    }

    @Test
    void writesDownWhoBroughtTheBuyer() {
        bazaar.done(market.buy(theo.id(), listing.hash(), lele.id(), key()));

        assertThat(market.receipt(listing.hash()).orElseThrow().promoter())
                .isEqualTo(lele.account());
        assertThat(call("GET", "/api/v1/sales/" + listing.hash(), "", "").body())
                .contains("\"promoter\":\"" + lele.account() + "\"");
        assertThat(reader().get("/sales/" + listing.hash()).body())
                .contains("Lele told them about it");
    }

    @Test
    void namesNobodyWhereNobodyIsNamed() {
        bazaar.done(market.buy(theo.id(), listing.hash(), key()));
        assertThat(market.receipt(listing.hash()).orElseThrow().promoter()).isNull();
        assertThat(reader().get("/sales/" + listing.hash()).body())
                .doesNotContain("told them about it");
    }

    @Test
    void refusesWhoCannotHaveBroughtTheBuyer() {
        MemberId nobody = new MemberId(UUID.randomUUID());
        assertRefused("promoter.unknown", () -> buy(theo, nobody));
        assertRefused("promoter.party", () -> buy(theo, theo.id()));
        assertRefused("promoter.party", () -> buy(theo, mina.id()));

        bazaar.done(market.buy(theo.id(), listing.hash(), key()));
        listing = market.list(theo.id(), ListingWish.of(fish, PRICE, 30), key());
        assertRefused("promoter.party", () -> buy(lele, mina.id()));
        assertThat(market.openListing(fish)).isPresent();
    }

    private void buy(Member buyer, MemberId promoter) {
        market.buy(buyer.id(), listing.hash(), promoter, key());
    }

    @Test
    void takesAnotherPromoterForAnotherRequest() {
        IdempotencyKey key = key();
        Member anan = bazaar.join("Anan", Bazaar.email());
        Intent first = market.buy(theo.id(), listing.hash(), lele.id(), key);

        assertThat(market.buy(theo.id(), listing.hash(), lele.id(), key).id())
                .isEqualTo(first.id());
        assertRefused(
                "idempotency.mismatch",
                () -> market.buy(theo.id(), listing.hash(), anan.id(), key));
        assertRefused("idempotency.mismatch", () -> market.buy(theo.id(), listing.hash(), key));
        bazaar.done(first);
    }

    @Test
    void tellsProgramsWhatIsWrongWithARef() {
        String token = Visitor.browsing(port).token(bazaar.emailOf(theo), PASSWORD);
        refused(purchase(token, UUID.randomUUID().toString()), 400, "promoter.unknown");
        refused(purchase(token, theo.id().toString()), 400, "promoter.party");
        assertThat(purchase(token, "somebody").statusCode()).isEqualTo(400);
        assertThat(market.openListing(fish)).isPresent();
        HttpResponse<String> bought = purchase(token, lele.id().toString());
        assertThat(bought.statusCode()).as(bought.body()).isEqualTo(202);
        Awaitility.await().atMost(PATIENCE).until(() -> sale().isPresent());
        assertThat(sale().orElseThrow().promoter()).isEqualTo(lele.account());
        assertThat(reader().get("/v3/api-docs").body()).contains("who brought the buyer");
    }

    @Test
    void remembersTheLinkThatBroughtAGuestUntilTheyBuy() {
        Visitor leles = signedIn(lele);
        String link =
                Visitor.found(
                        leles.get("/works/" + fish).body(),
                        "value=\"http[^\"]*(/works/[^\"]*ref=[^\"]*)\"");
        Visitor theos = Visitor.browsing(port);
        assertThat(theos.get(link).statusCode()).isEqualTo(200);
        theos.signIn(bazaar.emailOf(theo), PASSWORD);
        assertThat(theos.cookie("ref")).isEqualTo(lele.id().toString());

        String checkout = theos.get("/checkout/" + listing.hash()).body();
        assertThat(checkout).contains("Lele told me about it");
        theos.submit(checkout, "/checkout/" + listing.hash(), Map.of("ref", ref(checkout)));
        Awaitility.await().atMost(PATIENCE).until(() -> sale().isPresent());
        assertThat(sale().orElseThrow().promoter()).isEqualTo(lele.account());
        assertThat(theos.cookie("ref")).isNull();
    }

    @Test
    void letsTheBuyerSayThatNobodyBroughtThem() {
        Visitor theos = signedIn(theo);
        theos.get("/market?ref=" + lele.id());
        String checkout = theos.get("/checkout/" + listing.hash()).body();
        assertThat(checkout).contains("Lele told me about it");
        theos.submit(checkout, "/checkout/" + listing.hash(), Map.of());
        Awaitility.await().atMost(PATIENCE).until(() -> sale().isPresent());
        assertThat(sale().orElseThrow().promoter()).isNull();
    }

    @Test
    void passesOverALinkThatCannotCount() {
        Visitor theos = signedIn(theo);
        theos.get("/works/" + fish + "?ref=" + theo.id());
        theos.get("/works/" + fish + "?ref=" + UUID.randomUUID());
        theos.get("/works/" + fish + "?ref=nobody");
        assertThat(theos.cookie("ref")).isNull();
        theos.get("/works/" + fish + "?ref=" + lele.id());
        theos.get("/works/" + fish + "?ref=nobody");
        assertThat(theos.cookie("ref")).isEqualTo(lele.id().toString());
        theos.get("/works/" + fish + "?ref=" + mina.id());
        assertThat(theos.get("/checkout/" + listing.hash()).body())
                .doesNotContain("told me about it");
        HttpResponse<String> forged =
                theos.fill(
                        "/checkout/" + listing.hash(),
                        "/checkout/" + listing.hash(),
                        Map.of("ref", mina.id().toString()));
        assertThat(forged.statusCode()).isEqualTo(409);
        assertThat(forged.body()).contains("sale of their own");
    }

    @Test
    void givesNoLinkToWhoHasAPartInTheSale() {
        assertThat(signedIn(mina).get("/works/" + fish).body()).doesNotContain("?ref=");
        assertThat(reader().get("/works/" + fish).body()).doesNotContain("?ref=");
        assertThat(signedIn(lele).get("/works/" + fish).body())
                .contains("/works/" + fish + "?ref=" + lele.id());
    }

    @Test
    void saysItInEveryLanguage() {
        Visitor theos = signedIn(theo);
        theos.get("/market?ref=" + lele.id());
        for (String language : List.of("zh-TW", "zh-CN", "en")) {
            for (String path : List.of("/works/" + fish, "/checkout/" + listing.hash())) {
                HttpResponse<String> page = theos.reading(language).get(path);
                assertThat(page.statusCode()).as(path).isEqualTo(200);
                assertThat(page.body()).doesNotContain("??");
            }
        }
    }

    private Optional<Sale> sale() {
        return market.receipt(listing.hash());
    }

    private static String ref(String checkout) {
        return Visitor.found(checkout, "name=\"ref\"[^>]*value=\"([^\"]+)\"");
    }

    private Visitor reader() {
        return Visitor.browsing(port);
    }

    private Visitor signedIn(Member member) {
        Visitor visitor = Visitor.browsing(port);
        visitor.signIn(bazaar.emailOf(member), PASSWORD);
        return visitor;
    }

    private HttpResponse<String> purchase(String token, String ref) {
        return call(
                "POST",
                "/api/v1/listings/" + listing.hash() + "/purchase",
                token,
                "{\"ref\":\"" + ref + "\"}");
    }

    private HttpResponse<String> call(String method, String path, String token, String json) {
        return new Visitor(port)
                .reading("en")
                .bearing(token)
                .call(method, path, json, "Idempotency-Key", UUID.randomUUID().toString());
    }

    private static void refused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    }

    private static void assertRefused(String code, ThrowingCallable call) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(call)
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(code));
    }
}
