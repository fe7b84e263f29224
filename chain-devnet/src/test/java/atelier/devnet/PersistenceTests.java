package atelier.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a chain with a data folder keeps, and when it says that it cannot. */
class PersistenceTests {

    private static final int CONFIRMATIONS = 2;

    /** One wei from the sixth account, nonces 0 and 1, signed outside the node. */
    private static final List<String> SIGNED =
            List.of(
                    "0x02f86d827a6980843b9aca0085174876e8008252089470997970c51812dc3a010c7d01b50e0d17dc79c80180c001a075d8871ea463d74982fe81764bd32d903b6068de71d0f95b8d9e5155e6bea036a039f7f2cff94b73916296e511cf7edfd787457fb7ff01a13d2d9d5efcb1134f79",
                    "0x02f86d827a6901843b9aca0085174876e8008252089470997970c51812dc3a010c7d01b50e0d17dc79c80180c001a0801947abdd144c2ea377f81c8b3156a641513d8e841b148e75c7bc5aeb1d67b0a0029c463e3a6932ec533f53ee9d235e5fd1138ec90b946bcda7d2c192517747ed");

    @TempDir private Path folder;

    private DevChain chain;
    private RpcClient rpc;

    @BeforeEach
    void startChain() {
        start();
    }

    @AfterEach
    void stopChain() {
        chain.close();
    }

    @Test
    void goesOnAfterAStopWithTheSameBlocks() {
        SIGNED.forEach(raw -> rpc.call("eth_sendRawTransaction", raw));
        String mined = rpc.pay(0, 1);
        String head = rpc.settled(mined, CONFIRMATIONS).headHash();
        JsonNode receipt = rpc.call("eth_getTransactionReceipt", mined);

        restart();

        assertThat(rpc.headHash()).isEqualTo(head);
        assertThat(rpc.call("eth_getTransactionReceipt", mined)).isEqualTo(receipt);
        assertThat(rpc.settled(rpc.pay(0, 1), CONFIRMATIONS).latest().get("timestamp")).isNotNull();
    }

    @Test
    void keepsEveryKindOfTransactionInItsOrder() {
        rpc.call("evm_setAutomine", false);
        rpc.call("eth_sendTransaction", RpcClient.payment(0, 1, Map.of("gasPrice", "0x77359400")));
        rpc.call(
                "eth_sendTransaction",
                RpcClient.payment(
                        1, 2, Map.of("maxFeePerGas", "0xb2d05e00", "maxPriorityFeePerGas", "0x1")));
        rpc.call(
                "eth_sendTransaction",
                RpcClient.payment(
                        2,
                        3,
                        Map.of(
                                "maxFeePerGas",
                                "0xb2d05e00",
                                "maxPriorityFeePerGas",
                                "0x3b9aca00")));
        rpc.call(
                "eth_sendTransaction",
                RpcClient.payment(
                        2, 3, Map.of("maxFeePerGas", "0xb2d05e00", "maxPriorityFeePerGas", "0x2")));
        // Stores 1 in slot 0 and has no code; the second one reverts.
        rpc.call(
                "eth_sendTransaction",
                Map.of("from", RpcClient.address(3), "data", "0x600160005500", "gas", "0x186a0"));
        rpc.call(
                "eth_sendTransaction",
                Map.of("from", RpcClient.address(4), "data", "0x60006000fd", "gas", "0x186a0"));
        rpc.call("eth_call", RpcClient.payment(0, 1), "pending");
        rpc.call("evm_mine");
        JsonNode block = rpc.latest();
        assertThat(block.get("transactions").size()).isEqualTo(6);

        restart();

        assertThat(rpc.block(1)).isEqualTo(block);
    }

    @Test
    void keepsWhatItShowedWhenKilledInTheMiddle() {
        Map<Long, String> shown = new TreeMap<>();
        for (int sent = 0; sent < 60; sent++) {
            rpc.pay(sent % 10, 19);
            JsonNode latest = rpc.latest();
            shown.put(RpcClient.number(latest.get("number")), latest.get("hash").stringValue());
        }

        chain.kill();
        start();

        shown.forEach((number, hash) ->
                assertThat(rpc.block(number).get("hash").stringValue()).isEqualTo(hash));
    }

    @Test
    void finishesAfterARestartWhatACrashLeftUnconfirmed() {
        rpc.call("evm_setAutomine", false);
        rpc.pay(0, 1);
        rpc.call("evm_mine");
        chain.kill();

        start();

        rpc.awaitHeight(1 + CONFIRMATIONS);
        await().atMost(RpcClient.PATIENCE)
                .during(Duration.ofMillis(300))
                .until(() -> rpc.height() == 1 + CONFIRMATIONS);
    }

    @Test
    void dropsALineThatACrashLeftUnfinished() throws IOException {
        String head = rpc.settled(rpc.pay(0, 1), CONFIRMATIONS).headHash();
        chain.close();
        Files.writeString(journal(), "{\"number\":4,\"hash\":\"0x12", StandardOpenOption.APPEND);

        start();
        assertThat(rpc.headHash()).isEqualTo(head);
        String next = rpc.settled(rpc.pay(0, 1), CONFIRMATIONS).headHash();

        restart();
        assertThat(rpc.headHash()).isEqualTo(next);
    }

    @Test
    void namesTheBlockThatIsDamaged() throws IOException {
        rpc.settled(rpc.pay(0, 1), CONFIRMATIONS);
        rpc.settled(rpc.pay(0, 1), CONFIRMATIONS);
        chain.close();
        List<String> lines = Files.readAllLines(journal());
        lines.set(4, lines.get(4).replace("\"value\":\"0x1\"", "\"value\":\"0x2\""));
        Files.write(journal(), lines);

        assertThatThrownBy(this::start)
                .isInstanceOfSatisfying(
                        DevChainException.class,
                        failure -> {
                            assertThat(failure.code()).isEqualTo("JOURNAL_DAMAGED");
                            assertThat(failure.what()).contains("Block 4 ");
                            assertThat(failure.remedy()).contains("move it away");
                        });
    }

    @Test
    void refusesTheJournalOfAnotherChain() throws IOException {
        chain.close();
        String text = Files.readString(journal());
        Files.writeString(journal(), text.replaceFirst("\"genesis\":\"0x..", "\"genesis\":\"0x00"));

        assertThatThrownBy(this::start)
                .isInstanceOfSatisfying(
                        DevChainException.class,
                        failure -> assertThat(failure.code()).isEqualTo("JOURNAL_FOREIGN"));
    }

    @Test
    void forgetsAbandonedBlocksForGood() {
        String snapshot = rpc.call("evm_snapshot").stringValue();
        rpc.settled(rpc.pay(0, 1), CONFIRMATIONS);
        rpc.call("evm_revert", snapshot);
        String head = rpc.settled(rpc.pay(0, 2), CONFIRMATIONS).headHash();

        restart();

        assertThat(rpc.headHash()).isEqualTo(head);
        assertThat(rpc.height()).isEqualTo(1 + CONFIRMATIONS);
    }

    @Test
    void keepsTheTimeThatATestHasMoved() {
        rpc.call("evm_increaseTime", Duration.ofDays(7).toSeconds());
        long before = rpc.settled(rpc.pay(0, 1), CONFIRMATIONS).timeOf(rpc.height());

        restart();

        long after = rpc.settled(rpc.pay(0, 1), CONFIRMATIONS).timeOf(rpc.height());
        assertThat(after).isBetween(before, before + 60);
    }

    @Test
    void refusesChangesBesideItsBlocks() {
        JsonNode refusal = rpc.refusal("hardhat_setBalance", RpcClient.address(0), "0x0");

        assertThat(refusal.get("code").intValue()).isEqualTo(-32004);
        assertThat(refusal.get("message").stringValue()).contains("keeps only blocks");
    }

    /**
     * Run it with {@code -Datelier.devnet.blocks=10000} for the promise in full, under 30 s. It
     * counts the processor's time, so that a busy machine does not fail it.
     */
    @Test
    void replaysThousandsOfBlocksAndSaysHowFarItIs() throws IOException {
        int blocks = Integer.getInteger("atelier.devnet.blocks", 1_000);
        String half = "0x" + Integer.toHexString(blocks / 2);
        rpc.call("hardhat_mine", half, "0x0");
        rpc.settled(rpc.pay(0, 1), CONFIRMATIONS);
        rpc.call("hardhat_mine", half, "0x0");
        String head = rpc.headHash();
        chain.close();

        List<String> told = new ArrayList<>();
        chain = DevChain.start(options().progress(told::add));
        Duration took = processorTime();
        rpc = RpcClient.of(chain);

        System.out.printf("chain-devnet: %,d blocks in %,d ms%n", rpc.height(), took.toMillis());
        assertThat(rpc.headHash()).isEqualTo(head);
        assertThat(told)
                .contains("replayed 1,000 of %,d blocks".formatted(rpc.height()))
                .hasSize(blocks / 1000);
        assertThat(took).isLessThan(Duration.ofSeconds(5).plusMillis(2L * blocks));
    }

    private Duration processorTime() throws IOException {
        long pid = Long.parseLong(Files.readString(folder.resolve("devnet.pid")).strip());
        return ProcessHandle.of(pid).flatMap(node -> node.info().totalCpuDuration()).orElseThrow();
    }

    private Path journal() {
        return folder.resolve("chain.journal");
    }

    private DevChain.Options options() {
        return DevChain.Options.keptIn(folder).confirmations(CONFIRMATIONS);
    }

    private void start() {
        chain = DevChain.start(options());
        rpc = RpcClient.of(chain);
    }

    private void restart() {
        chain.close();
        start();
    }
}
