package atelier.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import atelier.contracts.ERC2771Forwarder;
import atelier.devnet.DevChain;
import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import atelier.testing.Relay;
import atelier.testing.TestDatabase;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Function;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.crypto.TransactionEncoder;

/** What may go wrong on the way, done on purpose. */
@Tag("chain")
class FaultTests {

    private static final Duration LONGEST = Duration.ofSeconds(90);

    @TempDir Path folder;

    /** Breaks at will, before anything reaches the node. */
    private static final class Breakable extends Faults {

        volatile boolean broken;

        @Override
        protected void hand(byte[] raw, Broadcaster next) {
            if (broken) {
                throw new NodeUnavailable("Broken on purpose");
            }
            next.send(raw);
        }
    }

    @Test
    void sendsIdenticalBytesAfterACrashBetweenCommitAndBroadcast() throws Exception {
        String database = TestDatabase.create();
        Breakable breakable = new Breakable();
        try (DevChain chain = Chains.start()) {
            Backend.Member member;
            Intent intent;
            byte[] lost;
            try (Backend before = start(chain.rpcUrl(), database, breakable)) {
                member = before.join();
                breakable.broken = true;
                intent = before.issue(member, 500);
                before.await(intent, IntentState.Sent.class::isInstance);
                lost =
                        Awaitility.await()
                                .until(() -> breakable.seen().getLast(), raw -> raw.length > 0);
            }
            Faults after = Faults.none();
            try (Backend again = start(chain.rpcUrl(), database, after)) {
                assertThat(again.awaitFinal(intent)).isInstanceOf(IntentState.Final.class);
                assertThat(after.seen()).contains(lost);
                assertThat(again.points(member.account())).isEqualTo(500);
            }
        }
    }

    @Test
    void sendsASilentlySkippedRequestAgain() throws Exception {
        Overtaking overtaking = new Overtaking();
        try (DevChain chain = Chains.start();
                Backend backend = start(chain.rpcUrl(), TestDatabase.create(), overtaking)) {
            Backend.Member payer = backend.join();
            Address payee = backend.join().account();
            backend.awaitFinal(backend.issue(payer, 1_000));
            overtaking.with = () -> overtake(backend, payer, payee);

            Intent intent = backend.transfer(payer, payee, 100);

            assertThat(backend.awaitFinal(intent)).isInstanceOf(IntentState.Final.class);
            assertThat(overtaking.with).isNull();
            assertThat(backend.points(payee)).isEqualTo(107);
            assertThat(tries(backend, intent.id())).isEqualTo(1);
        }
    }

    /** Does something once, just before the next transaction leaves. */
    private static final class Overtaking extends Faults {

        volatile @Nullable Runnable with;

        @Override
        protected void hand(byte[] raw, Broadcaster next) {
            Runnable now = with;
            with = null;
            if (now != null) {
                now.run();
            }
            next.send(raw);
        }
    }

    /** The member's wallet uses their forwarder nonce elsewhere, to send 7. */
    private static void overtake(Backend backend, Backend.Member payer, Address payee) {
        Node node = backend.bean(Node.class);
        Contracts contracts = backend.bean(Contracts.class);
        CallReader.Request request =
                backend.bean(ForwardRequests.class)
                        .sign(
                                List.of(
                                        new ForwardRequests.Draft(
                                                payer.id(),
                                                payer.account(),
                                                ContractKind.POINTS,
                                                Bytes.parse(
                                                        contracts
                                                                .points()
                                                                .transfer(
                                                                        payee.toString(),
                                                                        BigInteger.valueOf(7))
                                                                .encodeFunctionCall()),
                                                BigInteger.valueOf(200_000),
                                                BigInteger.ZERO,
                                                Instant.now().plusSeconds(600))))
                        .getFirst();
        Function execute =
                new Function(
                        ERC2771Forwarder.FUNC_EXECUTE,
                        List.of(NodeFacts.struct(request)),
                        List.of());
        Credentials faucet = Credentials.create(DevChain.accounts().get(5).privateKey());
        Fees fees = Fees.current(node, BigInteger.TWO.pow(60));
        byte[] raw =
                TransactionEncoder.signMessage(
                        RawTransaction.createTransaction(
                                DevChain.CHAIN_ID,
                                BigInteger.valueOf(
                                        node.transactionCount(
                                                Address.parse(faucet.getAddress()), Node.LATEST)),
                                BigInteger.valueOf(500_000),
                                contracts.address(ContractKind.FORWARDER).toString(),
                                BigInteger.ZERO,
                                FunctionEncoder.encode(execute),
                                fees.priority(),
                                fees.max()),
                        faucet);
        node.broadcast(raw);
        Hash32 tx = Hash32.of(org.web3j.crypto.Hash.sha3(raw));
        Awaitility.await().atMost(LONGEST).until(() -> node.receipt(tx).isPresent());
        assertThat(node.receipt(tx).orElseThrow().succeeded()).isTrue();
    }

    @Test
    void takesBackWhatAReorgRemovedAndSendsItAgain() throws Exception {
        Breakable breakable = new Breakable();
        try (DevChain chain = Chains.start();
                JsonRpc rpc = new JsonRpc(URI.create(chain.rpcUrl()), Duration.ofSeconds(5));
                Backend backend = start(chain.rpcUrl(), TestDatabase.create(), breakable)) {
            Backend.Member member = backend.join();
            backend.awaitFinal(backend.issue(member, 1));
            String snapshot = rpc.send(JsonRpc.Request.of("evm_snapshot")).asString();
            Intent intent = backend.issue(member, 30);
            IntentState.Final before = (IntentState.Final) backend.awaitFinal(intent);

            breakable.broken = true;
            rpc.send(JsonRpc.Request.of("evm_revert", snapshot));

            backend.await(intent, new IntentState.Sent(before.tx())::equals);
            assertThat(backend.bean(Backend.Recorder.class).reverted()).contains(before.block());
            assertThat(logs(backend, before.tx(), true)).isZero();
            assertThat(logs(backend, before.tx(), false)).isPositive();

            breakable.broken = false;

            assertThat(backend.awaitFinal(intent)).isInstanceOf(IntentState.Final.class);
            assertThat(backend.points(member.account())).isEqualTo(31);
            assertThat(slots(backend)).isEqualTo(2 + deploymentSteps());
        }
    }

    @Test
    void rebuildsADroppedMirror() {
        String database = TestDatabase.create();
        try (DevChain chain = Chains.start()) {
            Intent intent;
            List<@Nullable String> mirrored;
            try (Backend before = start(chain.rpcUrl(), database, Faults.none())) {
                intent = before.issue(before.join(), 5);
                before.awaitFinal(intent);
                mirrored = mirrored(before);
            }
            JdbcClient.create(new DriverManagerDataSource(database))
                    .sql("DROP SCHEMA derived CASCADE")
                    .update();
            try (Backend after = start(chain.rpcUrl(), database, Faults.none())) {
                Awaitility.await()
                        .atMost(LONGEST)
                        .until(() ->
                                after.bean(Mirror.class)
                                        .status()
                                        .filter(MirrorStatus::caughtUp)
                                        .isPresent());
                assertThat(mirrored(after)).containsExactlyElementsOf(mirrored);
                assertThat(after.state(intent.id())).isInstanceOf(IntentState.Final.class);
            }
        }
    }

    @Test
    void recognisesAChainThatStartedAgain() throws Exception {
        String database = TestDatabase.create();
        Intent old;
        Backend.Member member;
        try (DevChain chain = Chains.start();
                Backend before = start(chain.rpcUrl(), database, Faults.none())) {
            member = before.join();
            old = before.issue(member, 5);
            before.awaitFinal(old);
        }
        try (DevChain chain = Chains.start();
                Backend after = start(chain.rpcUrl(), database, Faults.none())) {
            after.await(old, IntentState.Lost.class::isInstance);
            assertThat(after.awaitFinal(after.issue(member, 9)))
                    .isInstanceOf(IntentState.Final.class);
            assertThat(after.points(member.account())).isEqualTo(9);
            assertThat(after.state(old.id())).isEqualTo(new IntentState.Lost());
        }
    }

    @Test
    void goesOnWhenTheNodeComesBack() throws Exception {
        assumeThat(Chains.anvil()).as("anvil keeps no blocks").isFalse();
        DevChain.Options options = DevChain.Options.keptIn(folder.resolve("chain"));
        DevChain chain = DevChain.start(options);
        int port = URI.create(chain.rpcUrl()).getPort();
        try (Backend backend = start(chain.rpcUrl(), TestDatabase.create(), Faults.none())) {
            Backend.Member member = backend.join();
            chain.kill();
            Awaitility.await()
                    .atMost(LONGEST)
                    .until(() -> backend.bean(NodeView.class).trouble() != null);

            Intent intent = backend.issue(member, 42);

            assertThat(intent.state()).isEqualTo(new IntentState.Waiting());
            chain = DevChain.start(options.port(port));
            assertThat(backend.awaitFinal(intent)).isInstanceOf(IntentState.Final.class);
            assertThat(backend.points(member.account())).isEqualTo(42);
            assertThat(backend.bean(NodeView.class).trouble()).isNull();
        } finally {
            chain.close();
        }
    }

    @Test
    void resumesADeploymentThatIsInterruptedAtEveryStep() throws Exception {
        InterruptedEverywhere faults = new InterruptedEverywhere();
        try (DevChain chain = Chains.start();
                Backend backend = start(chain.rpcUrl(), TestDatabase.create(), faults)) {
            Contracts contracts = backend.bean(Contracts.class);
            assertThat(faults.interrupted()).isEqualTo(deploymentSteps());
            assertThat(slots(backend)).isEqualTo(deploymentSteps());
            assertThat(
                            backend.bean(Node.class)
                                    .transactionCount(contracts.get().deployer(), Node.LATEST))
                    .isEqualTo(deploymentSteps());
            List<?> entries = contracts.directory().entries().send();
            assertThat(entries).hasSameSizeAs(ContractKind.values());
        }
    }

    /** Every transaction meets an exception the first time, every other one after it has left. */
    private static final class InterruptedEverywhere extends Faults {

        private final Set<String> met = new HashSet<>();

        @Override
        protected synchronized void hand(byte[] raw, Broadcaster next) {
            if (!met.add(Bytes.hex(raw))) {
                next.send(raw);
                return;
            }
            if (met.size() % 2 == 0) {
                next.send(raw);
            }
            throw new NodeUnavailable("Interrupted on purpose");
        }

        synchronized long interrupted() {
            return met.size();
        }
    }

    @Test
    void findsLogsThatANodeLeavesOut() throws Exception {
        try (DevChain chain = Chains.start();
                Relay relay = new Relay(chain.rpcUrl());
                Backend backend = start(relay.url(), TestDatabase.create(), Faults.none())) {
            relay.lie =
                    (request, answer) ->
                            request.contains("\"eth_getLogs\"")
                                    ? answer.replaceAll("\"result\":\\[.*]", "\"result\":[]")
                                    : answer;

            IntentState.Final done =
                    (IntentState.Final) backend.awaitFinal(backend.issue(backend.join(), 3));

            assertThat(logs(backend, done.tx(), true)).isPositive();
        }
    }

    @Test
    void twoProcessesDoEverythingOnce() throws Exception {
        String database = TestDatabase.create();
        try (DevChain chain = Chains.start();
                Backend one = start(chain.rpcUrl(), database, Faults.none());
                Backend two = start(chain.rpcUrl(), database, Faults.none())) {
            Backend.Member member = one.join();
            List<Intent> intents = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                intents.add((i % 2 == 0 ? one : two).issue(member, 10));
            }

            intents.forEach(intent ->
                    assertThat(two.awaitFinal(intent)).isInstanceOf(IntentState.Final.class));
            assertThat(two.points(member.account())).isEqualTo(200);
        }
    }

    @Test
    void settlesARequestThatAStrangerBroughtAlone() throws Exception {
        Breakable breakable = new Breakable();
        try (DevChain chain = Chains.start();
                JsonRpc stranger = new JsonRpc(URI.create(chain.rpcUrl()), Duration.ofSeconds(5));
                Backend backend = start(chain.rpcUrl(), TestDatabase.create(), breakable)) {
            Backend.Member member = backend.join();
            Backend.Member payee = backend.join();
            backend.awaitFinal(backend.issue(member, 100));
            breakable.broken = true;
            Intent intent = backend.transfer(member, payee.account(), 30);
            backend.await(intent, IntentState.Sent.class::isInstance);
            byte[] ours =
                    Awaitility.await()
                            .until(() -> breakable.seen().getLast(), raw -> raw.length > 500);

            String copied = TransactionDecoder.decode(Bytes.hex(ours)).getData();
            String tx =
                    stranger.send(
                                    JsonRpc.Request.of(
                                            "eth_sendTransaction",
                                            Map.of(
                                                    "from",
                                                    DevChain.accounts().get(7).address(),
                                                    "to",
                                                    backend.bean(Contracts.class)
                                                            .address(ContractKind.FORWARDER)
                                                            .toString(),
                                                    "gas",
                                                    "0xf4240",
                                                    "data",
                                                    copied)))
                            .asString();

            assertThat(((IntentState.Final) backend.awaitFinal(intent)).tx())
                    .isEqualTo(Hash32.parse(tx));
            breakable.broken = false;
            assertThat(backend.awaitFinal(backend.transfer(member, payee.account(), 1)))
                    .isInstanceOf(IntentState.Final.class);
            assertThat(backend.points(payee.account())).isEqualTo(31);
        }
    }

    @Test
    void doesNothingTwiceAfterABackupIsRestored() throws Exception {
        String database = TestDatabase.create();
        try (DevChain chain = Chains.start()) {
            Backend.Member member;
            Backend.Member payee;
            Intent waiting;
            Breakable breakable = new Breakable();
            try (Backend before = brief(chain, database, breakable)) {
                member = before.join();
                payee = before.join();
                before.awaitFinal(before.issue(member, 100));
                breakable.broken = true;
                waiting = before.issue(payee, 7);
                before.await(waiting, IntentState.Sent.class::isInstance);
            }
            String backup = TestDatabase.copy(database);
            IntentRequest forgotten;
            IntentState executed;
            try (Backend lost = brief(chain, database, Faults.none())) {
                lost.awaitFinal(waiting);
                forgotten = lost.transferRequest(member, payee.account(), 30, "thirty");
                executed = lost.awaitFinal(lost.submit(forgotten));
                lost.awaitFinal(lost.issue(member, 5));
            }
            try (Backend restored = brief(chain, backup, Faults.none())) {
                assertThat(restored.awaitFinal(waiting)).isInstanceOf(IntentState.Final.class);
                assertThat(restored.awaitFinal(restored.submit(forgotten))).isEqualTo(executed);
                assertThat(restored.awaitFinal(restored.transfer(member, payee.account(), 1)))
                        .isInstanceOf(IntentState.Final.class);
                assertThat(restored.points(payee.account())).isEqualTo(38);
                assertThat(restored.points(member.account())).isEqualTo(74);
            }
        }
    }

    @Test
    void usesUpNoncesThatABackupHasForgotten() throws Exception {
        String database = TestDatabase.create();
        try (DevChain chain = Chains.start()) {
            Backend.Member member;
            try (Backend before = brief(chain, database, Faults.none())) {
                member = before.join();
                before.awaitFinal(before.issue(member, 100));
            }
            String backup = TestDatabase.copy(database);
            Breakable breakable = new Breakable();
            try (Backend lost = brief(chain, database, breakable)) {
                breakable.broken = true;
                lost.await(lost.issue(member, 7), IntentState.Sent.class::isInstance);
                Awaitility.await().until(() -> !breakable.seen().isEmpty());
            }
            byte[] forgotten = breakable.seen().getFirst();
            try (Backend restored = brief(chain, backup, Faults.none())) {
                assertThat(restored.awaitFinal(restored.issue(member, 5)))
                        .isInstanceOf(IntentState.Final.class);
                assertThatThrownBy(() -> restored.bean(Node.class).broadcast(forgotten))
                        .isInstanceOf(NodeRefused.class);
                assertThat(restored.points(member.account())).isEqualTo(105);
            }
        }
    }

    /** What members sign lives for a moment, so that nobody waits for its end. */
    private Backend brief(DevChain chain, String database, Faults faults) {
        return Backend.start(
                chain.rpcUrl(),
                database,
                folder,
                faults,
                Map.of("atelier.chain.request-life", "3s"));
    }

    private Backend start(String rpcUrl, String database, Faults faults) {
        return Backend.start(rpcUrl, database, folder, faults, Map.of());
    }

    private static long deploymentSteps() {
        return atelier.chain.deploy.Plan.steps().size();
    }

    private static long slots(Backend backend) {
        return backend.database()
                .sql("SELECT count(*) FROM recorded.slot")
                .query(Long.class)
                .single();
    }

    private static int tries(Backend backend, IntentId id) {
        return backend.database()
                .sql("SELECT tries FROM recorded.progress WHERE id = :id")
                .param("id", id.hash().bytes())
                .query(Integer.class)
                .single();
    }

    private static long logs(Backend backend, Hash32 tx, boolean canonical) {
        return backend.database()
                .sql(
                        "SELECT count(*) FROM derived.log WHERE tx_hash = :tx AND canonical ="
                                + " :canonical")
                .param("tx", tx.bytes())
                .param("canonical", canonical)
                .query(Long.class)
                .single();
    }

    private static List<@Nullable String> mirrored(Backend backend) {
        return backend.database()
                .sql(
                        "SELECT l.block_number || ' ' || encode(l.block_hash, 'hex') || ' ' ||"
                                + " l.log_index || ' ' || encode(l.data, 'hex') || ' ' || b.mined_at"
                                + " FROM derived.log l JOIN derived.block b ON b.hash ="
                                + " l.block_hash WHERE l.canonical ORDER BY l.block_number,"
                                + " l.log_index")
                .query(String.class)
                .list();
    }
}
