package atelier.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import atelier.devnet.DevChain;
import atelier.kernel.Address;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.testing.TestDatabase;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.support.TransactionTemplate;

/** Intents on their way out and back, on one chain that nothing else uses. */
@Tag("chain")
class PipelineTests {

    @TempDir static Path folder;

    static DevChain chain;
    static Backend backend;

    @BeforeAll
    static void start() {
        chain = Chains.start();
        backend =
                Backend.start(
                        chain.rpcUrl(), TestDatabase.create(), folder, Faults.none(), Map.of());
    }

    @AfterAll
    static void stop() {
        backend.close();
        chain.close();
    }

    @Test
    void issuesPointsOnce() throws Exception {
        Backend.Member member = backend.join();

        Intent intent = backend.issue(member, 12_345);

        assertThat(backend.awaitFinal(intent)).isInstanceOf(IntentState.Final.class);
        assertThat(backend.points(member.account())).isEqualTo(12_345);
    }

    @Test
    void forwardsAMembersTransferOnce() throws Exception {
        Backend.Member payer = backend.join();
        Backend.Member payee = backend.join();
        backend.awaitFinal(backend.issue(payer, 1_000));

        Intent intent = backend.transfer(payer, payee.account(), 400);

        assertThat(backend.awaitFinal(intent)).isInstanceOf(IntentState.Final.class);
        assertThat(backend.points(payer.account())).isEqualTo(600);
        assertThat(backend.points(payee.account())).isEqualTo(400);
    }

    @Test
    void saysInWordsWhatWouldRevertBeforeANonceExists() {
        Backend.Member payer = backend.join();
        long slots = slots();

        Intent intent = backend.transfer(payer, Address.ZERO, 1);

        assertThat(backend.awaitFinal(intent))
                .isEqualTo(
                        new IntentState.Failed(
                                "contract.ERC20InvalidReceiver", List.of(Address.ZERO)));
        assertThat(slots()).isEqualTo(slots);
    }

    @Test
    void showsMissingPointsAsPoints() {
        Backend.Member payer = backend.join();

        Intent intent = backend.transfer(payer, backend.join().account(), 500);

        assertThat(backend.awaitFinal(intent))
                .isEqualTo(
                        new IntentState.Failed(
                                "contract.ERC20InsufficientBalance",
                                List.of(
                                        payer.account(),
                                        TokenAmount.ZERO,
                                        TokenAmount.ofUnits(500))));
    }

    @Test
    void failingItemDoesNotFailItsBatch() throws Exception {
        Backend.Member payer = backend.join();
        Backend.Member first = backend.join();
        Backend.Member second = backend.join();
        backend.awaitFinal(backend.issue(payer, 100));

        List<Intent> both =
                together(
                        List.of(
                                () -> backend.transfer(payer, first.account(), 80),
                                () -> backend.transfer(payer, second.account(), 80)));

        assertThat(backend.awaitFinal(both.getFirst())).isInstanceOf(IntentState.Final.class);
        assertThat(backend.awaitFinal(both.getLast()))
                .isEqualTo(
                        new IntentState.Failed(
                                "contract.ERC20InsufficientBalance",
                                List.of(
                                        payer.account(),
                                        TokenAmount.ofUnits(20),
                                        TokenAmount.ofUnits(80))));
        assertThat(backend.points(first.account())).isEqualTo(80);
        assertThat(backend.points(second.account())).isZero();
    }

    @Test
    void letsAnIntentSpendWhatAnEarlierOneBrings() throws Exception {
        Backend.Member payer = backend.join();
        Backend.Member middle = backend.join();
        Address payee = backend.join().account();

        List<Intent> all =
                together(
                        List.of(
                                () -> backend.issue(payer, 100),
                                () -> backend.transfer(payer, middle.account(), 60),
                                () -> backend.transfer(middle, payee, 60)));

        all.forEach(intent ->
                assertThat(backend.awaitFinal(intent)).isInstanceOf(IntentState.Final.class));
        assertThat(backend.points(payee)).isEqualTo(60);
    }

    @Test
    void issuesTheOthersOfABatchWhereOneIsForNobodyAndOneIsTooMuch() throws Exception {
        Backend.Member member = backend.join();
        Backend.Member nobody = new Backend.Member(member.id(), Address.ZERO);

        List<Supplier<Intent>> asked = new ArrayList<>();
        asked.add(() -> backend.issue(nobody, 1));
        asked.add(() -> backend.issue(member, Long.MAX_VALUE));
        IntStream.range(0, 12).forEach(_ -> asked.add(() -> backend.issue(member, 1)));
        List<Intent> all = together(asked);

        assertThat(backend.awaitFinal(all.getFirst()))
                .isEqualTo(
                        new IntentState.Failed(
                                "contract.ERC20InvalidReceiver", List.of(Address.ZERO)));
        assertThat(backend.awaitFinal(all.get(1)))
                .isInstanceOfSatisfying(
                        IntentState.Failed.class,
                        failed ->
                                assertThat(failed.code())
                                        .isEqualTo("contract.IssuanceBudgetExceeded"));
        all.subList(2, all.size())
                .forEach(intent ->
                        assertThat(backend.awaitFinal(intent))
                                .isInstanceOf(IntentState.Final.class));
        assertThat(backend.points(member.account())).isEqualTo(12);
    }

    @Test
    void sendsAHundredIntentsInFewTransactions() throws Exception {
        Backend.Member member = backend.join();
        long slots = slots();

        List<Intent> intents =
                Objects.requireNonNull(
                        backend.bean(TransactionTemplate.class)
                                .execute(_ ->
                                        IntStream.range(0, 100)
                                                .mapToObj(_ -> backend.issue(member, 1))
                                                .toList()));

        intents.forEach(intent ->
                assertThat(backend.awaitFinal(intent)).isInstanceOf(IntentState.Final.class));
        assertThat(backend.points(member.account())).isEqualTo(100);
        assertThat(slots() - slots).isLessThanOrEqualTo(2);
    }

    @Test
    void minesAHundredRequestsThatComeAtOnce() throws Exception {
        Backend.Member payer = backend.join();
        Backend.Member payee = backend.join();
        backend.awaitFinal(backend.issue(payer, 100));
        List<Intent> intents = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(20)) {
            List<Future<Intent>> asked =
                    IntStream.range(0, 100)
                            .mapToObj(_ ->
                                    callers.submit(
                                            () -> backend.transfer(payer, payee.account(), 1)))
                            .toList();
            for (Future<Intent> one : asked) {
                intents.add(one.get());
            }
        }

        intents.forEach(intent ->
                assertThat(backend.awaitFinal(intent)).isInstanceOf(IntentState.Final.class));
        assertThat(backend.points(payee.account())).isEqualTo(100);
    }

    @Test
    void answersTheSameKeyWithTheFirstIntentAndRefusesAnotherRequestUnderIt() {
        Backend.Member member = backend.join();
        IdempotencyKey key = new IdempotencyKey("key-" + member.id());
        IntentRequest request = keyed(member, key, "one", "ask");

        Intent first = backend.submit(request);

        assertThat(backend.submit(keyed(member, key, "two", "ask")).id()).isEqualTo(first.id());
        assertThatThrownBy(() -> backend.submit(keyed(member, key, "three", "other")))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("idempotency.mismatch");
        assertThat(backend.submit(keyed(backend.join(), key, "four", "other")).id())
                .isNotEqualTo(first.id());
    }

    @Test
    void givesUpWhatNobodyWantsAnyMore() {
        Backend.Member member = backend.join();

        Intent intent =
                backend.submit(
                        new IntentRequest(
                                member.id(),
                                "test.late",
                                member.id().toString(),
                                new Call.Issue(member.account(), TokenAmount.ofUnits(1)),
                                null,
                                IntentRequest.hashOf("late"),
                                Instant.now().minusSeconds(1),
                                null));

        assertThat(backend.awaitFinal(intent))
                .isEqualTo(new IntentState.Failed("intent.expired", List.of()));
    }

    @Test
    void refusesToSimulateWhatWouldRevert() {
        Backend.Member payer = backend.join();
        Call call = backend.transferRequest(payer, payer.account(), 7, "simulated").call();

        assertThatThrownBy(() -> backend.bean(Intents.class).simulate(call))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("contract.ERC20InsufficientBalance");
    }

    @Test
    void carriesOutTheDeployersOwnCalls() throws Exception {
        Backend.Member admin = backend.join();
        String grant =
                backend.bean(Contracts.class)
                        .accessManager()
                        .grantRole(BigInteger.ONE, admin.account().toString(), BigInteger.ZERO)
                        .encodeFunctionCall();

        Intent intent =
                backend.submit(
                        new IntentRequest(
                                admin.id(),
                                "test.appoint",
                                admin.id().toString(),
                                new Call.Direct(
                                        ContractKind.ACCESS_MANAGER,
                                        atelier.kernel.Bytes.parse(grant)),
                                null,
                                IntentRequest.hashOf(grant),
                                Instant.now().plusSeconds(60),
                                null));

        assertThat(backend.awaitFinal(intent)).isInstanceOf(IntentState.Final.class);
        assertThat(
                        backend.bean(Contracts.class)
                                .accessManager()
                                .hasRole(BigInteger.ONE, admin.account().toString())
                                .send()
                                .component1())
                .isTrue();
    }

    @Test
    void mirrorsEveryLogOfTheCommunitysContracts() {
        Backend.Member member = backend.join();
        Intent intent = backend.issue(member, 77);
        IntentState.Final done = (IntentState.Final) backend.awaitFinal(intent);

        assertThat(
                        backend.database()
                                .sql(
                                        "SELECT derived.topic_addr(topic2) = :account AND"
                                                + " derived.uint(data, 0) = 77 FROM derived.log WHERE"
                                                + " tx_hash = :tx AND canonical AND contract ="
                                                + " 'Points' AND topic2 = :topic")
                                .param("account", member.account().bytes())
                                .param("topic", topic(member.account()))
                                .param("tx", done.tx().bytes())
                                .query(Boolean.class)
                                .list())
                .containsExactly(true);
        assertThat(backend.bean(Mirror.class).transaction(done.tx()))
                .hasValueSatisfying(tx -> {
                    assertThat(tx.block().number()).isEqualTo(done.block());
                    assertThat(tx.block().isFinal()).isTrue();
                });
    }

    /** Submits several in one transaction, so that the sender sees all of them at once. */
    private static List<Intent> together(List<Supplier<Intent>> submissions) {
        return Objects.requireNonNull(
                backend.bean(TransactionTemplate.class)
                        .execute(_ -> submissions.stream().map(Supplier::get).toList()));
    }

    private static byte[] topic(Address account) {
        byte[] topic = new byte[32];
        System.arraycopy(account.bytes(), 0, topic, 12, 20);
        return topic;
    }

    private static IntentRequest keyed(
            Backend.Member member, IdempotencyKey key, String businessKey, String asked) {
        return new IntentRequest(
                member.id(),
                "test.keyed",
                member.id() + businessKey,
                new Call.Issue(member.account(), TokenAmount.ofUnits(1)),
                key,
                IntentRequest.hashOf(asked),
                Instant.now().plusSeconds(60),
                null);
    }

    private static long slots() {
        return backend.database()
                .sql("SELECT count(*) FROM recorded.slot")
                .query(Long.class)
                .single();
    }
}
