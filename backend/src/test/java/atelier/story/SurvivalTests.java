package atelier.story;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.testing.Agreement;
import atelier.testing.SoakResults;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Killed again and again while the school is seeded, nothing is lost and nothing happens twice. */
class SurvivalTests {

    private static final long SEED = 20_261_121;
    private static final int KILLS = 10;
    private static final int MOST_STEPS_BETWEEN = 14;

    private static final int MEMBERS = 12;
    private static final int WELCOME = 20_000;
    private static final int GRANTED = 104_000;
    private static final int WORKS = 32;
    private static final int SALES = 12;

    @Test
    void losesNoIntentAndDoesNoneTwiceWhenKilledAtTenMoments(@TempDir Path data)
            throws SQLException, IOException, InterruptedException {
        Random moments = new Random(SEED);
        int reached = 0;
        AtelierProcess atelier = AtelierProcess.launch(data);
        for (int kill = 0; kill < KILLS; kill++) {
            int target = reached + 1 + moments.nextInt(MOST_STEPS_BETWEEN);
            reached = awaitSteps(atelier, target);
            atelier.kill();
            atelier = AtelierProcess.restart(atelier);
        }
        try (AtelierProcess last = atelier) {
            last.awaitLine("The painting school is open");
            awaitAllFinal(last);
            assertThat(
                            count(
                                    last,
                                    "SELECT count(*) FROM recorded.intent_now WHERE state <> 'FINAL'"))
                    .isZero();
            assertThat(count(last, "SELECT count(*) FROM recorded.member")).isEqualTo(MEMBERS);
            JsonNode proof = Program.guest(last.address()).get("/api/v1/proof").is(200).body();
            assertThat(proof.path("sound").asBoolean()).isTrue();
            assertThat(supply(proof, "points")).isEqualTo(MEMBERS * WELCOME + GRANTED);
            assertThat(count(last, "SELECT count(*) FROM derived.work")).isEqualTo(WORKS);
            assertThat(count(last, "SELECT count(*) FROM derived.sale")).isEqualTo(SALES);
            assertThat(
                            Program.guest(last.address())
                                    .get("/api/v1/rules")
                                    .body()
                                    .path("version")
                                    .asInt())
                    .isEqualTo(3);
            agreesWithTheChain(last, proof.path("directory").asString());
        }
        SoakResults.write(
                "application-kills",
                KILLS,
                0,
                2,
                Map.of("SIGKILL of the application", (long) KILLS));
    }

    private static void agreesWithTheChain(AtelierProcess atelier, String directory) {
        Agreement found =
                Agreement.of(
                        atelier.rpcUrl(),
                        directory,
                        atelier.address().toString(),
                        Duration.ofMinutes(2));
        assertThat(found.reached()).as(found.words()).isTrue();
    }

    private static int awaitSteps(AtelierProcess atelier, int target) {
        return Awaitility.await("step " + target)
                .atMost(AtelierProcess.START_LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(
                        () -> count(atelier, "SELECT count(*) FROM recorded.demo_step"),
                        steps -> steps >= target);
    }

    private static void awaitAllFinal(AtelierProcess atelier) {
        Awaitility.await("every intent final")
                .atMost(Duration.ofMinutes(1))
                .until(
                        () ->
                                count(
                                        atelier,
                                        "SELECT count(*) FROM recorded.intent_now WHERE state IN"
                                                + " ('WAITING', 'SENT', 'IN_BLOCK')"),
                        open -> open == 0);
    }

    private static int supply(JsonNode proof, String asset) {
        for (JsonNode counted : proof.path("assets")) {
            if (counted.path("asset").asString().equals(asset)) {
                return Integer.parseInt(counted.path("supply").asString());
            }
        }
        throw new AssertionError("no " + asset + " in " + proof);
    }

    private static int count(AtelierProcess atelier, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(atelier.databaseUrl());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
