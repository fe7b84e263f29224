package atelier.story;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a demanding visitor with a phone finds wrong with the page a browser shows. */
final class Inspection {

    private static final Pattern WORDLESS = Pattern.compile("\\?\\?[\\w.-]+\\?\\?");

    private final List<String> findings = new ArrayList<>();
    private final Browser browser;

    private Inspection(Browser browser) {
        this.browser = browser;
    }

    /** Looks at the page that is open; says nothing where nothing is wrong. */
    static List<String> of(Browser browser) {
        return browser.onAPhone(() -> new Inspection(browser).look());
    }

    /** Opens these pages one after the other and looks at each. */
    static List<String> of(Browser browser, List<String> pages) {
        return browser.onAPhone(() ->
                pages.stream()
                        .peek(browser::go)
                        .flatMap(page -> new Inspection(browser).look().stream())
                        .toList());
    }

    private List<String> look() {
        width();
        headings();
        words();
        browser.violations().forEach(this::find);
        return findings;
    }

    private void width() {
        // A phone zooms out until a page fits, so the window's own width proves nothing.
        Object width = browser.script("return document.documentElement.scrollWidth");
        if (!Long.valueOf(Browser.PHONE).equals(width)) {
            find(width + " wide");
        }
    }

    private void headings() {
        int headings = browser.all("h1").size();
        if (headings != 1) {
            find(headings + " first headings");
        }
        if (String.valueOf(browser.script("return document.title")).isBlank()) {
            find("no title");
        }
    }

    private void words() {
        Matcher wordless = WORDLESS.matcher(browser.html());
        while (wordless.find()) {
            find("no words for " + wordless.group());
        }
    }

    private void find(String finding) {
        findings.add(browser.path() + ": " + finding);
    }
}
