package atelier.story;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.identity.Members;
import atelier.rules.Rules;
import atelier.testing.AtelierTest;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** The same story over the API: whatever a page can do, a script can. */
@AtelierTest
class ApiStoryTests {

    @LocalServerPort int port;
    @Autowired Members members;
    @Autowired Rules rules;

    @Test
    void tellsTheStoryOverTheApi() {
        URI home = URI.create("http://localhost:" + port);
        Awaitility.await("the rules").atMost(Duration.ofMinutes(1)).until(rules::known);
        Program guest = Program.guest(home);
        Workbench workbench = new Workbench(home, members);
        Program admin = workbench.admin("api-admin");

        Program creator = workbench.join("api-creator");
        Program buyer = workbench.join("api-buyer");
        long supply =
                workbench.define(admin, admin.get("/api/v1/me").is(200).text("id"), "Api paint");
        long recipe = workbench.propose(creator, admin, supply, "Api picture");
        JsonNode quote = creator.get("/api/v1/recipes/" + recipe + "/quote").is(200).body();
        assertThat(quote.path("total").asString()).isEqualTo("1380");

        String draft = workbench.draft(creator, recipe, "Sea");
        Program.Answer making =
                creator.post("/api/v1/drafts/" + draft + "/work", Map.of(), "make-once");
        creator.await(making);
        assertThat(
                        creator.post("/api/v1/drafts/" + draft + "/work", Map.of(), "make-once")
                                .text("intent"))
                .isEqualTo(making.text("intent"));
        String work = creator.get("/api/v1/drafts/" + draft).is(200).text("work");
        String picture = guest.get("/api/v1/works/" + work).is(200).text("contentHash");
        assertThat(picture).isEqualTo(sha256(guest.download("/pictures/" + picture)));

        String order = workbench.list(creator, work, "10000");
        buyer.post("/api/v1/listings", Map.of("work", work, "price", "1"), "foreign").is(404);
        creator.post("/api/v1/listings", Map.of("work", work, "price", "0"), "zero").is(400);
        buyer.await(buyer.post("/api/v1/listings/" + order + "/purchase", Map.of(), "buy-once"));
        JsonNode sale = guest.get("/api/v1/sales/" + order).is(200).body();
        assertThat(paid(sale)).isEqualTo(10_000);

        String fee = Workbench.rule(guest, "trading-fee");
        admin.await(
                admin.put("/api/v1/rules", Map.of("trading-fee", fee.equals("700") ? 600 : 700)));
        creator.put("/api/v1/rules", Map.of("trading-fee", 100)).is(403);
        admin.put("/api/v1/rules", Map.of("trading-fee", 9_999)).is(400);
        assertThat(guest.get("/api/v1/proof").body().path("sound").asBoolean()).isTrue();
        compare(guest, creator, admin);
    }

    /** Everything that is held is compared for who may ask for it, and for nobody else. */
    private static void compare(Program guest, Program creator, Program admin) {
        guest.post("/api/v1/proof/comparison", Map.of()).is(401);
        creator.post("/api/v1/proof/comparison", Map.of()).is(403);
        JsonNode compared = admin.post("/api/v1/proof/comparison", Map.of()).is(200).body();
        assertThat(compared.path("sound").asBoolean()).as(compared.toString()).isTrue();
        assertThat(compared.path("differences")).isEmpty();
        assertThat(compared.path("uneven")).isEmpty();
        assertThat(compared.path("block").asLong())
                .isLessThanOrEqualTo(guest.get("/api/v1/proof").body().path("mirrored").asLong());
    }

    @Test
    void saysAndTakesEveryAmountInUnits() {
        URI home = URI.create("http://localhost:" + port);
        Awaitility.await("the rules").atMost(Duration.ofMinutes(1)).until(rules::known);
        Workbench workbench = new Workbench(home, members);
        Program giver = workbench.join("api-giver");
        Program taker = workbench.join("api-taker");
        String to = taker.get("/api/v1/me").is(200).text("id");

        giver.await(transfer(giver, Map.of("member", to, "amount", "250")));

        assertThat(giver.get("/api/v1/me/points").text("balance")).isEqualTo("19750");
        assertThat(taker.get("/api/v1/me/points").text("balance")).isEqualTo("20250");
        for (Object wrong : List.of("2.50", "1e3", "", "two", List.of(), Map.of("units", 1))) {
            assertThat(transfer(giver, Map.of("member", to, "amount", wrong)).is(400).text("code"))
                    .as("%s", wrong)
                    .isEqualTo("amount.malformed");
        }
        assertThat(transfer(giver, Map.of("member", to, "points", "2.50")).is(400).text("code"))
                .isEqualTo("amount.malformed");
    }

    @Test
    void describesEveryAmountAsUnits() {
        JsonNode schemas =
                Program.guest(URI.create("http://localhost:" + port))
                        .get("/v3/api-docs")
                        .is(200)
                        .body()
                        .path("components")
                        .path("schemas");

        for (String amount :
                List.of(
                        "GrantForm.amount",
                        "TransferForm.amount",
                        "PointsView.available",
                        "SupplyBody.price",
                        "RecipeBody.fee",
                        "MakeBody.total",
                        "Quote.total",
                        "Wish.price",
                        "ListingView.minNet",
                        "SaleView.sellerPaid")) {
            int dot = amount.indexOf('.');
            JsonNode field =
                    schemas.path(amount.substring(0, dot))
                            .path("properties")
                            .path(amount.substring(dot + 1));
            assertThat(field.path("type").asString()).as(amount).isEqualTo("string");
            assertThat(field.path("description").asString()).as(amount).startsWith("Units");
        }
    }

    private static Program.Answer transfer(Program giver, Map<String, Object> body) {
        return giver.post("/api/v1/me/points/transfers", body);
    }

    private static long paid(JsonNode sale) {
        return List.of("sellerPaid", "creatorPaid", "authorPaid", "treasuryPaid").stream()
                .mapToLong(share -> Long.parseLong(sale.path(share).asString()))
                .sum();
    }

    private static String sha256(byte[] picture) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(picture);
            return "0x" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
