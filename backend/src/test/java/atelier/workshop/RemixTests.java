package atelier.workshop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import atelier.chain.Intent;
import atelier.chain.IntentState;
import atelier.chain.Intents;
import atelier.identity.Member;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.RecipeId;
import atelier.kernel.Refused;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import atelier.media.Media;
import atelier.media.Uploads;
import atelier.testing.AtelierTest;
import atelier.testing.Visitor;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Works made of other works: what is written down, what is shown, what is refused. */
@AtelierTest
@Tag("chain")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemixTests {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String NOBODYS = BigInteger.TEN.pow(40).toString();

    @Autowired AutowireCapableBeanFactory application;
    @Autowired Studio studio;
    @Autowired Workshop workshop;
    @Autowired Media media;
    @Autowired Intents intents;
    @Autowired JdbcClient database;
    @LocalServerPort int port;

    private School school;
    private RecipeId recipe;
    private Member mei;
    private Visitor browser;
    private Visitor program;
    private WorkId fish;
    private WorkId moon;
    private int pictures;

    @BeforeAll
    void openThePlace() {
        school = School.in(application);
        Member teacher = school.teacher();
        Member kimura = school.supplier("Kimura");
        SupplyId ink =
                school.define(
                        teacher,
                        new NewSupply(
                                SupplyKind.MATERIAL,
                                "Remixed ink",
                                kimura.id(),
                                TokenAmount.ofUnits(10),
                                1_000));
        recipe = school.approved(teacher, "Remixed", 20, List.of(new NewRecipe.Input(ink, 1)));
        String email = School.email();
        mei = school.memberWithPoints("Mei", email);
        browser = new Visitor(port).reading("en");
        browser.signIn(email, School.PASSWORD);
        program = new Visitor(port).bearing(new Visitor(port).token(email, School.PASSWORD));
        fish = make("Fish of before");
        moon = make("Moon of before");
    }

    @Test
    void writesDownWhatARemixComesFrom() {
        WorkId remix = make("Fish and moon", moon, fish);

        assertThat(workshop.parentsOf(remix)).extracting(WorkView::id).containsExactly(moon, fish);
        assertThat(workshop.remixesOf(fish, 10, 0)).extracting(WorkView::id).contains(remix);
        assertThat(workshop.parentIdsOf(List.of(fish)).get(fish)).isEmpty();
    }

    @Test
    void refusesWhatCannotBeAParent() {
        assertRefused("parents.unknown", () -> begin(School.key(), new WorkId(BigInteger.TEN)));
        assertRefused("parents.twice", () -> begin(School.key(), fish, moon, fish));
        WorkId itself =
                WorkId.of(recipe, mei.account(), workshop.recipe(recipe).orElseThrow().made() + 1);
        assertRefused("parents.unknown", () -> begin(School.key(), itself));
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> wish(Collections.nCopies(NewDraft.MOST_PARENTS + 1, fish)))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo("parents.too-many"));
    }

    @Test
    void takesOtherParentsForAnotherRequest() {
        IdempotencyKey key = School.key();
        NewDraft wish = wish(List.of(fish));
        Draft first = studio.begin(mei.id(), wish, key);

        assertThat(studio.begin(mei.id(), wish, key).id()).isEqualTo(first.id());
        assertRefused("idempotency.mismatch", () -> again(wish, key, List.of(moon)));
        assertRefused("idempotency.mismatch", () -> again(wish, key, List.of()));
    }

    private void again(NewDraft wish, IdempotencyKey key, List<WorkId> parents) {
        studio.begin(
                mei.id(),
                new NewDraft(
                        wish.recipe(), wish.picture(), wish.title(), wish.description(), parents),
                key);
    }

    /** As after a reorg that took the parent away. */
    @Test
    void saysInWordsThatTheContractKnowsNoSuchParent() {
        Draft draft = begin(School.key(), fish);
        database.sql("UPDATE recorded.draft SET parents = '{7}' WHERE id = :id")
                .param("id", draft.id().id())
                .update();
        studio.make(draft.id(), mei.id(), null, School.key());

        Awaitility.await().atMost(PATIENCE).until(() -> failed(draft));
        assertThat(browser.get(draft.href()).body())
                .contains("A work that this one is a remix of is not there any more")
                .contains("leave it out");
    }

    private boolean failed(Draft draft) {
        Draft now = studio.draft(draft.id(), mei.id());
        return studio.making(now)
                .map(Intent::state)
                .filter(IntentState.Failed.class::isInstance)
                .map(IntentState.Failed.class::cast)
                .filter(state -> state.code().equals("contract.UnknownParent"))
                .isPresent();
    }

    @Test
    void tellsProgramsOfParentsAndRemixesNowAndThen() {
        String draft = Visitor.found(drafts(201, fish.toString()).body(), "\"id\":\"([^\"]+)");
        assertThat(json("GET", "/api/v1/drafts/" + draft, "").body())
                .contains("\"parents\":[\"" + fish + "\"]");
        long before = workshop.work(fish).orElseThrow().minted().block();
        json("POST", "/api/v1/drafts/" + draft + "/work", "{}");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() ->
                        !json("GET", "/api/v1/drafts/" + draft, "")
                                .body()
                                .contains("\"work\":null"));
        String work =
                Visitor.found(
                        json("GET", "/api/v1/drafts/" + draft, "").body(), "\"work\":\"(\\d+)\"");

        assertThat(guest().get("/api/v1/works/" + work).body())
                .contains("\"parents\":[\"" + fish + "\"]");
        assertThat(guest().get("/api/v1/works/" + fish + "/remixes").body()).contains(work);
        assertThat(guest().get("/api/v1/works/" + fish + "/remixes?block=" + before).body())
                .contains("\"asOf\"", "\"works\":[]");
        assertThat(guest().get("/api/v1/works/" + work + "/remixes?block=" + before).statusCode())
                .isEqualTo(404);
    }

    @Test
    void refusesBadParentsOfProgramsWithACode() {
        assertProblem(drafts(400, NOBODYS), "parents.unknown");
        assertProblem(drafts(400, "a fish"), "parents.unknown");
        assertProblem(drafts(400, "9".repeat(100)), "parents.unknown");
        assertProblem(drafts(400, fish.toString(), fish.toString()), "parents.twice");
        String[] many = Collections.nCopies(9, fish.toString()).toArray(String[]::new);
        assertProblem(drafts(400, many), "parents.too-many");
        assertThat(guest().get("/v3/api-docs").body()).contains("that this one is a remix of");
    }

    @Test
    void leadsFromAWorkToItsRemixInPages() {
        String page = guest().get("/works/" + fish).body();
        assertThat(page).contains("Make a remix of this", "/studio?parents=" + fish);
        String form = browser.get("/studio?parents=" + fish).body();
        assertThat(form)
                .containsPattern("name=\"parents\" checked(=\"\\w*\")? value=\"" + fish + "\"")
                .contains("Fish of before", "by Mei");

        HttpResponse<String> begun = browser.fill("/studio", fields(fish), picture());
        String draft = Visitor.leadsTo(begun);
        assertThat(browser.get(draft).body()).contains("A remix of", "/works/" + fish);
        String total = Visitor.found(browser.get(draft).body(), "name=\"total\" value=\"(\\d+)\"");
        browser.fill(draft, draft, Map.of("total", total));
        Awaitility.await().atMost(PATIENCE).until(() -> browser.get(draft).statusCode() == 302);

        String remix = Visitor.leadsTo(browser.get(draft));
        assertThat(guest().get(remix).body()).contains("A remix of", "/works/" + fish);
        assertThat(guest().get("/works/" + fish).body())
                .contains("Made from this work", "href=\"" + remix + "\"");
    }

    @Test
    void saysInTheFormWhatIsWrongWithAParent() {
        Map<String, String> fields = fields(fish);
        fields.put("parents", NOBODYS);
        HttpResponse<String> refused = browser.fill("/studio", fields, picture());

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("no such work to make a remix of", NOBODYS);
        assertThat(browser.get("/studio?parents=x&parents=" + fish).body())
                .contains("value=\"" + fish + "\"")
                .doesNotContain("value=\"x\"");
    }

    @Test
    void saysItInEveryLanguage() {
        WorkId remix = make("Fish again", fish);
        for (String language : List.of("zh-TW", "zh-CN", "en")) {
            for (String path : List.of("/works/" + remix, "/studio?parents=" + remix)) {
                HttpResponse<String> page = browser.reading(language).get(path);
                assertThat(page.statusCode()).as(path).isEqualTo(200);
                assertThat(page.body()).doesNotContain("??");
            }
        }
        browser.reading("en");
    }

    private WorkId make(String title, WorkId... parents) {
        Draft draft =
                studio.begin(
                        mei.id(),
                        new NewDraft(recipe, stored(), title, "", List.of(parents)),
                        School.key());
        school.done(studio.make(draft.id(), mei.id(), null, School.key()));
        return Objects.requireNonNull(studio.draft(draft.id(), mei.id()).work());
    }

    private Draft begin(IdempotencyKey key, WorkId... parents) {
        return studio.begin(mei.id(), wish(List.of(parents)), key);
    }

    private NewDraft wish(List<WorkId> parents) {
        return new NewDraft(recipe, stored(), "Remix", "", parents);
    }

    private Hash32 stored() {
        return media.store(new ByteArrayInputStream(picture()), mei.id()).hash();
    }

    private byte[] picture() {
        pictures++;
        return Uploads.png(40 + pictures, 41);
    }

    private Map<String, String> fields(WorkId parent) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("recipe", recipe.toString());
        fields.put("title", "By a page");
        fields.put("description", "");
        fields.put("parents", parent.toString());
        return fields;
    }

    private HttpResponse<String> drafts(int status, String... parents) {
        String picture = Visitor.found(program.upload(picture()).body(), "\"hash\":\"([^\"]+)");
        HttpResponse<String> answer =
                json(
                        "POST",
                        "/api/v1/drafts",
                        "{\"recipe\":%s,\"picture\":\"%s\",\"title\":\"Remix\",\"parents\":[%s]}"
                                .formatted(
                                        recipe,
                                        picture,
                                        Stream.of(parents)
                                                .map(parent -> '"' + parent + '"')
                                                .collect(Collectors.joining(","))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer;
    }

    private HttpResponse<String> json(String method, String path, String body) {
        return program.call(method, path, body, "Idempotency-Key", UUID.randomUUID().toString());
    }

    private Visitor guest() {
        return new Visitor(port).reading("en");
    }

    private static void assertProblem(HttpResponse<String> answer, String code) {
        assertThat(answer.body()).contains("\"" + code + "\"").doesNotContain("Exception");
    }

    private static void assertRefused(String code, ThrowingCallable call) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(call)
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(code));
    }
}
