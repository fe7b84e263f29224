package atelier.profit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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

    @Test
    void bothRefuseWhatIsMalformed(@TempDir Path folder) throws Exception {
        History life = RandomLife.of(1, 2);
        String good = FactFile.write(life);
        Map<String, String> broken = new LinkedHashMap<>();
        broken.put("no JSON", good.substring(0, good.length() - 2));
        broken.put("no facts", good.replace("\"facts\":", "\"fact\":"));
        broken.put("block as text", good.replaceFirst("\"block\":(\\d+)", "\"block\":\"$1\""));
        broken.put("half a block", good.replaceFirst("\"block\":(\\d+)", "\"block\":$1.5"));
        broken.put("block below zero", good.replaceFirst("\"block\":", "\"block\":-"));
        broken.put(
                "amount as number", good.replaceFirst("\"current\":\"(\\d+)\"", "\"current\":$1"));
        broken.put("amount with sign", good.replaceFirst("\"current\":\"", "\"current\":\"-"));
        broken.put(
                "amount above 256 bits",
                good.replaceFirst("\"current\":\"", "\"current\":\"" + "9".repeat(78)));
        broken.put("argument missing", good.replaceFirst("\"current\"", "\"now\""));
        broken.put("upper case", good.replaceFirst("\"contract\":\"0x01", "\"contract\":\"0xA1"));
        broken.put("short address", good.replaceFirst("\"contract\":\"0x01", "\"contract\":\"0x"));
        broken.put("no 0x", good.replaceFirst("\"contract\":\"0x", "\"contract\":\""));
        broken.put("another event", good.replaceFirst("RuleChanged", "Changed"));
        broken.put(
                "two rule books", good.replaceFirst("\"contract\":\"0x01", "\"contract\":\"0x02"));
        broken.put(
                "an epoch that ends before it begins",
                good.replaceFirst("(?s)(.*)\"end\":\"\\d+\"", "$1\"end\":\"1\""));
        for (Map.Entry<String, String> one : broken.entrySet()) {
            String text = one.getValue();
            assertThat(text).as(one.getKey()).isNotEqualTo(good);
            assertThatThrownBy(() -> FactFile.read(text).statements())
                    .as(one.getKey())
                    .isInstanceOf(IllegalArgumentException.class);
            Path file = Files.writeString(folder.resolve("broken.jsonl"), text + "\n");
            assertThat(exit(file, folder.resolve("answer.txt"), Redirect.DISCARD))
                    .as(one.getKey())
                    .isEqualTo(1);
        }
        String backwards = broken.getOrDefault("an epoch that ends before it begins", "");
        assertThatThrownBy(() -> FactFile.read(backwards).statements())
                .hasMessageContaining("ends before it begins");
    }

    private static String theirs(Path facts, Path answer) throws IOException, InterruptedException {
        assertThat(exit(facts, answer, Redirect.INHERIT)).isZero();
        return text(Files.readAllBytes(answer));
    }

    private static int exit(Path facts, Path answer, Redirect problems)
            throws IOException, InterruptedException {
        Process checker =
                new ProcessBuilder(
                                CONTRACTS.resolve("node_modules/node/bin/node").toString(),
                                "check/statement.ts",
                                facts.toString())
                        .directory(CONTRACTS.toFile())
                        .redirectOutput(answer.toFile())
                        .redirectError(problems)
                        .start();
        if (!checker.waitFor(SECONDS, TimeUnit.SECONDS)) {
            checker.destroyForcibly();
        }
        return checker.exitValue();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
