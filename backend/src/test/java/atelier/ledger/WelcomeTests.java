package atelier.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import atelier.identity.Member;
import atelier.identity.MemberJoined;
import atelier.identity.Members;
import atelier.identity.Registration;
import atelier.identity.SetUp;
import atelier.kernel.Address;
import atelier.kernel.MemberId;
import atelier.kernel.TokenAmount;
import atelier.rules.Rule;
import atelier.testing.ChainlessTest;
import atelier.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Joining does not wait for the chain; the welcome does. */
@ChainlessTest
class WelcomeTests {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final TokenAmount WELCOME = TokenAmount.ofUnits(20_000);
    private static final Map<Rule, Long> RULES =
            Map.of(
                    Rule.ISSUANCE_BUDGET, 100_000_000L,
                    Rule.EPOCH_LENGTH, 604_800L,
                    Rule.WELCOME_POINTS, 20_000L);

    private final String email = UUID.randomUUID() + "@example.org";

    @Autowired SetUp setUp;
    @Autowired Members members;
    @Autowired Ledger ledger;
    @Autowired Issuance issuance;
    @Autowired JdbcClient jdbc;
    @Autowired TransactionTemplate transactions;
    @LocalServerPort int port;

    @BeforeEach
    @AfterEach
    void forgetTheRules() {
        jdbc.sql("delete from derived.rule_change").update();
    }

    @Test
    void letsTheFirstAdminInBeforeAnyRuleIsRead() {
        jdbc.sql("delete from recorded.member_role where role = 'ADMIN'").update();
        Visitor visitor = new Visitor(port);
        visitor.get("/language?to=en");

        HttpResponse<String> made =
                visitor.fill(
                        "/set-up?token=" + setUp.newLink(),
                        "/set-up",
                        Map.of("name", "Ada", "email", email, "password", "a long password"));

        assertThat(made.statusCode()).as(made.body()).isEqualTo(302);
        assertThat(setUp.isDue()).isFalse();
        assertThat(visitor.get("/").body()).contains("Welcome points", "every 3s");
        assertThat(visitor.get("/me/points").body()).contains("Welcome points", "every 3s");
    }

    @Test
    void welcomesOnceTheRulesAreRead() {
        Member member = joined();
        assertThat(ledger.owesWelcome(member.id())).isTrue();
        assertThat(ledger.issuesTo(member.account())).isEmpty();

        readTheRules();

        await().atMost(LONG).until(() -> !ledger.owesWelcome(member.id()));
        assertThat(ledger.issuesTo(member.account()))
                .singleElement()
                .matches(issue -> issue.welcome() && issue.amount().equals(WELCOME));
    }

    @Test
    void welcomesAtOnceWhereTheRulesAreRead() {
        readTheRules();

        Member member = joined();

        assertThat(ledger.owesWelcome(member.id())).isFalse();
        assertThat(ledger.issuesTo(member.account())).singleElement().matches(Issue::welcome);
    }

    @Test
    void owesNothingToWhomWasNotMade() {
        MemberJoined joined = somebody();

        transactions.executeWithoutResult(transaction -> {
            issuance.welcome(joined);
            transaction.setRollbackOnly();
        });

        assertThat(ledger.owesWelcome(joined.member())).isFalse();
    }

    @Test
    void welcomesOnceHoweverManyLookAtOnce() throws Exception {
        List<MemberJoined> crowd = Stream.generate(WelcomeTests::somebody).limit(40).toList();
        transactions.executeWithoutResult(_ -> crowd.forEach(issuance::welcome));
        readTheRules();
        Callable<Integer> look =
                () -> {
                    int issued = 0;
                    for (int more = 3; more == 3; issued += more) {
                        more = issuance.welcomeOwed(3);
                    }
                    return issued;
                };

        try (ExecutorService processes = Executors.newFixedThreadPool(4)) {
            for (Future<Integer> issued : processes.invokeAll(Collections.nCopies(4, look))) {
                assertThat(issued.get()).isNotNegative();
            }
        }

        await().atMost(LONG)
                .until(() -> crowd.stream().noneMatch(one -> ledger.owesWelcome(one.member())));
        assertThat(crowd).allSatisfy(one -> assertThat(ledger.issuesTo(one.account())).hasSize(1));
    }

    @Test
    void keepsTheBudgetForWelcomesThatAreOwed() {
        readTheRules();
        await().atMost(LONG)
                .until(() ->
                        jdbc.sql("select count(*) = 0 from recorded.owed_welcome")
                                .query(Boolean.class)
                                .single());
        TokenAmount before = ledger.budgetLeft();

        transactions.executeWithoutResult(transaction -> {
            MemberJoined late = somebody();
            jdbc.sql("insert into recorded.owed_welcome values (:member, :account, now())")
                    .param("member", late.member().id())
                    .param("account", late.account().bytes())
                    .update();
            assertThat(ledger.budgetLeft()).isEqualTo(before.minus(WELCOME));
            transaction.setRollbackOnly();
        });
    }

    private Member joined() {
        return members.register(new Registration("小滿", email, "a long password"));
    }

    private static MemberJoined somebody() {
        UUID id = UUID.randomUUID();
        byte[] account = new byte[Address.LENGTH];
        for (int i = 0; i < Long.BYTES; i++) {
            account[i] = (byte) (id.getMostSignificantBits() >>> (Byte.SIZE * i));
        }
        return new MemberJoined(new MemberId(id), Address.of(account));
    }

    /** As the mirror leaves them once the contracts are deployed. */
    private void readTheRules() {
        transactions.executeWithoutResult(_ -> {
            for (Rule rule : Rule.values()) {
                jdbc.sql(
                                """
                                insert into derived.rule_change values (1, :rule, 0, :value, 1,
                                    decode(repeat('00', 20), 'hex'), 1, :rule,
                                    decode(repeat('00', 32), 'hex'), true)
                                """)
                        .param("rule", rule.id())
                        .param("value", RULES.getOrDefault(rule, 0L))
                        .update();
            }
        });
    }
}
