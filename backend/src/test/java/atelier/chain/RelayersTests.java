package atelier.chain;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.devnet.DevChain;
import atelier.kernel.Address;
import atelier.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Relayers that join a community which is there already. */
@Tag("chain")
class RelayersTests {

    private static final int MEMBERS = 60;

    @TempDir Path folder;

    @Test
    void joinAtAStartAndShareTheMembers() throws Exception {
        String database = TestDatabase.create();
        try (DevChain chain = Chains.start()) {
            Address first;
            try (Backend before = start(chain, database, 1)) {
                assertThat(relayers(before)).hasSize(1);
                first = relayers(before).getFirst();
                Backend.Member member = before.join();
                before.awaitFinal(before.issue(member, 10));
                assertThat(senders(before)).containsExactly(first);
            }
            try (Backend after = start(chain, database, 3)) {
                awaitRelayers(after, 3);
                assertThat(relayers(after)).startsWith(first).doesNotHaveDuplicates();

                List<Backend.Member> members =
                        IntStream.range(0, MEMBERS).mapToObj(_ -> after.join()).toList();
                List<Intent> issues = new ArrayList<>();
                members.forEach(member -> issues.add(after.issue(member, 100)));
                awaitDone(after, issues);
                List<Intent> transfers = new ArrayList<>();
                for (int i = 0; i < MEMBERS; i++) {
                    transfers.add(
                            after.transfer(
                                    members.get(i),
                                    members.get((i + 1) % MEMBERS).account(),
                                    i + 1));
                }
                awaitDone(after, transfers);

                assertThat(senders(after)).containsExactlyInAnyOrderElementsOf(relayers(after));
                for (int i = 0; i < MEMBERS; i++) {
                    int came = i == 0 ? MEMBERS : i;
                    assertThat(after.points(members.get(i).account()))
                            .isEqualTo(100 - (i + 1) + came);
                }
            }
        }
    }

    @Test
    void doNotJoinWhileAnotherProcessSends() throws Exception {
        String database = TestDatabase.create();
        try (DevChain chain = Chains.start();
                Backend sending = start(chain, database, 1);
                Backend more = start(chain, database, 2)) {
            Backend.Member member = more.join();

            assertThat(more.awaitFinal(more.issue(member, 10)))
                    .isInstanceOf(IntentState.Final.class);
            assertThat(relayers(more)).isEqualTo(relayers(sending)).hasSize(1);
        }
    }

    @Test
    void stayWhenFewerAreWantedLater() throws Exception {
        String database = TestDatabase.create();
        try (DevChain chain = Chains.start()) {
            List<Address> joined;
            try (Backend two = start(chain, database, 2)) {
                awaitRelayers(two, 2);
                joined = relayers(two);
            }
            try (Backend one = start(chain, database, 1)) {
                assertThat(relayers(one)).isEqualTo(joined);
                List<Intent> issues = new ArrayList<>();
                for (int i = 0; i < MEMBERS; i++) {
                    issues.add(one.issue(one.join(), 1));
                }
                awaitDone(one, issues);
                assertThat(senders(one)).containsExactlyInAnyOrderElementsOf(joined);
            }
        }
    }

    private Backend start(DevChain chain, String database, int relayers) {
        return Backend.start(
                chain.rpcUrl(),
                database,
                folder,
                Faults.none(),
                Map.of("atelier.chain.relayers", relayers));
    }

    private static void awaitDone(Backend backend, List<Intent> intents) {
        intents.forEach(intent ->
                assertThat(backend.awaitFinal(intent)).isInstanceOf(IntentState.Final.class));
    }

    /** What is recorded is known at once; who joins has to be let in on the chain. */
    private static void awaitRelayers(Backend backend, int number) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> relayers(backend).size() == number);
    }

    private static List<Address> relayers(Backend backend) {
        return backend.bean(Relayers.class).relayers(backend.bean(Contracts.class).get());
    }

    /** Whose transactions brought something, but for the deployer's. */
    private static Set<Address> senders(Backend backend) {
        return backend.database()
                .sql("SELECT DISTINCT relayer FROM recorded.slot WHERE relayer <> :deployer")
                .param("deployer", backend.bean(Contracts.class).get().deployer().bytes())
                .query((row, _) -> Address.of(row.getBytes("relayer")))
                .set();
    }
}
