package atelier.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import atelier.identity.Member;
import atelier.kernel.IntentId;
import atelier.kernel.SupplyId;
import atelier.profit.Challenge;
import atelier.profit.Collective;
import atelier.profit.Profit;
import atelier.testing.AtelierTest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Epochs, statements and one's own share, seen by a browser that computes for itself. */
@AtelierTest
@TestPropertySource(properties = Collective.OF_ITS_OWN)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("browser")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProfitLookTests {

    private static final String VERDICT = "[data-verdict]";

    @Autowired AutowireCapableBeanFactory application;
    @Autowired Profit profit;
    @Autowired Challenge challenge;
    @LocalServerPort int port;

    private final String founder = Collective.email();
    private final String kimura = Collective.email();
    private Browser browser;
    private Member runs;
    private long epoch;

    @BeforeAll
    void live() {
        browser = Browser.open(URI.create("http://localhost:" + port));
        Collective collective = Collective.in(application);
        runs = collective.founder(founder);
        Member sells = collective.supplier("木村", kimura);
        SupplyId clay = collective.clay(runs, sells);
        epoch = collective.begins();
        collective.buy(collective.memberWithPoints("小滿"), clay, 30);
        collective.passes(Duration.ofDays(8));
        await().atMost(Collective.PATIENCE)
                .until(() ->
                        profit.epochs().stream()
                                .anyMatch(
                                        one -> one.number() == epoch && one.publication() != null));
    }

    @AfterAll
    void close() {
        browser.close();
    }

    @Test
    @Order(1)
    void turnsGreenForOnesOwnShareAndRedForAnother() {
        signIn(kimura);
        browser.go("/profit/me/" + epoch);
        browser.see(VERDICT + ".f");
        look("share");

        browser.script("document.querySelector('[data-share-proof]').dataset.total = '999999'");
        browser.script("import('/js/proof.js?again')");
        browser.see(VERDICT + ".x");
    }

    @Test
    @Order(2)
    void looksRightAtEveryWidth() {
        signIn(founder);
        for (String path :
                List.of(
                        "/profit",
                        "/profit/" + epoch,
                        "/profit/me",
                        "/profit/replay?change=weight-supplier:5000",
                        "/admin/profit")) {
            browser.go(path);
            look(path.replaceAll("[^a-z]+", "-"));
        }
    }

    @Test
    @Order(3)
    void looksRightWhereItIsHeld() {
        IntentId held = challenge.hold(runs.id(), epoch, Collective.key()).id();
        await().atMost(Collective.PATIENCE).until(() -> profit.epoch(epoch).state().equals("held"));
        signIn(founder);
        for (String path : List.of("/profit/" + epoch, "/admin/profit", "/intents/" + held)) {
            browser.go(path);
            look("held" + path.replaceAll("[^a-z]+", "-"));
        }
    }

    private void look(String name) {
        assertThat(browser.violations()).as(name).isEmpty();
        browser.picture("profit-" + name);
        browser.inTheDark(() -> {
            assertThat(browser.violations()).as(name).isEmpty();
            browser.picture("profit-" + name + "-dark");
            return name;
        });
        browser.onAPhone(() -> {
            assertThat(browser.script("return document.documentElement.scrollWidth"))
                    .as(name)
                    .isEqualTo((long) Browser.PHONE);
            browser.picture("profit-" + name + "-phone");
            return name;
        });
    }

    private void signIn(String email) {
        browser.forgetMe();
        browser.go("/sign-in");
        browser.type("input[name=email]", email);
        browser.type("input[name=password]", Collective.PASSWORD);
        browser.click("main form button.seal");
        browser.see("form[action='/sign-out']");
    }
}
