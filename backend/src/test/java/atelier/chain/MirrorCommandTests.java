package atelier.chain;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.testing.AtelierTest;
import atelier.testing.Visitor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The mirror held against the chain, and put right, beside the application that serves it. */
@AtelierTest
@ExtendWith(OutputCaptureExtension.class)
class MirrorCommandTests {

    @LocalServerPort int port;
    @Autowired Environment environment;
    @Autowired JdbcClient database;
    @Autowired Mirror mirror;

    @BeforeEach
    void awaitMirror() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .until(() -> mirror.status().filter(MirrorStatus::caughtUp).isPresent());
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> count("SELECT count(*) FROM derived.rule_change") > 0);
    }

    @Test
    void agreesWithTheChain(CapturedOutput output) {
        assertThat(run("verify")).isZero();
        assertThat(output).contains("tables say what the chain says");
        assertThat(schemas()).isZero();
    }

    @Test
    void namesAFalsifiedRowAndHealsItWhilePagesAreRead(CapturedOutput output) throws Exception {
        assertThat(
                        database.sql(
                                        "UPDATE derived.rule_change SET changed_by = '\\x00' WHERE"
                                                + " rule = 12")
                                .update())
                .isEqualTo(1);

        assertThat(run("verify")).isEqualTo(1);
        assertThat(output)
                .contains("Table rule_change differs")
                .containsPattern("mirrored: \\{.*\"changed_by\":\"\\\\\\\\x00\"")
                .contains("on chain: {")
                .contains("1 of ");

        AtomicBoolean reading = new AtomicBoolean(true);
        AtomicInteger read = new AtomicInteger();
        CompletableFuture<Void> reader =
                CompletableFuture.runAsync(() -> {
                    while (reading.get()) {
                        assertThat(rules()).isEqualTo(200);
                        read.incrementAndGet();
                    }
                });
        long before = read.get();
        assertThat(run("rebuild")).isZero();
        reading.set(false);
        reader.get();
        assertThat((long) read.get()).isGreaterThan(before);

        assertThat(run("verify")).isZero();
        assertThat(count("SELECT count(*) FROM derived.rule_change WHERE changed_by = '\\x00'"))
                .isZero();
        assertThat(schemas()).isZero();
    }

    @Test
    void saysHowItIsUsed(CapturedOutput output) {
        assertThat(MirrorCommand.run("mirror", "mend")).isEqualTo(2);
        assertThat(output).contains("Usage: mirror verify");
    }

    private int run(String what) {
        return MirrorCommand.run(
                "mirror",
                what,
                "--spring.datasource.url="
                        + environment.getRequiredProperty("spring.datasource.url"),
                "--atelier.chain.rpc-url="
                        + environment.getRequiredProperty("atelier.chain.rpc-url"));
    }

    private int rules() {
        return new Visitor(port).get("/api/v1/rules").statusCode();
    }

    private long schemas() {
        return count("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'derived\\_%'");
    }

    private long count(String sql) {
        return database.sql(sql).query(Long.class).single();
    }
}
