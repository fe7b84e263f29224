package atelier.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import atelier.chain.Contracts;
import atelier.chain.Intent;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.identity.Registration;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.rules.Rules;
import atelier.testing.AtelierTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Crowds who give at the same time, on a real database: each is answered as if there were none. */
@AtelierTest
class GiftsTests {

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final TokenAmount WELCOME = TokenAmount.ofUnits(20_000);

    /** How one command ended. */
    private record Outcome(Optional<Intent> intent, Optional<Refused> refusal) {}

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    @Autowired Contracts contracts;
    @Autowired Members members;
    @Autowired Ledger ledger;
    @Autowired Rules rules;
    @Autowired JdbcClient jdbc;
    @Autowired TransactionTemplate transactions;

    @BeforeEach
    void awaitTheRules() {
        await().atMost(LONG).until(() -> contracts.deployed() && rules.known());
    }

    @AfterEach
    void sendEverybodyHome() {
        callers.close();
    }

    @Test
    void neverPromisesMoreThanAnAccountHas() {
        Member from = welcomed();
        Member to = joined();
        TokenAmount amount = TokenAmount.ofUnits(1_000);

        List<Future<Outcome>> all = all(40, _ -> ledger.give(from.id(), to.id(), amount, key()));

        assertThat(refusals(all)).hasSize(20).allMatch("points.insufficient"::equals);
        assertThat(ids(all)).doesNotHaveDuplicates().hasSize(20);
        assertThat(ledger.availableOf(from.account())).isEqualTo(TokenAmount.ZERO);
        assertThat(gifts(from)).isEqualTo(20);
        assertThat(holds(from)).isEqualTo(20);
    }

    @Test
    void answersOneKeyWithOneGiftHoweverOftenItComes() {
        Member from = welcomed();
        Member to = joined();
        IdempotencyKey key = key();

        List<Future<Outcome>> all =
                all(32, i -> ledger.give(from.id(), to.id(), TokenAmount.ofUnits(1 + i % 2), key));

        assertThat(refusals(all)).hasSize(16).allMatch("idempotency.mismatch"::equals);
        assertThat(ids(all)).hasSize(16);
        assertThat(ids(all).stream().distinct()).hasSize(1);
        assertThat(gifts(from)).isEqualTo(1);
    }

    @Test
    void keepsNobodyWaitingForAnothersAccount() {
        List<Member> free = IntStream.range(0, 4).mapToObj(_ -> welcomed()).toList();
        Member busy = welcomed();
        TokenAmount amount = TokenAmount.ofUnits(10);
        ledger.give(busy.id(), free.getFirst().id(), amount, key());
        List<Future<Outcome>> waiting = new ArrayList<>();

        transactions.executeWithoutResult(_ -> {
            ledger.lock(busy.account());
            waiting.addAll(all(4, i -> ledger.give(busy.id(), free.get(i).id(), amount, key())));
            var others = all(4, i -> ledger.give(free.get(i).id(), busy.id(), amount, key()));
            assertThat(ids(others)).hasSize(4);
            assertThat(waiting).noneMatch(Future::isDone);
        });

        assertThat(ids(waiting)).doesNotHaveDuplicates().hasSize(4);
    }

    @Test
    void refusesWhoIsNoMemberAndServesTheOthers() {
        Member from = welcomed();
        Member to = joined();
        MemberId nobody = new MemberId(UUID.randomUUID());
        TokenAmount amount = TokenAmount.ofUnits(10);

        List<Future<Outcome>> all =
                all(
                        16,
                        i ->
                                i % 2 == 0
                                        ? ledger.give(from.id(), to.id(), amount, key())
                                        : ledger.give(from.id(), nobody, amount, key()));

        assertThat(refusals(all)).hasSize(8).allMatch("member.unknown"::equals);
        assertThat(ids(all)).doesNotHaveDuplicates().hasSize(8);
    }

    @Test
    void joinsTheCallersTransactionAndEndsWithIt() {
        Member from = welcomed();
        Member to = joined();

        transactions.executeWithoutResult(transaction -> {
            ledger.give(from.id(), to.id(), WELCOME, key());
            transaction.setRollbackOnly();
        });

        assertThat(ledger.availableOf(from.account())).isEqualTo(WELCOME);
        assertThat(gifts(from)).isZero();
    }

    private List<Future<Outcome>> all(int count, IntFunction<Intent> command) {
        return IntStream.range(0, count)
                .mapToObj(i -> callers.submit(() -> outcome(() -> command.apply(i))))
                .toList();
    }

    private static Outcome outcome(Supplier<Intent> command) {
        try {
            return new Outcome(Optional.of(command.get()), Optional.empty());
        } catch (Refused refused) {
            return new Outcome(Optional.empty(), Optional.of(refused));
        }
    }

    private static Outcome get(Future<Outcome> one) {
        try {
            return one.get(1, TimeUnit.MINUTES);
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private static List<IntentId> ids(List<Future<Outcome>> all) {
        return all.stream().flatMap(one -> get(one).intent().stream()).map(Intent::id).toList();
    }

    private static List<String> refusals(List<Future<Outcome>> all) {
        return all.stream().flatMap(one -> get(one).refusal().stream()).map(Refused::code).toList();
    }

    private long gifts(Member from) {
        return jdbc.sql(
                        "select count(*) from recorded.intent where signer = :account and kind ="
                                + " 'points.gift'")
                .param("account", from.account().bytes())
                .query(Long.class)
                .single();
    }

    private long holds(Member from) {
        return jdbc.sql(
                        "select count(*) from recorded.progress where signer = :account and held > 0")
                .param("account", from.account().bytes())
                .query(Long.class)
                .single();
    }

    private Member welcomed() {
        Member member = joined();
        await().atMost(LONG).until(() -> ledger.pointsOf(member.account()).equals(WELCOME));
        return member;
    }

    private Member joined() {
        String email = "m" + UUID.randomUUID() + "@example.org";
        return members.register(new Registration("禮物", email, "a long enough password"));
    }

    private static IdempotencyKey key() {
        return new IdempotencyKey(UUID.randomUUID().toString());
    }
}
