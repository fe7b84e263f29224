package atelier.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import atelier.identity.Members;
import atelier.rules.Rules;
import atelier.testing.AtelierTest;
import atelier.testing.ChainClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/**
 * A remix is sold to a buyer whom somebody brought: whose work it comes from and who brought the
 * buyer both have a line in the epoch's statement.
 */
@AtelierTest
@TestPropertySource(properties = "atelier.profit.look-every=500ms")
@DirtiesContext
@Tag("chain")
class OriginsTests {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration EPOCH = Duration.ofDays(8);

    @Autowired Members members;
    @Autowired Rules rules;

    @Value("${atelier.chain.rpc-url}")
    String node;

    @LocalServerPort int port;

    @Test
    void sharesWithTheAncestorAndThePromoter() {
        await().atMost(PATIENCE).until(rules::known);
        URI home = URI.create("http://localhost:" + port);
        Workbench workbench = new Workbench(home, members);
        Program admin = workbench.admin("founder");
        Program mina = workbench.join("mina");
        Program theo = workbench.join("theo");
        Program anan = workbench.join("anan");
        Program lele = workbench.join("lele");
        long paint = workbench.define(admin, admin.get("/api/v1/me").text("id"), "Paint");
        long recipe = workbench.propose(theo, admin, paint, "Seascape");
        String morning = workbench.make(mina, recipe, "Morning");
        String evening = workbench.make(theo, recipe, "Evening", List.of(morning));
        String order = workbench.list(theo, evening, "10000");
        anan.await(
                anan.post(
                        "/api/v1/listings/" + order + "/purchase",
                        Map.of("ref", lele.get("/api/v1/me").text("id"))));

        new ChainClock(node).pass(EPOCH);
        await("a statement").atMost(PATIENCE).until(() -> !statement(admin).isMissingNode());

        long epoch = statement(admin).path("epoch").asLong();
        assertThat(share(admin, epoch, mina, "ancestor")).isPositive();
        assertThat(share(admin, epoch, lele, "promoter")).isPositive();
        assertThat(share(admin, epoch, theo, "creator")).isPositive();
        assertThat(share(admin, epoch, theo, "promoter")).isZero();
    }

    private static JsonNode statement(Program reader) {
        return reader.get("/api/v1/profit/epochs").body().path(0);
    }

    private static long share(Program reader, long epoch, Program whose, String role) {
        String account = whose.get("/api/v1/me").text("account");
        return reader.get("/api/v1/profit/epochs/" + epoch + "/shares/" + account)
                .is(200)
                .body()
                .path("roles")
                .path(role)
                .asLong(0);
    }
}
