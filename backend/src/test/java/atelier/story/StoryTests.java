package atelier.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The story in a browser, in the seeded painting school, one chapter after the other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StoryTests {

    private static final String FINAL = "已確定";
    private static final String TITLE = "下雨的星期天";
    private static final List<String> PAGES = List.of("/", "/market", "/recipes", "/rules");

    private static final List<String> MEMBERS_PAGES =
            List.of(
                    "/",
                    "/studio",
                    "/me/works",
                    "/me/points",
                    "/me/points/send?q=a",
                    "/me/trades",
                    "/me/supplies",
                    "/me/seat",
                    "/me/seat/leave",
                    "/recipes/new",
                    "/supplies",
                    "/rules",
                    "/admin");
    private static final List<String> ADMINS_PAGES =
            List.of(
                    "/admin",
                    "/admin/rules",
                    "/admin/ratchet",
                    "/admin/recipes",
                    "/admin/supplies",
                    "/admin/members",
                    "/admin/points?q=a");
    private static final List<String> GUESTS_PAGES =
            List.of(
                    "/",
                    "/join",
                    "/sign-in",
                    "/market?q=a",
                    "/market?q=nothing",
                    "/recipes",
                    "/recipes/1",
                    "/supplies",
                    "/rules",
                    "/rules/quorum",
                    "/council",
                    "/council/ratchet",
                    "/profit",
                    "/profit/1",
                    "/proof",
                    "/about",
                    "/nowhere");

    private Path folder;
    private AtelierProcess atelier;
    private Browser creator;
    private Browser buyer;
    private String work = "";
    private String sale = "";
    private String listing = "";

    @BeforeAll
    void openTheSchool(@TempDir Path folder) {
        this.folder = folder;
        atelier = AtelierProcess.start(folder.resolve("data"));
        creator = Browser.open(atelier.address());
        buyer = Browser.open(atelier.address());
        atelier.awaitLine("sign-ins lie in");
    }

    @AfterAll
    void closeTheSchool() {
        creator.close();
        buyer.close();
        atelier.close();
    }

    @Test
    @Order(1)
    void joinsAndSeesTheWelcomePointsBecomeFinalWithoutReloading() {
        join(creator, "小雨", "rain@example.org");
        creator.script("window.samePage = true");
        creator.awaitText("200 點");
        creator.awaitText(FINAL);
        assertThat(creator.script("return window.samePage")).isEqualTo(true);
        assertThat(creator.text()).doesNotContainIgnoringCase("wallet").doesNotContain("錢包");
        creator.picture("1-home");
    }

    @Test
    @Order(2)
    void makesAWorkFromAPictureAfterSeeingWhatItTakesAndWhoIsPaid() throws IOException {
        creator.go("/studio");
        creator.choose("input[type=file]", painting());
        creator.click("input[name=recipe][value='1']");
        creator.type("input[name=title]", TITLE);
        creator.picture("2-studio");
        creator.click("main form button.seal");
        creator.awaitPath("/studio/drafts/");
        assertThat(creator.text()).contains("水彩顏料", "木村畫材", "阿澄");
        assertThat(creator.see("[data-testid=total]").getText()).isEqualTo("31.3 點");
        creator.picture("2-review");
        assertThat(Inspection.of(creator)).isEmpty();
        creator.click("main form button.seal");
        creator.awaitPath("/works/");
        work = creator.path();
        assertThat(creator.text()).contains(TITLE, "小雨", "水彩・數位畫框");
        creator.picture("2-work");
        creator.go(work + "/proof");
        assertThat(creator.html()).containsPattern("0x[0-9a-f]{64}");
        creator.picture("2-work-proof");
    }

    @Test
    @Order(3)
    void sellsTheWorkAndBothSeeWhoGotWhat() {
        creator.go(work.replace("/works/", "/sell/"));
        creator.type("#price", "100");
        creator.click("form[method=get] button");
        creator.see("#preview button.seal");
        creator.picture("3-sell");
        creator.click("#preview button.seal");
        creator.awaitPath("/works/");

        join(buyer, "大樹", "tree@example.org");
        buyer.awaitText(FINAL);
        buyer.go("/market?q=" + TITLE);
        buyer.click(".wall a");
        buyer.awaitPath("/works/");
        buyer.click("main a.seal");
        buyer.awaitPath("/checkout/");
        listing = buyer.path();
        buyer.see("main form button.seal");
        buyer.picture("3-checkout");
        assertThat(Inspection.of(buyer)).isEmpty();
        buyer.click("main form button.seal");
        buyer.awaitPath("/intents/");
        buyer.awaitText(FINAL);
        sale = listing.replace("/checkout/", "/sales/");
        for (Browser both : List.of(buyer, creator)) {
            both.go(sale);
            assertThat(both.text()).contains("小雨", "阿澄", "100");
        }
        assertThat(buyer.text()).contains("93", "3", "4");
        buyer.picture("3-receipt");
        buyer.go(sale + "/proof");
        assertThat(buyer.html()).containsPattern("0x[0-9a-f]{64}");
    }

    @Test
    @Order(4)
    void fitsAPhoneOnEveryPageInEveryLanguageAndHindersNobody() {
        List<String> findings = new ArrayList<>();
        String mine = work.replace("/works/", "/sell/");
        findings.addAll(
                Inspection.of(buyer, List.of(work, work + "/proof", sale, sale + "/proof")));
        findings.addAll(Inspection.of(buyer, List.of(mine + "?price=50", mine + "?price=x")));
        findings.addAll(Inspection.of(buyer, MEMBERS_PAGES));
        assertThat(buyer.all("#purse")).as("the page of a refusal knows its reader").hasSize(1);

        creator.forgetMe();
        creator.go("/language?to=en");
        creator.go("/market");
        String another = creator.see(".wall a").getDomAttribute("href");
        findings.addAll(Inspection.of(creator, GUESTS_PAGES));
        findings.addAll(Inspection.of(creator, List.of(another, another + "/proof")));

        signInAsTheTeacher(creator);
        creator.go("/language?to=zh-CN");
        findings.addAll(Inspection.of(creator, ADMINS_PAGES));

        assertThat(findings).isEmpty();
    }

    @Test
    @Order(5)
    void changesAFeeThatTheNextSaleUses() {
        creator.go("/language?to=zh-TW");
        creator.forgetMe();
        signInAsTheTeacher(creator);
        creator.go("/admin/rules");
        creator.type("#value-trading-fee", "6");
        creator.picture("4-rules");
        creator.click("form:has(#value-trading-fee) button");
        creator.see("main form button.seal");
        assertThat(Inspection.of(creator)).isEmpty();
        creator.click("main form button.seal");
        creator.awaitPath("/intents/");
        creator.awaitText(FINAL);
        creator.go("/rules");
        assertThat(creator.text()).contains("4%", "6%");
        creator.picture("4-history");

        buyer.go(work.replace("/works/", "/sell/"));
        buyer.type("#price", "50");
        buyer.click("form[method=get] button");
        buyer.see("#preview button.seal");
        assertThat(buyer.see("#preview").getText()).contains("6%");
    }

    @Test
    @Order(6)
    void provesThatTheMirrorAgreesWithTheChain() {
        buyer.go("/proof");
        assertThat(buyer.html()).containsPattern("0x[0-9a-f]{40}");
        assertThat(buyer.text()).contains("相差 0");
        buyer.picture("5-proof");
        buyer.go("/market");
        buyer.picture("5-market");
    }

    @Test
    @Order(7)
    void survivesAKillAndTheLossOfEverythingDerived() throws SQLException {
        Map<String, String> before = pages();
        atelier.kill();
        restart();
        assertThat(pages()).isEqualTo(before);

        atelier.kill();
        try (Connection connection = DriverManager.getConnection(atelier.databaseUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA derived CASCADE");
        }
        restart();
        assertThat(pages()).isEqualTo(before);
    }

    @Test
    @Order(8)
    void meetsACommunityThatDecidesAndSharesItsProfit() {
        Program guest = Program.guest(atelier.address());
        assertThat(states(guest, "open")).containsExactly("active");
        assertThat(states(guest, "past")).containsExactly("executed");
        assertThat(guest.get("/api/v1/council/ideas").body().findValuesAsString("support"))
                .contains("4", "2");
        JsonNode statement = guest.get("/api/v1/profit/epochs/1").is(200).body();
        assertThat(statement.path("state").asString()).isEqualTo("counts");
        for (String role : List.of("creator", "author", "supplier", "promoter", "ancestor")) {
            assertThat(statement.path("paid").path(role).asLong()).as(role).isPositive();
        }
        creator.go("/council");
        creator.picture("8-council");
        creator.go("/profit/1");
        creator.picture("8-statement");
    }

    private static List<String> states(Program reader, String which) {
        List<String> states = new ArrayList<>();
        reader.get("/api/v1/council/proposals?state=" + which)
                .is(200)
                .body()
                .forEach(one -> states.add(one.path("state").asString()));
        return states;
    }

    private void restart() {
        atelier = AtelierProcess.restart(atelier);
        atelier.awaitLine("The painting school is open");
        atelier.awaitReady();
    }

    private Map<String, String> pages() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String page : PAGES) {
            texts.put(page, textOf(page));
        }
        texts.put(work, textOf(work));
        texts.put(sale, textOf(sale));
        texts.put("/me/points", textOf("/me/points"));
        return texts;
    }

    private String textOf(String page) {
        buyer.go(page);
        return buyer.see("main").getText();
    }

    private static void join(Browser browser, String name, String email) {
        browser.go("/language?to=zh-TW");
        browser.go("/join");
        browser.type("input[name=name]", name);
        browser.type("input[name=email]", email);
        browser.type("input[name=password]", "a long enough secret");
        browser.click("main form button.seal");
        browser.awaitText(name);
    }

    private void signInAsTheTeacher(Browser browser) {
        browser.go("/language?to=zh-TW");
        browser.go("/sign-in");
        browser.type("input[name=email]", "lin@school.example");
        browser.type("input[name=password]", passwordOf("lin@school.example"));
        browser.click("main form button.seal");
        browser.awaitText("林老師");
    }

    private String passwordOf(String email) {
        try {
            return Files.readAllLines(folder.resolve("data/demo-sign-ins.txt")).stream()
                    .filter(line -> line.startsWith(email + ' '))
                    .map(line -> line.substring(email.length() + 1))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path painting() throws IOException {
        BufferedImage image = new BufferedImage(640, 800, BufferedImage.TYPE_INT_RGB);
        Graphics2D brush = image.createGraphics();
        brush.setColor(new Color(0xe7eef2));
        brush.fillRect(0, 0, 640, 800);
        brush.setColor(new Color(0x2f4a7d));
        for (int drop = 0; drop < 60; drop++) {
            brush.fillOval(drop * 97 % 620, drop * 61 % 780, 10, 26);
        }
        brush.dispose();
        Path file = folder.resolve("rain.png");
        ImageIO.write(image, "png", file.toFile());
        return file;
    }
}
