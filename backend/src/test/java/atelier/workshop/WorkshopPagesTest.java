package atelier.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.identity.Member;
import atelier.kernel.Bytes;
import atelier.kernel.RecipeId;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.media.Uploads;
import atelier.testing.AtelierTest;
import atelier.testing.Visitor;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The same over HTTP: what people see and what programs get. */
@AtelierTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkshopPagesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Autowired AutowireCapableBeanFactory application;
    @Autowired JdbcClient database;
    @LocalServerPort int port;

    private School school;
    private Member teacher;
    private SupplyId ink;
    private RecipeId recipe;
    private Visitor mei;
    private Visitor meisProgram;

    @BeforeAll
    void openThePlace() {
        school = School.in(application);
        teacher = school.teacher();
        Member kimura = school.supplier("Kimura");
        ink =
                school.define(
                        teacher,
                        new NewSupply(
                                SupplyKind.MATERIAL,
                                "Indigo",
                                kimura.id(),
                                TokenAmount.ofUnits(400),
                                500));
        recipe =
                school.approved(
                        teacher, "Indigo print", 1_000, List.of(new NewRecipe.Input(ink, 3)));
        String email = School.email();
        school.memberWithPoints("Mei", email);
        mei = browser(email);
        meisProgram = program(email);
    }

    @Test
    void leadsFromPictureToWorkInPages() {
        HttpResponse<String> begun =
                mei.fill("/studio", words("Grandma’s fish"), Uploads.png(60, 75));
        assertThat(begun.statusCode()).isEqualTo(302);
        String draft = location(begun);
        HttpResponse<String> review = mei.get(draft);
        assertThat(review.statusCode()).isEqualTo(200);
        assertThat(review.body())
                .contains("Grandma’s fish", "Indigo", "Kimura", "23.2 points", "<svg");

        String total = Visitor.found(review.body(), "name=\"total\" value=\"(\\d+)\"");
        assertThat(total).isEqualTo("2320");
        HttpResponse<String> made = mei.fill(draft, draft, Map.of("total", total));
        assertThat(location(made)).isEqualTo(draft);
        Awaitility.await().atMost(PATIENCE).until(() -> mei.get(draft).statusCode() == 302);

        String work = location(mei.get(draft));
        HttpResponse<String> page = new Visitor(port).get(work);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Grandma’s fish", "Mei", "Indigo print", "/pictures/");
        HttpResponse<String> proof = new Visitor(port).get(work + "/proof");
        assertThat(proof.statusCode()).isEqualTo(200);
        String hash = Visitor.found(proof.body(), "data-testid=\"content-hash\">(0x[0-9a-f]{64})<");
        assertThat(sha256(mei.bytes("/pictures/" + hash).body())).isEqualTo(hash);
        assertThat(new Visitor(port).get("/metadata" + work).body())
                .contains("\"name\":\"Grandma’s fish\"", "/pictures/" + hash, "\"Serial\"");
        assertThat(mei.get("/me/works").body()).contains("Grandma’s fish");
        assertThat(new Visitor(port).get("/recipes/" + recipe).body()).contains("Grandma’s fish");
    }

    @Test
    void leadsFromPictureToWorkOverTheApi() {
        String picture =
                Visitor.found(
                        meisProgram.upload(Uploads.jpeg(50, 50)).body(), "\"hash\":\"([^\"]+)");
        HttpResponse<String> draft =
                json(
                        meisProgram,
                        "POST",
                        "/api/v1/drafts",
                        "{\"recipe\":%s,\"picture\":\"%s\",\"title\":\"By program\"}"
                                .formatted(recipe, picture));
        assertThat(draft.statusCode()).isEqualTo(201);
        String id = Visitor.found(draft.body(), "\"id\":\"([^\"]+)");
        HttpResponse<String> quote =
                json(meisProgram, "GET", "/api/v1/recipes/" + recipe + "/quote", "");
        assertThat(quote.body()).contains("\"total\":\"2320\"", "\"possible\":true");
        HttpResponse<String> making =
                json(
                        meisProgram,
                        "POST",
                        "/api/v1/drafts/" + id + "/work",
                        "{\"total\":2320}",
                        "one");
        assertThat(making.statusCode()).isEqualTo(202);
        HttpResponse<String> again =
                json(
                        meisProgram,
                        "POST",
                        "/api/v1/drafts/" + id + "/work",
                        "{\"total\":2320}",
                        "one");
        assertThat(intent(again)).isEqualTo(intent(making));
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() ->
                        !json(meisProgram, "GET", "/api/v1/drafts/" + id, "")
                                .body()
                                .contains("\"work\":null"));
        String work =
                Visitor.found(
                        json(meisProgram, "GET", "/api/v1/drafts/" + id, "").body(),
                        "\"work\":\"(\\d+)\"");
        assertThat(new Visitor(port).get("/api/v1/works/" + work).body())
                .contains("By program", picture);
    }

    @Test
    void refusesEveryBadPictureAndKeepsNone() {
        long before = stored();
        assertProblem(
                meisProgram.upload("<svg/>".getBytes(StandardCharsets.UTF_8)), 415, "picture.type");
        assertProblem(
                meisProgram.upload(Uploads.pngClaiming(50_000, 50_000)), 400, "picture.dimensions");
        assertProblem(meisProgram.upload(cut(Uploads.jpeg(200, 200))), 400, "picture.broken");
        assertProblem(meisProgram.upload(new byte[(8 << 20) + 1]), 413, "picture.too-large");
        assertProblem(meisProgram.uploadPart(new byte[(8 << 20) + 1]), 413, "picture.too-large");
        assertProblem(
                meisProgram.uploadPart("GIF89a".getBytes(StandardCharsets.UTF_8)),
                415,
                "picture.type");
        assertProblem(meisProgram.upload(new byte[0]), 400, "picture.missing");
        assertThat(meisProgram.uploadPart(new byte[20 << 20]).statusCode()).isEqualTo(413);
        HttpResponse<String> page =
                mei.fill("/studio", words("Bomb"), Uploads.pngClaiming(50_000, 50_000));
        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).contains("too many pixels", "value=\"Bomb\"");
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void servesPictureForNothingButPicture() {
        String hash =
                Visitor.found(
                        meisProgram.uploadPart(Uploads.png(700, 30)).body(), "\"hash\":\"([^\"]+)");
        HttpResponse<byte[]> picture = new Visitor(port).bytes("/pictures/" + hash);
        assertThat(picture.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(picture.headers().allValues("X-Content-Type-Options"))
                .containsExactly("nosniff");
        assertThat(picture.headers().allValues("Content-Security-Policy"))
                .containsExactly("default-src 'none'; sandbox");
        assertThat(picture.headers().firstValue("Cache-Control").orElse(""))
                .contains("immutable", "public", "max-age=31536000");
        assertThat(picture.headers().firstValue("Set-Cookie")).isEmpty();
        HttpResponse<byte[]> preview = new Visitor(port).bytes("/pictures/" + hash + "/preview");
        assertThat(preview.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(new Visitor(port).get("/pictures/0xnothing").statusCode()).isEqualTo(404);
    }

    @Test
    void turnsAwayWhoMayNot() {
        Visitor guest = new Visitor(port);
        assertThat(guest.get("/studio").statusCode()).isEqualTo(302);
        assertThat(guest.upload(Uploads.png(2, 2)).statusCode()).isEqualTo(401);
        assertThat(mei.get("/admin/recipes").statusCode()).isEqualTo(403);
        assertThat(mei.get("/admin/supplies").statusCode()).isEqualTo(403);
        assertProblem(
                json(meisProgram, "POST", "/api/v1/recipes/" + recipe + "/approval", ""),
                403,
                "role.missing");
        String email = School.email();
        school.memberWithPoints("Other", email);
        Visitor other = browser(email);
        Visitor othersProgram = program(email);
        String hash =
                Visitor.found(
                        meisProgram.upload(Uploads.png(33, 34)).body(), "\"hash\":\"([^\"]+)");
        assertProblem(
                json(
                        othersProgram,
                        "POST",
                        "/api/v1/drafts",
                        "{\"recipe\":%s,\"picture\":\"%s\",\"title\":\"Not mine\"}"
                                .formatted(recipe, hash)),
                404,
                "picture.unknown");
        String draft = location(mei.fill("/studio", words("Mine"), Uploads.png(35, 36)));
        assertThat(other.get(draft).statusCode()).isEqualTo(404);
    }

    @Test
    void showsEveryPageInEveryLanguage() {
        for (String path : List.of("/recipes", "/recipes/" + recipe)) {
            assertThat(new Visitor(port).get(path).statusCode()).isEqualTo(200);
        }
        for (String path : List.of("/studio", "/recipes/new", "/me/works", "/me/supplies")) {
            HttpResponse<String> page = mei.get(path);
            assertThat(page.statusCode()).as(path).isEqualTo(200);
            assertThat(page.body()).doesNotContain("??");
        }
    }

    @Test
    void runsThePlaceInPages() {
        Visitor admin = admin();
        assertThat(admin.get("/admin/recipes").body()).contains("Indigo print");
        HttpResponse<String> shelves = admin.get("/admin/supplies");
        assertThat(shelves.body()).contains("Indigo", "Kimura");
        HttpResponse<String> repriced =
                admin.fill(
                        "/admin/supplies",
                        "/admin/supplies/" + ink + "/price",
                        Map.of("price", "4.00"));
        assertThat(location(repriced)).startsWith("/intents/");
        HttpResponse<String> refused =
                admin.fill(
                        "/admin/supplies",
                        "/admin/supplies/" + ink + "/price",
                        Map.of("price", "340282366920938463463374607431768211456"));
        assertThat(refused.statusCode()).isEqualTo(400);
        HttpResponse<String> proposed =
                admin.fill(
                        "/recipes/new",
                        "/recipes/new",
                        Map.of(
                                "title", "Second",
                                "description", "",
                                "fee", "2.50",
                                "inputs[0].supply", ink.toString(),
                                "inputs[0].amount", "1"));
        assertThat(location(proposed)).startsWith("/intents/");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> admin.get("/admin/recipes").body().contains("Second"));
    }

    private Visitor browser(String email) {
        Visitor browser = new Visitor(port).reading("en");
        browser.signIn(email, School.PASSWORD);
        return browser;
    }

    private Visitor program(String email) {
        return new Visitor(port).bearing(new Visitor(port).token(email, School.PASSWORD));
    }

    private static HttpResponse<String> json(
            Visitor program, String method, String path, String body) {
        return json(program, method, path, body, UUID.randomUUID().toString());
    }

    private static HttpResponse<String> json(
            Visitor program, String method, String path, String body, String key) {
        return program.call(method, path, body, "Idempotency-Key", key);
    }

    private Visitor admin() {
        String email = School.email();
        school.admin("Teacher", email);
        return browser(email);
    }

    private Map<String, String> words(String title) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("recipe", recipe.toString());
        fields.put("title", title);
        fields.put("description", "In a pond.");
        return fields;
    }

    private long stored() {
        return database.sql("SELECT count(*) FROM recorded.picture").query(Long.class).single();
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/problem+json");
        assertThat(answer.body()).contains("\"" + code + "\"").doesNotContain("Exception");
    }

    private static String intent(HttpResponse<String> answer) {
        return Visitor.found(answer.body(), "\"intent\":\"(0x[0-9a-f]+)\"");
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Location")
                .map(address -> URI.create(address).getPath())
                .orElseThrow(() -> new AssertionError(answer.statusCode() + "\n" + answer.body()));
    }

    private static byte[] cut(byte[] file) {
        return Arrays.copyOf(file, file.length / 2);
    }

    private static String sha256(byte[] file) {
        try {
            return Bytes.hex(MessageDigest.getInstance("SHA-256").digest(file));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
