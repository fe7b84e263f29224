package atelier.profit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checker that was written from docs/statement.md alone gives the same bytes. */
class CheckerTests {

    private static final Path CONTRACTS = Path.of("..", "contracts").toAbsolutePath().normalize();
    private static final int LIVES = 2_000;
    private static final int EPOCHS = 5;
    private static final int SECONDS = 300;

    @Test
    void factsComeBackFromTheirFile() {
        for (long seed = 0; seed < 50; seed++) {
            History life = RandomLife.of(seed, EPOCHS);
            assertThat(FactFile.read(FactFile.write(life))).isEqualTo(life);
        }
    }

    @Test
    void bothAgreeOnTenThousandRandomEpochs(@TempDir Path folder) throws Exception {
        Path facts = folder.resolve("facts.jsonl");
        ByteArrayOutputStream ours = new ByteArrayOutputStream();
        try (OutputStream file = Files.newOutputStream(facts)) {
            for (long seed = 0; seed < LIVES; seed++) {
                History life = RandomLife.of(seed, EPOCHS);
                file.write((FactFile.write(life) + "\n").getBytes(StandardCharsets.UTF_8));
                for (Statement statement : life.statements()) {
                    ours.write(statement.text());
                }
            }
        }
        assertThat(theirs(facts, folder.resolve("theirs.txt"))).isEqualTo(text(ours.toByteArray()));
    }

    private static String theirs(Path facts, Path answer) throws IOException, InterruptedException {
        Process checker =
                new ProcessBuilder(
                                CONTRACTS.resolve("node_modules/node/bin/node").toString(),
                                "check/statement.ts",
                                facts.toString())
                        .directory(CONTRACTS.toFile())
                        .redirectOutput(answer.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        if (!checker.waitFor(SECONDS, TimeUnit.SECONDS)) {
            checker.destroyForcibly();
        }
        assertThat(checker.exitValue()).isZero();
        return text(Files.readAllBytes(answer));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
