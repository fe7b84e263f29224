package atelier.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionOperations;

/** What the pipeline may rely on in a store; PostgreSQL and the one in memory must both do it. */
abstract class StoreFacts {

    /** The ports of a store. */
    record Ports(
            Slots slots,
            IntentStore intents,
            Executions executions,
            MirrorTables mirror,
            EraTable eras,
            LeaseTable leases,
            TransactionOperations transactions,
            Door door) {}

    /** Puts an intent in. */
    interface Door {
        IntentId submit(String key, @Nullable MemberId owner, Call call, Instant deadline);
    }

    /** Thrown to end a transaction. */
    private static final class Undo extends RuntimeException {}

    private static final Address KEY = FakeContracts.RELAYER;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(600);

    private @Nullable Ports ports;

    private Ports on() {
        return Objects.requireNonNull(ports);
    }

    abstract Ports fresh();

    @BeforeEach
    void begin() {
        ports = fresh();
        inside(() -> on().eras().begin(new Era(1, 31337, hash(1), hash(2)), NOW));
    }

    @Test
    void takesBackEverythingOfATransactionThatFails() {
        IntentId id = issue("a");

        assertThatThrownBy(() ->
                        inside(() -> {
                            on().slots().open(attempt(0, 1), payload(), 1);
                            pack(place(0), id);
                            throw new Undo();
                        }))
                .isInstanceOf(Undo.class);

        assertThat(on().slots().open(1)).isEmpty();
        assertThat(waiting("ISSUE")).containsExactly(id);
        assertThat(on().slots().nextNonce(1, KEY, 0)).isZero();
    }

    @Test
    void countsOnFromTheLastSlotOrTheChain() {
        assertThat(on().slots().nextNonce(1, KEY, 7)).isEqualTo(7);
        inside(() -> on().slots().open(attempt(7, 1), payload(), 1));

        assertThat(on().slots().nextNonce(1, KEY, 3)).isEqualTo(8);
        assertThat(on().slots().nextNonce(1, KEY, 20)).isEqualTo(20);
        assertThat(on().slots().nextNonce(2, KEY, 0)).isZero();
    }

    @Test
    void hasOneSlotForANonce() {
        inside(() -> on().slots().open(attempt(0, 1), payload(), 1));

        assertThatThrownBy(() -> inside(() -> on().slots().open(attempt(0, 2), payload(), 1)))
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void listsWhatIsOpenOldestFirst() {
        inside(() -> on().slots().open(attempt(1, 3), payload(), 1));
        inside(() -> on().slots().open(attempt(0, 1), payload(), 1));
        inside(() -> on().slots().add(attempt(0, 2)));

        assertThat(on().slots().open(1))
                .extracting(Slots.Attempt::hash)
                .containsExactly(hash(1), hash(2), hash(3));
        assertThat(on().slots().raw(on().slots().open(1).getLast())).containsExactly(3);
        assertThat(on().slots().open(1, Address.ZERO)).isEmpty();
        assertThat(on().slots().open(2)).isEmpty();
        assertThat(on().slots().payload(place(0)).data()).isEqualTo(payload().data());
    }

    @Test
    void givesBackTheCallThatTheFirstSignedBytesHold() {
        Slots.Attempt first = attempt(0, 5).attempt();
        Slots.Attempt second =
                new Slots.Attempt(
                        place(0),
                        hash(6),
                        new Fees(BigInteger.TEN, BigInteger.TEN),
                        NOW.minusSeconds(1)); // a clock may be set back
        byte[] raw = {9, 4, 9, 4, 2, 9};
        byte[] longer = {9, 9, 9, 9, 4, 2, 9};

        inside(() -> on().slots().open(new Slots.Signed(first, raw), payload(), 1));
        inside(() -> on().slots().add(new Slots.Signed(second, longer)));

        assertThat(on().slots().payload(place(0)).data()).isEqualTo(payload().data());
        assertThat(on().slots().raw(second)).isEqualTo(longer);
    }

    @Test
    void reopensWhatWasMinedInAReorganisedBlock() {
        inside(() -> on().slots().open(attempt(0, 1), payload(), 1));
        inside(() -> on().slots().open(attempt(1, 2), payload(), 1));
        on().slots().mined(place(0), hash(1), 5, true);
        on().slots().mined(place(1), hash(2), 6, false);
        assertThat(on().slots().open(1)).isEmpty();

        inside(() -> on().slots().finish(1, 6));
        inside(() -> on().slots().revert(1, 6));

        assertThat(on().slots().open(1)).extracting(Slots.Attempt::hash).containsExactly(hash(2));
        assertThat(on().eras().anyMined(1)).contains(hash(1));
    }

    @Test
    void opensASlotThatIsGoneNeverAgain() {
        inside(() -> on().slots().open(attempt(0, 1), payload(), 1));
        on().slots().gone(place(0));

        on().slots().mined(place(0), hash(1), 5, true);
        inside(() -> on().slots().revert(1, 0));

        assertThat(on().slots().open(1)).isEmpty();
        assertThat(on().eras().anyMined(1)).isEmpty();
    }

    @Test
    void givesTheKindThatHasWaitedLongest() {
        IntentId first = forward("a");
        issue("b");
        IntentId third = forward("c");
        forward("d");

        assertThat(on().intents().oldest(List.of("ISSUE", "FORWARD"), IntentStore.Share.ALL, 2))
                .extracting(IntentStore.Waiting::id)
                .containsExactly(first, third);
        assertThat(waiting("DIRECT")).isEmpty();
    }

    @Test
    void knowsWhoIsFirst() {
        assertThat(on().intents().firstOpen()).isEqualTo(Long.MAX_VALUE);
        IntentId first = issue("a");
        IntentId second = issue("b");
        List<IntentStore.Waiting> both =
                on().intents().oldest(List.of("ISSUE"), IntentStore.Share.ALL, 9);

        assertThat(on().intents().firstOpen()).isEqualTo(both.getFirst().number());
        sent(0, first);
        assertThat(on().intents().firstOpen()).isEqualTo(both.getFirst().number());
        on().intents().executed(List.of(first), hash(1), 5);
        assertThat(on().intents().firstOpen()).isEqualTo(both.getLast().number());
        assertThat(waiting("ISSUE")).containsExactly(second);
    }

    @Test
    void packsOnlyWhatWaits() {
        IntentId id = issue("a");
        sent(0, id);
        inside(() -> on().slots().open(attempt(1, 2), payload(), 1));

        assertThatThrownBy(() -> inside(() -> pack(place(1), id)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(on().intents().riders(place(1))).isEmpty();
    }

    @Test
    void namesTheRequestsOfASlot() {
        IntentId id = forward("a");
        inside(() -> {
            on().slots().open(attempt(0, 1), payload(), 1);
            on().intents().pack(place(0), List.of(new IntentStore.Packed(id, 10L)), LATER);
        });

        assertThat(on().intents().riders(place(0)))
                .containsExactly(
                        new IntentStore.Rider(
                                id, new IntentStore.Request(Address.ZERO, BigInteger.TEN)));
        assertThat(nonces()).isEqualTo(new IntentStore.Nonces(10, 10, -1));
        on().intents().executed(List.of(id), hash(1), 5);
        on().slots().mined(place(0), hash(1), 5, true);
        assertThat(on().intents().riders(place(0))).isEmpty();
        assertThat(nonces()).isEqualTo(new IntentStore.Nonces(-1, -1, 10));
    }

    @Test
    void remembersWhatWasSignedForAnIntentThatWaitsAgain() {
        IntentId passedOver = forward("a");
        IntentId behind = forward("b");
        inside(() -> {
            on().slots().open(attempt(0, 1), payload(), 1);
            on().intents()
                    .pack(
                            place(0),
                            List.of(
                                    new IntentStore.Packed(passedOver, 4L),
                                    new IntentStore.Packed(behind, 5L)),
                            LATER);
        });
        IntentStore.Signature first = new IntentStore.Signature(4, LATER);
        assertThat(stranded()).isEmpty();

        on().slots().mined(place(0), hash(1), 5, true);
        on().intents().executed(List.of(behind), hash(1), 5);
        assertThat(stranded())
                .containsExactly(new IntentStore.Stranded(passedOver, Address.ZERO, first));
        inside(() -> finish(5));

        assertThat(stranded())
                .containsExactly(new IntentStore.Stranded(passedOver, Address.ZERO, first));
        assertThat(
                        on().intents()
                                .oldest(List.of("FORWARD"), IntentStore.Share.ALL, 9)
                                .getFirst()
                                .earlier())
                .isEqualTo(first);
        assertThat(on().intents().expire(LATER.plusSeconds(1), LATER)).isZero();
        assertThat(on().intents().expire(LATER.plusSeconds(1), LATER.plusSeconds(1))).isOne();
    }

    private IntentStore.Nonces nonces() {
        return on().intents()
                .signatures(1, List.of(Address.ZERO))
                .nonces()
                .getOrDefault(Address.ZERO, IntentStore.Nonces.NONE);
    }

    private List<IntentStore.Stranded> stranded() {
        return on().intents().signatures(1, List.of(Address.ZERO)).stranded();
    }

    @Test
    void expiresAndRefusesOnlyWhatWaits() {
        IntentId waits = on().door().submit("a", member(), call(), NOW.minusSeconds(1));
        IntentId sent = on().door().submit("b", member(), call(), NOW.minusSeconds(1));
        sent(0, sent);

        assertThat(on().intents().expire(NOW, NOW)).isEqualTo(1);
        on().intents().refuse(sent, why());

        assertThat(on().intents().riders(place(0))).hasSize(1);
        assertThatThrownBy(() -> inside(() -> pack(place(0), waits)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void putsWhatAFinalBlockDidNotExecuteBackAFewTimes() {
        IntentId id = issue("a");
        for (int nonce = 0; nonce < 3; nonce++) {
            sent(nonce, id);
            on().slots().mined(place(nonce), hash(nonce + 1), 5, false);
            long height = nonce == 0 ? 4 : 5;
            inside(() -> finish(height));
            if (nonce == 0) {
                assertThat(waiting("ISSUE")).isEmpty();
                inside(() -> finish(5));
            }
            assertThat(waiting("ISSUE").size()).isEqualTo(nonce < 2 ? 1 : 0);
        }
        assertThat(on().intents().anyOpen()).isFalse();
    }

    @Test
    void takesBackWhatAReorganisedBlockDid() {
        IntentId done = issue("a");
        IntentId failed = issue("b");
        IntentId deeper = issue("c");
        sent(0, done, failed, deeper);
        on().intents().executed(List.of(done), hash(1), 6);
        on().intents().failed(failed, hash(1), 6, why());
        on().intents().executed(List.of(deeper), hash(1), 5);
        inside(() -> on().intents().finish(1, 6, 3));

        inside(() -> on().intents().revert(1, 6));

        assertThat(on().intents().riders(place(0)))
                .extracting(IntentStore.Rider::id)
                .containsExactlyInAnyOrder(done, failed);
    }

    @Test
    void letsTheRidersOfALostSlotWaitAgain() {
        IntentId id = issue("a");
        sent(0, id);

        inside(() -> on().intents().release(place(0)));

        assertThat(waiting("ISSUE")).containsExactly(id);
    }

    @Test
    void losesWhatWasSentWithItsChain() {
        IntentId sent = issue("a");
        IntentId waits = issue("b");
        sent(0, sent);

        inside(() -> on().eras().begin(new Era(2, 31337, hash(1), null), NOW));
        inside(() -> on().eras().begin(new Era(2, 31337, hash(9), null), NOW));
        on().eras().complete(2, hash(7));
        on().eras().complete(2, hash(8));

        assertThat(on().eras().latest()).contains(new Era(2, 31337, hash(1), hash(7)));
        assertThat(waiting("ISSUE")).containsExactly(waits);
        assertThat(on().intents().riders(place(0))).isEmpty();
        assertThatThrownBy(() -> on().eras().require(1)).isInstanceOf(Reader.ChainRestarted.class);
    }

    @Test
    void givesALeaseToOneAtATime() {
        UUID one = UUID.randomUUID();
        UUID two = UUID.randomUUID();

        assertThat(on().leases().take("sender", one, Duration.ofMillis(300))).contains(1L);
        assertThat(on().leases().take("sender", two, Duration.ofSeconds(60))).isEmpty();
        assertThat(on().leases().take("sender", one, Duration.ofMillis(300))).contains(1L);
        assertThat(on().leases().lock("sender", one, 1)).isTrue();
        Awaitility.await()
                .until(
                        () -> on().leases().take("sender", two, Duration.ofSeconds(60)),
                        taken -> taken.equals(java.util.Optional.of(2L)));
        assertThat(on().leases().lock("sender", one, 1)).isFalse();
        on().leases().release("sender", one);
        assertThat(on().leases().lock("sender", two, 2)).isTrue();
        on().leases().release("sender", two);
        Awaitility.await()
                .until(() -> on().leases().take("sender", one, Duration.ofSeconds(60)).isPresent());
        assertThat(on().leases().lock("sender", one, 3)).isTrue();
    }

    @Test
    void mirrorsBlocksOnceAndTakesThemBack() {
        inside(() -> on().mirror().begin(1, header(4, 4)));
        Range range = new Range(List.of(header(5, 5), header(6, 6)), List.of(log(6, 0)));
        inside(() -> {
            on().mirror().add(range, contracts());
            on().mirror().move(6, hash(6));
        });

        assertThat(on().mirror().cursor()).contains(new MirrorTables.Cursor(1, 5, 6, hash(6)));
        assertThat(on().mirror().canonical(4)).contains(hash(4));
        assertThatThrownBy(() -> inside(() -> on().mirror().add(range, contracts())))
                .isInstanceOf(DuplicateKeyException.class);
        inside(() -> on().mirror().orphan(6));
        assertThat(on().mirror().canonical(6)).isEmpty();
        Range again = new Range(List.of(header(6, 6)), List.of(log(6, 0)));
        inside(() -> on().mirror().add(again, contracts()));
        assertThat(on().mirror().canonical(6)).contains(hash(6));
        inside(() -> on().mirror().begin(1, header(9, 9)));
        assertThat(on().mirror().canonical(6)).isEmpty();
    }

    @Test
    void knowsWhatTheChainExecutedBeforeItIsSubmitted() {
        executed("a", call(), 5);
        executed("b", new Call.Issue(Address.ZERO, TokenAmount.ofUnits(2)), 5);

        issue("a");
        IntentId other = issue("b");

        assertThat(waiting("ISSUE")).containsExactly(other);
        inside(() -> on().intents().finish(1, 5, 3));
        inside(() -> on().executions().finish(1, 5));
        executed("c", call(), 5);
        inside(() -> on().executions().finish(1, 5));
        issue("c");
        assertThat(waiting("ISSUE")).containsExactly(other);
        on().intents().refuse(other, why());
        assertThat(on().intents().anyOpen()).isFalse();
    }

    @Test
    void settlesWhatSomebodyElseBrought() {
        IntentId waits = issue("a");
        IntentId sent = forward("b");
        IntentId failed = issue("c");
        inside(() -> {
            on().slots().open(attempt(0, 1), payload(), 1);
            on().intents().pack(place(0), List.of(new IntentStore.Packed(sent, 10L)), LATER);
        });
        on().intents().refuse(failed, why());
        IntentStore.Request request = new IntentStore.Request(Address.ZERO, BigInteger.TEN);
        assertThat(on().executions().rider(1, request)).contains(sent);

        executed("a", call(), 6);
        executed("b", forwardCall(), 6);
        executed("c", call(), 6);

        assertThat(waiting("ISSUE")).isEmpty();
        assertThat(on().intents().riders(place(0))).isEmpty();
        assertThat(on().executions().rider(1, request)).isEmpty();
        assertThat(on().intents().anyOpen()).isTrue();

        inside(() -> revert(6));
        assertThat(waiting("ISSUE")).containsExactly(waits, failed);
        assertThat(on().intents().riders(place(0))).hasSize(1);
        assertThat(on().executions().adopt(1)).isZero();
    }

    @Test
    void givesEachRelayerItsMembersIntents() {
        IntentId forward = forward("a");
        IntentId issue = issue("b");

        for (String call : List.of("FORWARD", "ISSUE")) {
            IntentId expected = call.equals("FORWARD") ? forward : issue;
            assertThat(on().intents().oldest(List.of(call), new IntentStore.Share(0, 3), 9))
                    .extracting(IntentStore.Waiting::id)
                    .containsExactly(expected);
            assertThat(on().intents().oldest(List.of(call), new IntentStore.Share(1, 3), 9))
                    .isEmpty();
        }
    }

    @Test
    void keepsWhatWasForgottenUntilItIsAccountedFor() {
        HighWater.Mark lower = new HighWater.Mark(KEY, 7, LATER);
        HighWater.Mark higher = new HighWater.Mark(KEY, 9, NOW);
        on().slots().forgot(1, lower);
        on().slots().forgot(1, higher);

        assertThat(on().slots().forgotten(1)).containsExactly(new HighWater.Mark(KEY, 9, LATER));
        on().slots().accounted(1, lower);
        assertThat(on().slots().forgotten(1)).hasSize(1);
        on().slots().accounted(1, lower.and(higher));
        assertThat(on().slots().forgotten(1)).isEmpty();
    }

    @Test
    void adoptsWhatWasSubmittedMeanwhile() {
        executed("a", call(), 6);
        inside(() -> revert(6));
        issue("a");
        assertThat(on().executions().adopt(1)).isZero();

        executed("a", call(), 7);

        assertThat(waiting("ISSUE")).isEmpty();
    }

    @Test
    void letsWaitAgainWhoseSlotIsGoneWhenAReorgTakesWhatAnotherBrought() {
        IntentId sent = issue("a");
        sent(0, sent);
        executed("a", call(), 6);
        on().slots().gone(place(0));

        inside(() -> revert(6));

        assertThat(waiting("ISSUE")).containsExactly(sent);
    }

    @Test
    void knowsItsOwnTransactions() {
        inside(() -> on().slots().open(attempt(0, 1), payload(), 1));

        assertThat(on().executions().foreign(1, List.of(hash(1), hash(2))))
                .containsExactly(hash(2));
        assertThat(on().executions().foreign(2, List.of(hash(1)))).containsExactly(hash(1));
    }

    @Test
    void hasExaminedWhatItHasMirrored() {
        inside(() -> on().mirror().begin(1, header(4, 4)));
        Range range = new Range(List.of(header(5, 5)), List.of());
        inside(() -> {
            on().mirror().add(range, contracts());
            on().mirror().move(5, hash(5));
        });

        assertThat(on().executions().examined(1, header(5, 5))).isTrue();
        assertThat(on().executions().examined(1, header(4, 4))).isTrue();
        assertThat(on().executions().examined(1, header(5, 6))).isFalse();
        assertThat(on().executions().examined(1, header(6, 6))).isFalse();
        assertThat(on().executions().examined(2, header(5, 5))).isFalse();
    }

    private void executed(String key, Call call, long block) {
        inside(() ->
                on().executions()
                        .add(
                                1,
                                List.of(
                                        new Executions.Execution(
                                                IntentIds.of("test", key),
                                                call,
                                                hash(block),
                                                block))));
    }

    private void revert(long from) {
        on().executions().revert(1, from);
        on().intents().revert(1, from);
        on().slots().revert(1, from);
    }

    private void finish(long height) {
        on().intents().finish(1, height, 3);
        on().slots().finish(1, height);
    }

    private void inside(Runnable work) {
        on().transactions().executeWithoutResult(_ -> work.run());
    }

    private void sent(long nonce, IntentId... ids) {
        inside(() -> {
            on().slots().open(attempt(nonce, nonce + 1), payload(), 1);
            pack(place(nonce), ids);
        });
    }

    private void pack(Slots.Place place, IntentId... ids) {
        on().intents()
                .pack(
                        place,
                        Stream.of(ids).map(id -> new IntentStore.Packed(id, null)).toList(),
                        null);
    }

    private List<IntentId> waiting(String call) {
        return on().intents().oldest(List.of(call), IntentStore.Share.ALL, 9).stream()
                .map(IntentStore.Waiting::id)
                .toList();
    }

    private IntentId issue(String key) {
        return on().door().submit(key, member(), call(), LATER);
    }

    private IntentId forward(String key) {
        return on().door().submit(key, member(), forwardCall(), LATER);
    }

    private static Call forwardCall() {
        return new Call.Forward(Address.ZERO, ContractKind.POINTS, new byte[] {1});
    }

    private static Refused why() {
        return Refused.conflict("contract.reverted", "");
    }

    static Call call() {
        return new Call.Issue(Address.ZERO, TokenAmount.ofUnits(1));
    }

    static MemberId member() {
        return new MemberId(new UUID(0, 1));
    }

    private static Slots.Place place(long nonce) {
        return new Slots.Place(1, KEY, nonce);
    }

    private static Slots.Payload payload() {
        return new Slots.Payload(FakeContracts.POINTS, new byte[] {4, 2}, BigInteger.TEN);
    }

    private static Slots.Signed attempt(long nonce, long name) {
        return new Slots.Signed(
                new Slots.Attempt(
                        place(nonce),
                        hash(name),
                        new Fees(BigInteger.TWO, BigInteger.ONE),
                        NOW.plusMillis(name)),
                new byte[] {(byte) name});
    }

    private static Hash32 hash(long name) {
        return Mix.hash(name);
    }

    private static Node.Header header(long number, long name) {
        return new Node.Header(
                number,
                hash(name),
                hash(name - 1),
                NOW,
                new byte[256],
                BigInteger.ONE,
                BigInteger.TEN);
    }

    private static Node.Log log(long block, int index) {
        return new Node.Log(
                FakeContracts.POINTS,
                List.of(hash(77)),
                new byte[] {1},
                block,
                hash(block),
                hash(99),
                0,
                index);
    }

    private static Map<Address, ContractKind> contracts() {
        return Map.of(FakeContracts.POINTS, ContractKind.POINTS);
    }
}
