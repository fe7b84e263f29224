package atelier.story;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.identity.Members;
import atelier.identity.Registration;
import atelier.identity.Role;
import atelier.kernel.MemberId;
import atelier.rules.Rules;
import atelier.testing.AtelierTest;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** The same story over the API: whatever a page can do, a script can. */
@AtelierTest
class ApiStoryTests {

    private static final String PASSWORD = "a long enough secret";

    @LocalServerPort int port;
    @Autowired Members members;
    @Autowired Rules rules;

    @Test
    void tellsTheStoryOverTheApi() throws IOException, NoSuchAlgorithmException {
        URI home = URI.create("http://localhost:" + port);
        Awaitility.await("the rules").atMost(Duration.ofMinutes(1)).until(rules::known);
        Program guest = Program.guest(home);
        Program admin = admin(home);

        Program creator = join(home, "api-creator");
        Program buyer = join(home, "api-buyer");
        long supply = define(admin, admin.get("/api/v1/me").is(200).text("id"));
        long recipe = propose(creator, admin, supply);
        JsonNode quote = creator.get("/api/v1/recipes/" + recipe + "/quote").is(200).body();
        assertThat(quote.path("total").asString()).isEqualTo("1380");

        String picture = creator.upload(painting()).is(201).text("hash");
        assertThat(picture)
                .isEqualTo(
                        "0x"
                                + HexFormat.of()
                                        .formatHex(
                                                MessageDigest.getInstance("SHA-256")
                                                        .digest(
                                                                guest.download(
                                                                        "/pictures/" + picture))));
        String draft =
                creator.post(
                                "/api/v1/drafts",
                                Map.of("recipe", recipe, "picture", picture, "title", "Sea"))
                        .is(201)
                        .text("id");
        Program.Answer making =
                creator.post("/api/v1/drafts/" + draft + "/work", Map.of(), "make-once");
        creator.await(making);
        assertThat(
                        creator.post("/api/v1/drafts/" + draft + "/work", Map.of(), "make-once")
                                .text("intent"))
                .isEqualTo(making.text("intent"));
        String work = creator.get("/api/v1/drafts/" + draft).is(200).text("work");
        assertThat(guest.get("/api/v1/works/" + work).is(200).text("contentHash"))
                .isEqualTo(picture);

        String order = list(creator, work, "10000");
        buyer.post("/api/v1/listings", Map.of("work", work, "price", "1"), "foreign").is(404);
        creator.post("/api/v1/listings", Map.of("work", work, "price", "0"), "zero").is(400);
        buyer.await(buyer.post("/api/v1/listings/" + order + "/purchase", Map.of(), "buy-once"));
        JsonNode sale = guest.get("/api/v1/sales/" + order).is(200).body();
        assertThat(paid(sale)).isEqualTo(10_000);

        String fee = ruleValue(guest, "trading-fee");
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
        Program giver = join(home, "api-giver");
        Program taker = join(home, "api-taker");
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

    private Program admin(URI home) {
        members.appoint(
                members.register(new Registration("Api admin", "api-admin@example.org", PASSWORD))
                        .id(),
                Role.ADMIN);
        Program admin = Program.signedIn(home, "api-admin@example.org", PASSWORD);
        awaitNothingOpen(admin);
        return admin;
    }

    private static Program join(URI home, String name) {
        String email = name + "@example.org";
        Program.guest(home)
                .post("/api/v1/members", Map.of("name", name, "email", email, "password", PASSWORD))
                .is(201);
        Program member = Program.signedIn(home, email, PASSWORD);
        awaitNothingOpen(member);
        assertThat(member.get("/api/v1/me/points").text("balance")).isEqualTo("20000");
        return member;
    }

    private long define(Program admin, String supplier) {
        members.appoint(new MemberId(UUID.fromString(supplier)), Role.SUPPLIER);
        admin.await(
                admin.post(
                        "/api/v1/supplies",
                        Map.of(
                                "kind",
                                "material",
                                "name",
                                "Api paint",
                                "supplier",
                                supplier,
                                "price",
                                "400",
                                "stock",
                                100)));
        return numbered(admin.get("/api/v1/supplies").body(), "name", "Api paint");
    }

    private static long propose(Program author, Program admin, long supply) {
        author.await(
                author.post(
                        "/api/v1/recipes",
                        Map.of(
                                "title",
                                "Api picture",
                                "description",
                                "Two of paint.",
                                "fee",
                                "500",
                                "inputs",
                                List.of(Map.of("supply", supply, "amount", 2)))));
        long recipe = numbered(author.get("/api/v1/recipes").body(), "title", "Api picture");
        admin.await(admin.post("/api/v1/recipes/" + recipe + "/approval", Map.of()));
        return recipe;
    }

    private static String list(Program seller, String work, String price) {
        return seller.post("/api/v1/listings", Map.of("work", work, "price", price))
                .is(201)
                .text("orderHash");
    }

    private static void awaitNothingOpen(Program member) {
        Awaitility.await("nothing on its way")
                .atMost(Duration.ofSeconds(60))
                .until(() -> member.get("/api/v1/me/points").body().path("open").isEmpty());
    }

    private static long numbered(JsonNode things, String field, String value) {
        for (JsonNode thing : things) {
            if (thing.path(field).asString().equals(value)) {
                return thing.path("id").asLong();
            }
        }
        throw new AssertionError("no " + value + " in " + things);
    }

    private static String ruleValue(Program program, String rule) {
        for (JsonNode one : program.get("/api/v1/rules").body().path("rules")) {
            if (one.path("rule").asString().equals(rule)) {
                return one.path("value").asString();
            }
        }
        throw new AssertionError("no " + rule);
    }

    private static long paid(JsonNode sale) {
        return List.of("sellerPaid", "creatorPaid", "authorPaid", "treasuryPaid").stream()
                .mapToLong(share -> Long.parseLong(sale.path(share).asString()))
                .sum();
    }

    private static byte[] painting() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(60, 80, BufferedImage.TYPE_INT_RGB), "png", bytes);
        return bytes.toByteArray();
    }
}
