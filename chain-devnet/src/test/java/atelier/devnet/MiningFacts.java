package atelier.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** When blocks are mined and what they bear, whichever node mines them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MiningFacts {

    private static final int CONFIRMATIONS = 2;
    private static final long WEEK = Duration.ofDays(7).toSeconds();

    private final DevChain chain;
    private final RpcClient rpc;
    private String untouched = "";

    MiningFacts(DevChain.Mode mode) {
        chain = DevChain.start(DevChain.Options.inMemory().mode(mode).confirmations(CONFIRMATIONS));
        rpc = RpcClient.of(chain);
    }

    @BeforeEach
    void remember() {
        untouched = rpc.call("evm_snapshot").stringValue();
    }

    @AfterEach
    void goBack() {
        rpc.call("evm_revert", untouched);
        rpc.call("evm_setAutomine", true);
    }

    @AfterAll
    void stopChain() {
        chain.close();
    }

    @Test
    void knowsItsChainIdAndFundsItsWellKnownAccounts() {
        List<String> accounts =
                rpc.call("eth_accounts").valueStream().map(JsonNode::stringValue).toList();

        assertThat(chain.rpcUrl()).startsWith("http://127.0.0.1:");
        assertThat(RpcClient.number(rpc.call("eth_chainId"))).isEqualTo(DevChain.CHAIN_ID);
        assertThat(accounts)
                .isEqualTo(DevChain.accounts().stream().map(DevAccount::address).toList());
    }

    @Test
    void minesAtOnceThenUntilFinalThenIdles() {
        String hash = rpc.pay(0, 1);

        rpc.awaitHeight(1 + CONFIRMATIONS);
        assertThat(rpc.minedIn(hash)).isEqualTo(1);
        await().atMost(RpcClient.PATIENCE)
                .during(Duration.ofMillis(400))
                .until(() -> rpc.height() == 1 + CONFIRMATIONS);
    }

    @Test
    void givesBlocksTheWallClocksTime() {
        long before = Instant.now().getEpochSecond();
        rpc.pay(0, 1);
        rpc.awaitHeight(1 + CONFIRMATIONS);

        for (long number = 1; number <= 1 + CONFIRMATIONS; number++) {
            assertThat(rpc.timeOf(number)).isBetween(before, Instant.now().getEpochSecond());
        }
    }

    @Test
    void minesWhatArrivesTogetherTogether() {
        JsonNode answers =
                rpc.post(
                        IntStream.range(0, 10)
                                .mapToObj(id ->
                                        RpcClient.request(
                                                id,
                                                "eth_sendTransaction",
                                                RpcClient.payment(id, 19)))
                                .toList());

        rpc.awaitHeight(1 + CONFIRMATIONS);
        assertThat(answers.size()).isEqualTo(10);
        assertThat(rpc.block(1).get("transactions").size()).isEqualTo(10);
    }

    @Test
    void waitsForAMissingNonceWithoutMining() {
        Map<String, Object> second =
                RpcClient.payment(0, 1, Map.of("nonce", "0x1", "gas", "0x5208"));
        String later = rpc.call("eth_sendTransaction", second).stringValue();
        await().atMost(RpcClient.PATIENCE)
                .during(Duration.ofMillis(300))
                .until(() -> rpc.height() == 0);

        String earlier =
                rpc.call("eth_sendTransaction", RpcClient.payment(0, 1, Map.of("nonce", "0x0")))
                        .stringValue();

        rpc.awaitHeight(1 + CONFIRMATIONS);
        assertThat(List.of(rpc.minedIn(earlier), rpc.minedIn(later))).containsExactly(1L, 1L);
    }

    @Test
    void takesMoreTransactionsThanABlockHolds() {
        List<String> hashes =
                IntStream.range(0, 5)
                        .mapToObj(from ->
                                rpc.call(
                                                "eth_sendTransaction",
                                                RpcClient.payment(
                                                        from, 19, Map.of("gas", "0x1000000")))
                                        .stringValue())
                        .toList();

        await().atMost(RpcClient.PATIENCE)
                .untilAsserted(() -> assertThat(hashes).allMatch(hash -> rpc.minedIn(hash) > 0));
    }

    @Test
    void refusesMoreGasThanATransactionMayHave() {
        JsonNode refusal =
                rpc.refusal(
                        "eth_sendTransaction", RpcClient.payment(0, 1, Map.of("gas", "0x1000001")));

        assertThat(refusal.get("message").stringValue()).containsIgnoringCase("gas");
    }

    @Test
    void holdsBlocksBackUntilToldToGoOn() {
        rpc.call("evm_setAutomine", false);
        String hash = rpc.pay(0, 1);
        await().atMost(RpcClient.PATIENCE)
                .during(Duration.ofMillis(300))
                .until(() -> rpc.height() == 0);

        rpc.call("evm_setAutomine", true);

        rpc.awaitHeight(1 + CONFIRMATIONS);
        assertThat(rpc.minedIn(hash)).isEqualTo(1);
    }

    @Test
    void goesBackToASnapshot() {
        String before = rpc.settled(rpc.pay(0, 1), CONFIRMATIONS).headHash();
        String snapshot = rpc.call("evm_snapshot").stringValue();
        rpc.settled(rpc.pay(0, 1), CONFIRMATIONS);

        assertThat(rpc.call("evm_revert", snapshot).booleanValue()).isTrue();

        assertThat(rpc.headHash()).isEqualTo(before);
        assertThat(rpc.settled(rpc.pay(0, 2), CONFIRMATIONS).height())
                .isEqualTo(2 * (1 + CONFIRMATIONS));
    }

    @Test
    void movesTheTimeOfLaterBlocks() {
        rpc.call("evm_increaseTime", WEEK);
        rpc.settled(rpc.pay(0, 1), CONFIRMATIONS);
        long due = Instant.now().getEpochSecond() + WEEK;

        assertThat(rpc.timeOf(rpc.height())).isBetween(due - 5, due);
    }

    @Test
    void givesTheNextBlockTheTimeItIsTold() {
        long time = Instant.now().getEpochSecond() + WEEK;

        rpc.call("evm_setNextBlockTimestamp", time);
        rpc.call("evm_mine");

        assertThat(rpc.timeOf(1)).isEqualTo(time);
        assertThat(rpc.refusal("evm_setNextBlockTimestamp", time - 1).get("code").intValue())
                .isEqualTo(-32602);
    }

    @Test
    void minesManyAtOnce() {
        rpc.call("hardhat_mine", "0x32", "0xa");

        assertThat(rpc.height()).isEqualTo(50);
        assertThat(rpc.timeOf(50) - rpc.timeOf(1)).isEqualTo(490);
    }

    @Test
    void answersABatchInItsOrder() {
        JsonNode answers =
                rpc.post(
                        List.of(
                                RpcClient.request(7, "eth_chainId"),
                                RpcClient.request(8, "nope"),
                                RpcClient.request(9, "eth_blockNumber")));

        assertThat(answers.valueStream().map(answer -> answer.get("id").intValue()))
                .containsExactly(7, 8, 9);
        assertThat(answers.get(0).get("result").stringValue()).isEqualTo("0x7a69");
        assertThat(answers.get(1).get("error").get("message").stringValue()).isNotBlank();
        assertThat(answers.get(2).get("result").stringValue()).isEqualTo("0x0");
    }

    @Test
    void answersAnErrorToWhatIsNoRequest() {
        assertThat(rpc.post("text").get("error").get("code").intValue()).isEqualTo(-32600);
        assertThat(rpc.post(List.of()).get("error").get("code").intValue()).isEqualTo(-32600);
        assertThat(rpc.postText("{").get("error").get("code").intValue()).isEqualTo(-32700);
    }

    @Test
    void refusesThePagesOfOtherSites() {
        assertThat(rpc.statusFor("https://example.org")).isEqualTo(403);
        assertThat(rpc.statusFor("null")).isEqualTo(403);
        assertThat(rpc.statusFor("http://localhost:8080")).isEqualTo(200);
    }

    @Test
    void answersARevertWithItsData() {
        // PUSH1 0x2a PUSH1 0 MSTORE PUSH1 0x20 PUSH1 0 REVERT: reverts with 42.
        JsonNode refusal =
                rpc.refusal(
                        "eth_call",
                        Map.of("from", RpcClient.address(0), "data", "0x602a60005260206000fd"),
                        "latest");

        assertThat(refusal.get("code").intValue()).isEqualTo(3);
        assertThat(refusal.get("data").stringValue()).endsWith("2a").hasSize(66);
    }
}
