package atelier.profit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import atelier.kernel.Hash32;
import atelier.kernel.TokenAmount;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Hash;

/** The script that browsers check a share with, run by node. */
class ProofScriptTests {

    private static final Path SCRIPT =
            Path.of("src", "main", "resources", "static", "js", "proof.js");

    @Test
    void hashesAsTheChainDoes() throws Exception {
        String vectors =
                """
                const of = (text) => hex(keccak(new TextEncoder().encode(text)));
                console.log(of(""));
                console.log(of("abc"));
                console.log(of("a".repeat(135)));
                console.log(of("a".repeat(136)));
                console.log(of("a".repeat(300)));
                """;
        assertThat(run(vectors))
                .containsExactly(
                        "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
                        "0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45",
                        sha3("a".repeat(135)),
                        sha3("a".repeat(136)),
                        sha3("a".repeat(300)));
    }

    @Test
    void climbsFromEveryShareToTheRoot() throws Exception {
        History life = RandomLife.of(11, 4);
        Statement statement = Statements.of(life.domain(), life.facts()).getLast();
        ShareTree tree = statement.tree();
        String asked =
                statement.lines().stream()
                        .map(line -> ask(statement, line, tree.proof(line.number())))
                        .collect(Collectors.joining("\n"));

        assertThat(run(asked))
                .hasSameSizeAs(statement.lines())
                .containsOnly(tree.root().toString());
    }

    @Test
    void comesToAnotherRootWithAnyOtherNumber() throws Exception {
        History life = RandomLife.of(11, 4);
        Statement statement = Statements.of(life.domain(), life.facts()).getLast();
        ShareTree tree = statement.tree();
        Line line = statement.lines().getFirst();
        Line more =
                new Line(
                        line.number(),
                        line.account(),
                        line.total().plus(TokenAmount.ofUnits(1)),
                        line.byRole());

        assertThat(run(ask(statement, more, tree.proof(0)))).doesNotContain(tree.root().toString());
    }

    private static String ask(Statement statement, Line line, List<Hash32> siblings) {
        return """
        console.log(climb({chainId:"%d",profitShare:"%s",index:"%d",account:"%s",total:"%s",fresh:"%s",siblings:[%s]}).at(-1));
        """
                .formatted(
                        statement.domain().chainId(),
                        statement.domain().profitShare(),
                        line.number(),
                        line.account(),
                        line.total().units(),
                        line.fresh().units(),
                        siblings.stream()
                                .map(node -> "\"" + node + "\"")
                                .collect(Collectors.joining(",")));
    }

    private static List<String> run(String lines) throws IOException, InterruptedException {
        Process node =
                new ProcessBuilder("node", "--input-type=module").redirectErrorStream(true).start();
        try (Writer program = node.outputWriter(UTF_8)) {
            program.append(Files.readString(SCRIPT)).append(lines);
        }
        List<String> said = node.inputReader(UTF_8).lines().toList();
        assertThat(node.waitFor()).as(said.toString()).isZero();
        return said;
    }

    private static String sha3(String text) {
        return Hash.sha3String(text);
    }
}
