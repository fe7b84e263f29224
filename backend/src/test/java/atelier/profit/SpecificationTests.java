package atelier.profit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Hash;

/** What docs/statement.md says by examples and tables is so. */
class SpecificationTests {

    private static final Path PAGE = Path.of("..", "docs", "statement.md");
    private static final Pattern FACTS = fence("json");
    private static final Pattern TEXTS = fence("text");
    private static final Pattern LEAVES = fence("leaves");
    private static final Pattern EVENT =
            Pattern.compile("\\| `(\\w+)` \\| `(\\w+)\\((.*)\\)` \\| `(0x[0-9a-f]{64})` \\|");

    @Test
    void workedExampleIsWhatComesOut() throws Exception {
        String page = page();
        List<Statement> statements = FactFile.read(blocks(FACTS, page).getFirst()).statements();
        List<String> texts =
                statements.stream()
                        .map(one -> new String(one.text(), StandardCharsets.US_ASCII))
                        .toList();
        assertThat(texts).isEqualTo(blocks(TEXTS, page));
        for (String text : texts) {
            assertThat(page).contains(sha256(text));
        }
    }

    @Test
    void leavesOfTheWorkedExampleAreWhatIsHashed() throws IOException {
        String page = page();
        Statement statement = FactFile.read(blocks(FACTS, page).getFirst()).statements().getLast();
        StringBuilder leaves = new StringBuilder();
        for (Line line : statement.lines()) {
            leaves.append(ShareTree.leaf(statement.domain(), line.number(), line.share()))
                    .append('\n');
        }
        assertThat(leaves.toString()).isEqualTo(blocks(LEAVES, page).getFirst());
        assertThat(page).contains(HexFormat.of().formatHex(statement.domain().prefix()));
    }

    @Test
    void topicsAreThoseOfTheSignatures() throws IOException {
        List<MatchResult> events = EVENT.matcher(page()).results().toList();
        assertThat(events).hasSize(14);
        for (MatchResult event : events) {
            String signature = event.group(2) + "(" + types(event.group(3)) + ")";
            assertThat(event.group(4)).as(signature).isEqualTo(Hash.sha3String(signature));
        }
    }

    /** Of each parameter the first word, which is its type. */
    private static String types(String parameters) {
        return Pattern.compile(", ")
                .splitAsStream(parameters)
                .map(parameter -> parameter.split(" ", 2)[0])
                .reduce((one, next) -> one + "," + next)
                .orElse("");
    }

    private static String page() throws IOException {
        return Files.readString(PAGE);
    }

    private static Pattern fence(String language) {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL);
    }

    private static List<String> blocks(Pattern fence, String page) {
        return fence.matcher(page).results().map(block -> block.group(1)).toList();
    }

    private static String sha256(String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
