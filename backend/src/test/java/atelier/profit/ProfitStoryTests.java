package atelier.profit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import atelier.chain.Intent;
import atelier.identity.Member;
import atelier.kernel.Refused;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.ledger.Ledger;
import atelier.testing.AtelierTest;
import atelier.testing.Visitor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** An epoch from its income to everybody's shares, on a real chain and a real database. */
@AtelierTest
@TestPropertySource(properties = Collective.OF_ITS_OWN)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProfitStoryTests {

    private static final Duration PATIENCE = Collective.PATIENCE;
    private static final byte[] PDF = "%PDF-1.4\n%%EOF\n".getBytes(US_ASCII);

    @Autowired AutowireCapableBeanFactory application;
    @Autowired Profit profit;
    @Autowired Costs costs;
    @Autowired CostReceipts receipts;
    @Autowired Ledger ledger;
    @Autowired JdbcClient database;
    @LocalServerPort int port;

    private final String foundersEmail = Collective.email();
    private final String kimurasEmail = Collective.email();
    private Collective collective;
    private Member founder;
    private Member kimura;
    private Member mei;
    private long epoch;

    @BeforeAll
    void live() {
        collective = Collective.in(application);
        founder = collective.founder(foundersEmail);
        kimura = collective.supplier("木村 蓁", kimurasEmail);
        mei = collective.memberWithPoints("Mei");
        SupplyId clay = collective.clay(founder, kimura);
        epoch = collective.begins();
        collective.buy(mei, clay, 30);
        collective.done(pay("Firewood", 500, pdf()));
        collective.passes(Duration.ofDays(8));
        await().atMost(PATIENCE)
                .until(() -> profit.epochs().stream().anyMatch(one -> one.number() == epoch));
        await().atMost(PATIENCE).until(() -> publication() != null);
    }

    @Test
    void goesFromIncomeToShares() {
        Statement one = profit.epoch(epoch).statement().head();
        assertThat(one.incomeSum()).isEqualTo(TokenAmount.ofUnits(1_200));
        assertThat(one.costSum()).isEqualTo(TokenAmount.ofUnits(500));
        assertThat(one.fresh().signum()).isPositive();

        Line line = profit.line(epoch, kimura.account()).orElseThrow();
        assertThat(line.by(Role.SUPPLIER)).isEqualTo(paid(one, Role.SUPPLIER));
        Deeds sold =
                profit.deeds(epoch, kimura.account(), 5).getOrDefault(Role.SUPPLIER, Deeds.NONE);
        assertThat(sold.count()).isEqualTo(1);
        assertThat(sold.first())
                .singleElement()
                .satisfies(deed -> assertThat(deed.measure()).isEqualTo(30));
        assertThat(profit.deeds(epoch, mei.account(), 5)).doesNotContainKey(Role.SUPPLIER);

        Publication published = Objects.requireNonNull(publication());
        assertThat(published.of(profit.epoch(epoch).statement())).isTrue();
        assertThat(CostReceipts.sha256(profit.text(epoch))).isEqualTo(published.digest());
        ShareProof proof = profit.proof(epoch, kimura.account()).orElseThrow();
        assertThat(ShareTree.rootOf(proof.leaf(), line.number(), proof.siblings()))
                .isEqualTo(published.root());

        TokenAmount before = ledger.pointsOf(kimura.account());
        collective.passes(Duration.ofDays(4));
        await().atMost(PATIENCE).until(() -> profit.epoch(epoch).counts());
        await().atMost(PATIENCE)
                .until(() -> profit.purse(kimura.account()).paid().equals(line.total()));
        assertThat(ledger.pointsOf(kimura.account())).isEqualTo(before.plus(line.fresh()));
        assertThat(profit.purse(kimura.account()).due().signum()).isZero();
        assertThat(errands("profit.push", published.tx() + "/0")).isEqualTo(1);
        assertThat(errands("profit.publish", epoch + "/" + published.root())).isEqualTo(1);
    }

    @Test
    void keepsEveryReceiptUnderTheHashTheChainHas() {
        Cost cost = costs.of(epoch).getFirst();
        assertThat(cost.text()).isEqualTo("Firewood");
        assertThat(cost.kind()).isEqualTo(CostKind.MATERIAL);
        assertThat(receipts.pdf(cost.receipt())).contains(PDF);
        assertThat(receipts.path(cost.receipt())).contains("/profit/receipts/" + cost.receipt());
    }

    @Test
    void refusesCostsThatCannotBe() {
        assertRefused("receipt.type", 100, bytes("GIF89a"));
        assertRefused("receipt.missing", 100, bytes(""));
        assertRefused("cost.amount", 0, pdf());
        assertRefused("cost.over-budget", 1_000_000_000_000L, pdf());
    }

    @Test
    void refusesAReceiptThatIsNeitherAPdfNorAPicture() {
        Map<String, String> cost =
                Map.of(
                        "kind", "material",
                        "to", mei.id().toString(),
                        "points", "1",
                        "text", "Firewood");
        byte[] script = "<script>alert(1)</script>".getBytes(US_ASCII);
        HttpResponse<String> form =
                browser(foundersEmail)
                        .fill("/admin/profit", "/admin/profit/costs", cost, "receipt", script);
        assertThat(form.statusCode()).isEqualTo(415);
        assertThat(form.body()).contains("The receipt is neither a PDF nor a picture");
        assertThat(
                        browser(foundersEmail)
                                .fill(
                                        "/admin/profit",
                                        "/admin/profit/costs",
                                        cost,
                                        "receipt",
                                        new byte[CostReceipts.MOST_BYTES + 1])
                                .statusCode())
                .isEqualTo(413);
    }

    @Test
    void letsNobodyButAdminsCloseAndPublish() {
        for (String what : List.of("closing", epoch + "/publication", "costs")) {
            Visitor member = browser(kimurasEmail);
            assertThat(member.fill("/profit/me", "/admin/profit/" + what, Map.of()).statusCode())
                    .as(what)
                    .isEqualTo(403);
        }
        String token = new Visitor(port).token(kimurasEmail, Collective.PASSWORD);
        for (String what : List.of("closing", "epochs/" + epoch + "/publication")) {
            HttpResponse<String> refused =
                    new Visitor(port).bearing(token).call("POST", "/api/v1/profit/" + what, null);
            assertThat(refused.statusCode()).as(what).isEqualTo(403);
        }
        HttpResponse<String> hold =
                new Visitor(port)
                        .bearing(token)
                        .call(
                                "POST",
                                "/api/v1/profit/epochs/" + epoch + "/hold",
                                null,
                                "Idempotency-Key",
                                "hold");
        assertThat(hold.statusCode()).isEqualTo(403);
        assertThat(Visitor.code(hold)).isEqualTo("statement.not-guardian");
    }

    @Test
    void showsAnEpochInWhichNothingHappened() {
        long empty = epoch - 1;
        assertThat(profit.epoch(empty).statement().gives()).isFalse();
        String page = new Visitor(port).reading("en").get("/profit/" + empty).body();
        assertThat(page).contains("nothing to share").doesNotContain("<svg class=\"flow");
        assertThat(new Visitor(port).bytes("/profit/%d/statement.pdf".formatted(empty)).body())
                .startsWith("%PDF-".getBytes(US_ASCII));
    }

    @Test
    void showsEveryPageInEveryLanguage() {
        for (String language : List.of("zh-TW", "zh-CN", "en")) {
            Visitor admin = browser(foundersEmail).reading(language);
            for (String path :
                    List.of("/profit", "/profit/" + epoch, "/profit/me", "/admin/profit")) {
                assertShown(admin, path);
            }
            assertShown(browser(kimurasEmail).reading(language), "/profit/me/" + epoch);
            assertShown(admin, "/profit/replay?change=weight-supplier:5000");
        }
        assertThat(new Visitor(port).get("/profit/" + epoch).body())
                .contains("<svg", "Firewood", "Clay");
        assertThat(browser(kimurasEmail).get("/profit/me/" + epoch).body())
                .contains("data-share-proof", "/js/proof.js", "Clay");
        assertThat(new Visitor(port).get("/profit/99").statusCode()).isEqualTo(404);
        String late = Collective.email();
        collective.supplier("Late", late);
        assertThat(browser(late).get("/profit/me/" + epoch).statusCode()).isEqualTo(404);
        assertThat(browser(kimurasEmail).get("/admin/profit").statusCode()).isEqualTo(403);
    }

    @Test
    void givesFilesToTakeAway() {
        Visitor guest = new Visitor(port);
        assertThat(guest.bytes("/profit/%d/statement.txt".formatted(epoch)).body())
                .isEqualTo(profit.text(epoch));
        assertThat(guest.get("/profit/%d/shares.csv".formatted(epoch)).body())
                .startsWith("\ufeffnumber,account,total,fresh,creator,")
                .contains(kimura.account().toString(), ",\"木村 蓁\"\r\n");
        HttpResponse<byte[]> receipt =
                guest.bytes("/profit/receipts/" + costs.of(epoch).getFirst().receipt());
        assertThat(receipt.body()).isEqualTo(PDF);
        assertThat(receipt.headers().allValues("Content-Security-Policy"))
                .containsExactly("default-src 'none'; sandbox");
        assertThat(guest.get("/profit/receipts/0x12").statusCode()).isEqualTo(404);
    }

    @Test
    void givesThePaperAnAuditorKeeps() throws IOException {
        KeptStatement statement = profit.epoch(epoch).statement();
        String path = "/profit/%d/statement.pdf".formatted(epoch);
        for (String language : List.of("zh-TW", "zh-CN", "en")) {
            Visitor guest = new Visitor(port).reading(language);
            HttpResponse<byte[]> paper = guest.bytes(path);
            assertThat(paper.headers().firstValue("Content-Type")).contains("application/pdf");
            assertThat(guest.bytes(path).body()).isEqualTo(paper.body());
            try (PDDocument read = Loader.loadPDF(paper.body())) {
                assertThat(read.getDocumentCatalog().getLanguage()).isEqualTo(language);
                assertThat(new PDFTextStripper().getText(read).replaceAll("\\s", ""))
                        .contains(
                                "木村蓁",
                                "Firewood",
                                "Clay",
                                statement.root().toString(),
                                statement.digest().toString(),
                                Objects.requireNonNull(publication()).tx().toString())
                        .doesNotContain("??");
            }
        }
    }

    @Test
    void answersPrograms() {
        Visitor guest = new Visitor(port);
        assertThat(guest.get("/api/v1/profit/epochs").body()).contains("\"epoch\":" + epoch);
        assertThat(
                        guest.get(
                                        "/api/v1/profit/epochs/%d/shares/%s"
                                                .formatted(epoch, kimura.account()))
                                .body())
                .contains("\"proof\":", "\"claim\":\"0x");
        assertThat(guest.get("/api/v1/profit/replay?change=weight-supplier:5000").body())
                .contains("\"supplier\":{\"before\":");
        assertThat(guest.get("/api/v1/profit/replay?change=weight-supplier").statusCode())
                .isEqualTo(400);
        assertThat(guest.get("/api/v1/profit/replay?change=weight-supplier:99999").statusCode())
                .isEqualTo(400);
        assertThat(guest.get("/api/v1/profit/epochs/99").statusCode()).isEqualTo(404);
        assertThat(guest.get("/api/v1/profit/me").statusCode()).isEqualTo(401);
    }

    private static TokenAmount paid(Statement statement, Role role) {
        return statement.roles().stream()
                .filter(share -> share.role() == role)
                .findFirst()
                .orElseThrow()
                .paid();
    }

    private static void assertShown(Visitor visitor, String path) {
        HttpResponse<String> page = visitor.get(path);
        assertThat(page.statusCode()).as(path).isEqualTo(200);
        assertThat(page.body()).as(path).doesNotContain("??").contains("</html>");
    }

    private Visitor browser(String email) {
        Visitor browser = new Visitor(port).reading("en");
        browser.signIn(email, Collective.PASSWORD);
        return browser;
    }

    private void assertRefused(String code, long units, InputStream receipt) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> pay("Firewood", units, receipt))
                .matches(refused -> refused.code().equals(code), code);
    }

    private Intent pay(String text, long units, InputStream receipt) {
        return costs.pay(
                founder.id(),
                new Costs.Wish(CostKind.MATERIAL, mei.id(), TokenAmount.ofUnits(units), text),
                receipt,
                Collective.key());
    }

    private @Nullable Publication publication() {
        return profit.epoch(epoch).publication();
    }

    private long errands(String kind, String subject) {
        return database.sql(
                        """
                        SELECT count(*) FROM recorded.errand
                        WHERE kind = :kind AND subject LIKE '%/' || :subject
                        """)
                .param("kind", kind)
                .param("subject", subject)
                .query(Long.class)
                .single();
    }

    private static InputStream pdf() {
        return new ByteArrayInputStream(PDF);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(US_ASCII));
    }
}
