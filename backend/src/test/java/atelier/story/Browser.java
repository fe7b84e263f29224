package atelier.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.results.CheckedNode;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A person's headless Chromium: the machine's own, never a downloaded one. */
final class Browser implements AutoCloseable {

    /** How wide a phone is. */
    static final int PHONE = 390;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> WCAG =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");
    private static final List<String> SERIOUS = List.of("serious", "critical");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final ChromeDriver driver;
    private final URI home;

    private Browser(ChromeDriver driver, URI home) {
        this.driver = driver;
        this.home = home;
    }

    /** Opens a browser without any history; skips the test where there is none, except in CI. */
    static Browser open(URI home) {
        Optional<Path> chromium = find("chromium", "google-chrome", "chrome");
        Optional<Path> chromedriver = find("chromedriver");
        boolean found = chromium.isPresent() && chromedriver.isPresent();
        if (System.getenv("CI") != null) {
            assertThat(found).as("CI needs chromium and chromedriver on the PATH").isTrue();
        }
        assumeTrue(found, "No chromium and chromedriver on the PATH: browser tests are skipped");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.orElseThrow().toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--lang=zh-TW",
                "--window-size=1280,1000");
        ChromeDriverService service =
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(chromedriver.orElseThrow().toFile())
                        .usingAnyFreePort()
                        .build();
        return new Browser(new ChromeDriver(service, options), home);
    }

    private static Optional<Path> find(String... names) {
        return Stream.of(names)
                .flatMap(name ->
                        Stream.of(System.getenv("PATH").split(":", -1))
                                .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    void go(String path) {
        driver.get(home.resolve(path).toString());
    }

    String path() {
        return URI.create(driver.getCurrentUrl()).getPath();
    }

    String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    String html() {
        return String.valueOf(driver.getPageSource());
    }

    WebElement see(String css) {
        return new WebDriverWait(driver, PATIENCE)
                .ignoring(StaleElementReferenceException.class)
                .withMessage(() -> "no " + css + " on " + driver.getCurrentUrl() + ":\n" + text())
                .until(page -> page.findElement(By.cssSelector(css)));
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** Waits, without reloading, until the page says so. */
    void awaitText(String expected) {
        new WebDriverWait(driver, PATIENCE)
                .ignoring(StaleElementReferenceException.class)
                .withMessage(
                        () -> "no '" + expected + "' on " + driver.getCurrentUrl() + ":\n" + text())
                .until(page -> text().contains(expected));
    }

    void awaitPath(String prefix) {
        new WebDriverWait(driver, PATIENCE)
                .withMessage(() -> "not at " + prefix + " but " + path() + ":\n" + text())
                .until(page -> path().startsWith(prefix));
    }

    void type(String css, String value) {
        WebElement field = see(css);
        field.clear();
        field.sendKeys(value);
    }

    void choose(String css, Path file) {
        see(css).sendKeys(file.toAbsolutePath().toString());
    }

    void select(String css, String value) {
        new Select(see(css)).selectByValue(value);
    }

    void click(String css) {
        WebElement element = see(css);
        driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
        element.click();
    }

    @Nullable Object script(String code, Object... arguments) {
        return driver.executeScript(code, arguments);
    }

    /** Does this as on a phone, then goes back to the desk. */
    <T> T onAPhone(Supplier<T> deed) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", PHONE, "height", 844, "deviceScaleFactor", 1, "mobile", true));
        try {
            return deed.get();
        } finally {
            driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        }
    }

    /** Does this as for who prefers the dark, then goes back to the light. */
    <T> T inTheDark(Supplier<T> deed) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", preferring("dark"));
        try {
            return deed.get();
        } finally {
            driver.executeCdpCommand("Emulation.setEmulatedMedia", preferring("light"));
        }
    }

    private static Map<String, Object> preferring(String scheme) {
        return Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme)));
    }

    // Our pages have no frames; the other way opens a blank window for each look.
    /** What of the page hinders people seriously, by the rules of WCAG 2.2 AA. */
    @SuppressWarnings("deprecation")
    List<String> violations() {
        return new AxeBuilder()
                .setLegacyMode(true).withTags(WCAG).analyze(driver).getViolations().stream()
                        .filter(rule -> SERIOUS.contains(rule.getImpact()))
                        .map(rule ->
                                rule.getId()
                                        + rule.getNodes().stream()
                                                .map(CheckedNode::getHtml)
                                                .toList())
                        .toList();
    }

    void size(int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
    }

    /**
     * Asks for pages by day, {@code light}, or by night, {@code dark}, and from then on for no
     * motion: a colour that is still changing is neither.
     */
    void theme(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", scheme),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    void forgetMe() {
        driver.manage().deleteAllCookies();
    }

    /** Keeps what the page looks like under target/screenshots. */
    void picture(String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(
                    SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
