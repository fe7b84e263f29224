package atelier.story;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.identity.Members;
import atelier.identity.Registration;
import atelier.identity.Role;
import atelier.kernel.MemberId;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** What members do before a story begins, over the API: join, sell paint, write recipes, make. */
final class Workbench {

    static final String PASSWORD = "a long enough secret";

    private final URI home;
    private final Members members;

    Workbench(URI home, Members members) {
        this.home = home;
        this.members = members;
    }

    static String email(String name) {
        return name + "@example.org";
    }

    /** Who runs the place, on the chain too. */
    Program admin(String name) {
        members.appoint(
                members.register(new Registration(name, email(name), PASSWORD)).id(), Role.ADMIN);
        Program admin = Program.signedIn(home, email(name), PASSWORD);
        awaitNothingOpen(admin);
        return admin;
    }

    /** A member, once welcomed. */
    Program join(String name) {
        String email = email(name);
        Program.guest(home)
                .post("/api/v1/members", Map.of("name", name, "email", email, "password", PASSWORD))
                .is(201);
        Program member = Program.signedIn(home, email, PASSWORD);
        awaitNothingOpen(member);
        assertThat(member.get("/api/v1/me/points").text("balance")).isEqualTo("20000");
        return member;
    }

    /** A material for 4 points. */
    long define(Program admin, String supplier, String name) {
        members.appoint(new MemberId(UUID.fromString(supplier)), Role.SUPPLIER);
        admin.await(
                admin.post(
                        "/api/v1/supplies",
                        Map.of(
                                "kind",
                                "material",
                                "name",
                                name,
                                "supplier",
                                supplier,
                                "price",
                                "400",
                                "stock",
                                100)));
        return numbered(admin.get("/api/v1/supplies").body(), "name", name);
    }

    /** A recipe for two pieces and a fee of 5 points, approved. */
    long propose(Program author, Program admin, long supply, String title) {
        author.await(
                author.post(
                        "/api/v1/recipes",
                        Map.of(
                                "title",
                                title,
                                "description",
                                "Two of paint.",
                                "fee",
                                "500",
                                "inputs",
                                List.of(Map.of("supply", supply, "amount", 2)))));
        long recipe = numbered(author.get("/api/v1/recipes").body(), "title", title);
        admin.await(admin.post("/api/v1/recipes/" + recipe + "/approval", Map.of()));
        return recipe;
    }

    /** The number of a draft with a picture. */
    String draft(Program creator, long recipe, String title) {
        return draft(creator, recipe, title, List.of());
    }

    private String draft(Program creator, long recipe, String title, List<String> parents) {
        String picture = creator.upload(painting()).is(201).text("hash");
        return creator.post(
                        "/api/v1/drafts",
                        Map.of(
                                "recipe", recipe,
                                "picture", picture,
                                "title", title,
                                "parents", parents))
                .is(201)
                .text("id");
    }

    /** Makes a work; its number. */
    String make(Program creator, long recipe, String title) {
        return make(creator, recipe, title, List.of());
    }

    /** The same as a remix of others. */
    String make(Program creator, long recipe, String title, List<String> parents) {
        String draft = "/api/v1/drafts/" + draft(creator, recipe, title, parents);
        creator.await(creator.post(draft + "/work", Map.of()));
        return creator.get(draft).is(200).text("work");
    }

    /** Offers a work; the order's hash. */
    String list(Program seller, String work, String price) {
        return seller.post("/api/v1/listings", Map.of("work", work, "price", price))
                .is(201)
                .text("orderHash");
    }

    static String rule(Program program, String rule) {
        for (JsonNode one : program.get("/api/v1/rules").body().path("rules")) {
            if (one.path("rule").asString().equals(rule)) {
                return one.path("value").asString();
            }
        }
        throw new AssertionError("no " + rule);
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

    private static byte[] painting() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(60, 80, BufferedImage.TYPE_INT_RGB), "png", bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }
}
