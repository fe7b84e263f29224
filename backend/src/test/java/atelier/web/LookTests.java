package atelier.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** What every page promises, seen by a browser in the {@link Gallery}. */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LookTests {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final List<String> WCAG =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    private @Nullable ConfigurableApplicationContext gallery;
    private @Nullable ChromeDriver started;
    private String address = "";

    @BeforeAll
    void open() {
        assumeTrue(
                Files.exists(CHROMIUM) && Files.exists(DRIVER),
                "No chromium and chromium-driver here: the look is not looked at");
        ConfigurableApplicationContext server =
                new SpringApplicationBuilder(Gallery.class)
                        .properties("spring.datasource.url=none", "atelier.chain.rpc-url=none")
                        .run("--server.port=0", "--server.address=127.0.0.1");
        gallery = server;
        String port = server.getEnvironment().getRequiredProperty("local.server.port");
        address = "http://127.0.0.1:" + port + "/gallery/";
        started = chromium();
    }

    @AfterAll
    void close() {
        if (started != null) {
            started.quit();
        }
        if (gallery != null) {
            gallery.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wall",
                "work",
                "pieces",
                "form",
                "landing",
                "home?works=0&lang=zh-CN",
                "proof",
                "member",
                "about?lang=en",
                "problem/500",
                "landing?guest=1&lang=en",
                "home?lang=en",
                "form?lang=en"
            })
    void fitsTheSmallestPhoneByDayAndPassesTheAccessibilityRules(String page) {
        see(page, 320, "light");

        assertThat(ask("return document.documentElement.scrollWidth")).isEqualTo(320L);
        assertThat(violations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wall",
                "work",
                "pieces",
                "form",
                "landing",
                "home",
                "proof",
                "proof?sound=false",
                "member",
                "about",
                "problem/404"
            })
    void hasOneSealAtMostByNightAndPassesTheAccessibilityRules(String page) {
        see(page, 1280, "dark");

        assertThat(browser().findElements(By.cssSelector("main .btn.seal")))
                .hasSizeLessThanOrEqualTo(1);
        assertThat(violations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wall", "work", "pieces", "form", "home", "proof"})
    void keepsToTheContentPolicy(String page) {
        complaints();
        see(page, 1280, "light");

        assertThat(browser().findElements(By.cssSelector("style, script:not([src])"))).isEmpty();
        assertThat(complaints()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wall", "form", "home", "proof"})
    void everythingToPressIsLargeEnoughForAThumb(String page) {
        see(page, 390, "light");

        Object small =
                ask(
                        """
                        return [...document.querySelectorAll('a, button, input, select, textarea, summary')]
                          .filter(e => e.offsetParent !== null && !e.closest('p, td, dd') && e.type !== 'hidden')
                          .filter(e => { const r = e.getBoundingClientRect(); return r.width < 24 || r.height < 24; })
                          .map(e => e.outerHTML.slice(0, 80))
                        """);
        assertThat((List<?>) small).isEmpty();
    }

    @Test
    void firstKeyLeadsPastTheHead() {
        see("wall", 1280, "light");

        browser().findElement(By.tagName("body")).sendKeys(Keys.TAB);
        WebElement first = browser().switchTo().activeElement();
        assertThat(first.getDomAttribute("class")).isEqualTo("skip");
        first.sendKeys(Keys.ENTER);

        assertThat(browser().switchTo().activeElement().getDomAttribute("id")).isEqualTo("content");
    }

    @Test
    void moreOpensAboveTheBarAndClosesByEscape() {
        see("wall", 390, "light");

        browser().findElement(By.cssSelector(".thumb button")).click();
        WebElement more = browser().findElement(By.id("more"));
        assertThat(more.isDisplayed()).isTrue();
        assertThat(more.findElement(By.cssSelector("button[type=submit]")).isDisplayed()).isTrue();
        new Actions(browser()).sendKeys(Keys.ESCAPE).perform();

        assertThat(more.isDisplayed()).isFalse();
    }

    @Test
    void chipTurnsFinalByItselfAndSaysSo() {
        see("home", 390, "light");

        await().atMost(SOON)
                .until(() ->
                        browser().findElements(By.cssSelector(".under-way .state.f")).size() == 2);
        await().atMost(SOON)
                .until(() -> browser().findElement(By.id("live")).getText().contains("已確定"));
    }

    @Test
    void pagingReplacesTheResultsAndMovesTheFocusToTheirHeading() {
        see("wall", 1280, "light");
        ask("window.untouched = true");

        browser().findElement(By.cssSelector(".pager [rel=next]")).click();

        await().atMost(SOON)
                .until(() ->
                        browser().switchTo().activeElement().getDomAttribute("data-focus") != null);
        assertThat(browser().getCurrentUrl()).contains("page=3");
        assertThat(ask("return window.untouched")).isEqualTo(true);
        await().atMost(SOON)
                .until(() -> browser().findElement(By.id("live")).getText().equals("14 件作品"));
    }

    private void see(String page, int width, String scheme) {
        browser()
                .executeCdpCommand(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of(
                                "width",
                                width,
                                "height",
                                844,
                                "deviceScaleFactor",
                                1,
                                "mobile",
                                width < 700));
        browser()
                .executeCdpCommand(
                        "Emulation.setEmulatedMedia",
                        Map.of(
                                "features",
                                List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        browser().get(address + page);
        assertThat(ask("return performance.getEntriesByType('navigation')[0].responseStatus"))
                .as("the status of " + page)
                .isEqualTo(200L);
    }

    private @Nullable Object ask(String script) {
        return browser().executeScript(script);
    }

    // Our pages have no frames; the other way opens a blank window for each look.
    @SuppressWarnings("deprecation")
    private List<String> violations() {
        return new AxeBuilder()
                .setLegacyMode(true).withTags(WCAG).analyze(browser()).getViolations().stream()
                        .map(LookTests::told)
                        .toList();
    }

    private static String told(Rule rule) {
        return rule.getId()
                + rule.getNodes().stream().map(node -> "\n  " + node.getHtml()).toList();
    }

    private List<String> complaints() {
        return browser().manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    private ChromeDriver browser() {
        if (started == null) {
            throw new IllegalStateException("The browser has not been started");
        }
        return started;
    }

    private static ChromeDriver chromium() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        return new ChromeDriver(
                new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build(),
                options);
    }
}
