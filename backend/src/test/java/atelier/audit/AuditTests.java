package atelier.audit;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.chain.ContractKind;
import atelier.chain.Topics;
import atelier.devnet.DevChain;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.profit.Statement;
import atelier.testing.Relay;
import atelier.testing.Scratch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The audit of two lived epochs, as an honest node tells them and as liars do. */
class AuditTests {

    private static final Path CONTRACTS = Path.of("..", "contracts").toAbsolutePath().normalize();
    private static final Hash32 WRONG = Hash32.parse("bad0".repeat(16));

    private static Community community;
    private static Life life;
    private static Statement first;
    private static Statement second;

    private record Result(int code, String words) {}

    @BeforeAll
    static void liveTwoEpochs() {
        community =
                Community.found(
                        "anvil".equals(System.getProperty("atelier.test.node"))
                                ? DevChain.Mode.ANVIL
                                : DevChain.Mode.PROCESS);
        life = new Life(community);
        life.firstEpoch();
        life.closeEpoch();
        life.secondEpoch();
        first = life.statement(1);
        life.publish(first, Hash32.ZERO);
        life.push(first);
        life.closeEpoch();
        second = life.statement(2);
        life.publish(second, first.tree().root());
        life.push(second);
    }

    @AfterAll
    static void end() {
        community.close();
    }

    @Test
    void findsALivedCommunityInOrder() {
        Result result = audit();
        assertThat(result.words())
                .containsPattern("\n +1 .* counts +" + first.tree().root())
                .containsPattern("\n +2 .* counts +" + second.tree().root())
                .contains("3 sales, 4 purchases, 2 makings")
                .endsWith("\nOK\n");
        assertThat(result.code()).isZero();
    }

    @Test
    void tellsOfOneEpochAlone() {
        assertThat(audit("--epoch", "2").words())
                .contains(second.tree().root().toString())
                .doesNotContain(first.tree().root().toString())
                .endsWith("\nOK\n");
        Result open = audit("--epoch=3");
        assertThat(open.code()).isEqualTo(2);
        assertThat(open.words())
                .isEqualTo("Epoch 3 is not closed: the last that is closed is 2.\n");
    }

    @Test
    void otherCheckerReadsTheSameChainAndWritesTheSameBytes() throws Exception {
        StringBuilder ours = new StringBuilder();
        for (Statement statement : List.of(first, second)) {
            ours.append(new String(statement.text(), StandardCharsets.US_ASCII));
        }
        Path theirs = Scratch.folder("statements").resolve("theirs.txt");
        Process checker =
                new ProcessBuilder(
                                CONTRACTS.resolve("node_modules/node/bin/node").toString(),
                                "check/statement.ts",
                                "--rpc=" + community.url(),
                                "--directory=" + directory())
                        .directory(CONTRACTS.toFile())
                        .redirectOutput(theirs.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        assertThat(checker.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(theirs)).isEqualTo(ours.toString());
    }

    @Test
    void namesAWrongRootUntilAVoteEndsIt() {
        undoing(() -> {
            life.closeEpoch();
            Statement third = life.statement(3);
            life.publish(third, WRONG, Made.of(third).text(), second.tree().root());
            Result wrong = audit();
            assertThat(wrong.code()).isEqualTo(1);
            assertThat(wrong.words())
                    .containsPattern(
                            "Block \\d+, transaction 0x[0-9a-f]{64}: The root published for epoch"
                                    + " 3 is "
                                    + WRONG
                                    + "; the chain's events give "
                                    + third.tree().root())
                    .containsPattern("\n +3 .* WRONG ");
            assertThat(audit("--epoch=1").code()).isZero();

            community.act(Community.ADMIN, ContractKind.PROFIT_SHARE, "hold");
            community.act(Community.ADMIN, ContractKind.PROFIT_SHARE, "cancel");
            Result cancelled = audit();
            assertThat(cancelled.words()).containsPattern("\n +3 .* not published ");
            assertThat(cancelled.code()).isZero();

            life.publish(third, second.tree().root());
            assertThat(audit().words()).containsPattern("\n +3 .* waits ").endsWith("OK\n");
        });
    }

    @Test
    void namesAWrongText() {
        undoing(() -> {
            life.closeEpoch();
            Statement third = life.statement(3);
            life.publish(third, third.tree().root(), WRONG, second.tree().root());
            assertThat(audit().words()).contains("The text's SHA-256 published for epoch 3 is");
        });
    }

    @Test
    void namesAStatementThatIsPublishedAgain() {
        undoing(() -> {
            life.publish(second, second.tree().root());
            assertThat(audit().words())
                    .contains("The statement of epoch 2 is published, but that of epoch 3 is due.");
        });
    }

    @Test
    void findsARefusedStatementInOrder() {
        undoing(() -> {
            life.closeEpoch();
            life.publish(life.statement(3), second.tree().root());
            community.act(Community.ADMIN, ContractKind.PROFIT_SHARE, "hold");
            community.act(Community.ADMIN, ContractKind.PROFIT_SHARE, "cancel");
            life.closeEpoch();
            Statement fourth = life.statement(4);
            life.publish(fourth, second.tree().root());
            life.push(fourth);
            assertThat(audit().words())
                    .containsPattern("\n +3 .* refused by vote ")
                    .containsPattern("\n +4 .* counts ")
                    .endsWith("OK\n");
        });
    }

    @Test
    void findsEveryAlteredAmount() {
        List<Lie> lies = new ArrayList<>();
        for (int word : new int[] {1, 2, 4, 6, 7}) {
            lies.add(Lie.alters(Topics.SOLD, word));
        }
        for (int word : new int[] {0, 1, 2}) {
            lies.add(Lie.alters(Topics.BOUGHT, word));
        }
        lies.add(Lie.alters(Topics.CRAFTED, 0));
        lies.add(Lie.alters(Topics.CRAFTED, 1));
        lies.add(Lie.alters(Topics.COLLECTED, 0));
        lies.add(Lie.alters(Topics.COST_PAID, 0));
        lies.add(Lie.alters(Topics.SPENT, 0));
        lies.add(Lie.alters(Topics.FUNDED, 0));
        lies.add(Lie.alters(Topics.RULE_CHANGED, 1));
        lies.add(Lie.alters(Topics.SUPPLY_DEFINED, 1));
        lies.add(Lie.alters(Topics.PUBLISHED, 0));
        lies.add(Lie.alters(Topics.PUBLISHED, 2));
        lies.add(Lie.alters(Topics.EFFECTIVE, 0));
        for (int i = 0; i < lies.size(); i++) {
            Result result = auditOf(lies.get(i));
            assertThat(result.code()).as("lie %d: %s", i, result.words()).isEqualTo(1);
            assertThat(result.words())
                    .containsPattern("\nBlock \\d+, transaction 0x[0-9a-f]{64}: ");
        }
        assertThat(auditOf(Lie.alters(Topics.TRANSFER, 0)).words())
                .contains("Transfers issue 3000.01 points in all");
    }

    @Test
    void findsWhatANodeLeavesOut() {
        Result inReceipts = auditOf(Lie.omits(Topics.SOLD, false));
        assertThat(inReceipts.words()).endsWith("\nOK\n");
        Result nowhere = auditOf(Lie.omits(Topics.SOLD, true));
        assertThat(nowhere.code()).isEqualTo(1);
        assertThat(nowhere.words())
                .containsPattern(
                        "^The node contradicts itself: .*block \\d+ are not all\\. Unless");
    }

    @Test
    void readsANodeThatGivesFewBlocksAtOnce() {
        Result result =
                auditOf((request, answer) ->
                        Pattern.compile("eth_getBlockByNumber").matcher(request).results().count()
                                        > 3
                                ? "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32005,"
                                        + "\"message\":\"limit exceeded\"}}"
                                : answer);
        assertThat(result.words()).endsWith("\nOK\n");
    }

    @Test
    void saysInWordsWhatCannotBeAudited() throws Exception {
        String closed;
        try (Relay relay = new Relay(community.url())) {
            closed = relay.url();
        }
        assertSays(
                2,
                "The node at " + closed,
                run("audit", "--rpc", closed, "--directory", directory()));
        assertSays(
                2,
                "There is no Directory at",
                run("audit", "--rpc", community.url(), "--directory", Address.ZERO.toString()));
        assertSays(
                2,
                "There is no Directory at",
                run(
                        "audit",
                        "--rpc",
                        community.url(),
                        "--directory",
                        community.at(ContractKind.POINTS).toString()));
        assertSays(2, "--rpc is missing.", run("audit", "--directory", directory()));
        assertSays(
                2,
                "--directory: x is no address.",
                run("audit", "--rpc=http://h", "--directory=x"));
        assertSays(2, "no http or https address", run("audit", "--rpc=ftp://h", "--directory=x"));
        assertSays(2, "There is no option --what.", run("audit", "--what=1"));
        assertSays(2, "--epoch: 0 is no epoch's number.", audit("--epoch", "0"));
    }

    private static void assertSays(int code, String words, Result result) {
        assertThat(result.words()).contains(words).doesNotContain("\tat ", "Exception");
        assertThat(result.code()).isEqualTo(code);
    }

    private static String directory() {
        return community.at(ContractKind.DIRECTORY).toString();
    }

    private static void undoing(Runnable what) {
        String before = community.rpc("evm_snapshot").asString();
        try {
            what.run();
        } finally {
            community.rpc("evm_revert", before);
        }
    }

    private static Result auditOf(BinaryOperator<String> lie) {
        try (Relay relay = new Relay(community.url())) {
            relay.lie = lie;
            return run("audit", "--rpc", relay.url(), "--directory", directory());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Result audit(String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of("audit", "--rpc", community.url(), "--directory", directory()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private static Result run(String... arguments) {
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(words, true, StandardCharsets.UTF_8);
        int code = AuditCommand.run(out, out, arguments);
        return new Result(code, words.toString(StandardCharsets.UTF_8));
    }
}
