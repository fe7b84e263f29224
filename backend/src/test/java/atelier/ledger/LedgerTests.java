package atelier.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import atelier.chain.Call;
import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.chain.Intent;
import atelier.chain.IntentRequest;
import atelier.chain.IntentState;
import atelier.chain.Intents;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.identity.Registration;
import atelier.identity.Role;
import atelier.kernel.Bytes;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.rules.Rule;
import atelier.rules.Rules;
import atelier.testing.AtelierTest;
import atelier.testing.Visitor;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Points from the chain to the pages, with a real chain and a real database. */
@AtelierTest
class LedgerTests {

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final String PASSWORD = "a long enough password";
    private static final TokenAmount WELCOME = TokenAmount.ofUnits(20_000);

    @Autowired Contracts contracts;
    @Autowired Members members;
    @Autowired Ledger ledger;
    @Autowired Rules rules;
    @Autowired Intents intents;
    @Autowired JdbcClient jdbc;
    @Autowired TransactionTemplate transactions;
    @Autowired Clock clock;
    @LocalServerPort int port;

    /** A member and what they sign in with. */
    private record Known(Member member, String email) {}

    @BeforeEach
    void awaitTheRules() {
        await().atMost(LONG).until(() -> contracts.deployed() && rules.known());
    }

    @Test
    void welcomesWhoeverJoins() {
        Member member = joined("小滿").member();

        assertThat(ledger.issuesTo(member.account())).singleElement().matches(Issue::welcome);
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(ledger.pointsOf(member.account())).isEqualTo(WELCOME));
        assertThat(ledger.availableOf(member.account())).isEqualTo(WELCOME);
        assertThat(ledger.statement(member.account(), Place.END, 10))
                .singleElement()
                .matches(posting -> posting.code() == Code.ISSUE && posting.incoming());
    }

    @Test
    void grantsOnceForAKeyAndRefusesTheKeyForAnotherGrant() {
        Member admin = admin().member();
        Member member = joined("阿明").member();
        IdempotencyKey key = key();
        TokenAmount amount = TokenAmount.parsePoints("12.5");

        Intent first = ledger.grant(admin.id(), member.id(), amount, "布置教室", key);
        Intent second = ledger.grant(admin.id(), member.id(), amount, "布置教室", key);

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(
                        refusal(() ->
                                ledger.grant(
                                        admin.id(), member.id(), amount, "another reason", key)))
                .extracting(Refused::code)
                .isEqualTo("idempotency.mismatch");
        awaitFinal(first);
        assertThat(ledger.pointsOf(member.account())).isEqualTo(WELCOME.plus(amount));
        assertThat(ledger.grants(100))
                .filteredOn(grant -> grant.member().equals(member.id()))
                .singleElement()
                .matches(grant -> "布置教室".equals(grant.reason()));
    }

    @Test
    void refusesAGrantBeyondTheBudgetBeforeAnythingIsSent() {
        Member admin = admin().member();
        TokenAmount tooMuch = ledger.budgetLeft().plus(TokenAmount.ofUnits(1));

        Refused refused =
                refusal(() -> ledger.grant(admin.id(), admin.id(), tooMuch, "too much", key()));

        assertThat(refused.code()).isEqualTo("points.over-budget");
        assertThat(refused.values().getFirst()).isEqualTo(tooMuch);
        assertThat(ledger.grants(100)).noneMatch(grant -> grant.amount().equals(tooMuch));
    }

    @Test
    void refusesAGrantOfNothingOrWithoutAReason() {
        Member admin = admin().member();

        assertThat(
                        refusal(() ->
                                ledger.grant(
                                        admin.id(), admin.id(), TokenAmount.ZERO, "why", key())))
                .extracting(Refused::code)
                .isEqualTo("points.not-positive");
        assertThat(
                        refusal(() ->
                                ledger.grant(
                                        admin.id(),
                                        admin.id(),
                                        TokenAmount.ofUnits(1),
                                        "  ",
                                        key())))
                .extracting(Refused::code)
                .isEqualTo("points.reason-length");
    }

    @Test
    void letsOnlyOneOfTwoCommandsHoldTheSamePoints() throws Exception {
        Member member = joined("同時").member();
        await().atMost(LONG).until(() -> ledger.pointsOf(member.account()).equals(WELCOME));
        assertThat(holds(member, TokenAmount.ZERO)).as("the account's row is there").isTrue();
        TokenAmount most = TokenAmount.ofUnits(15_000);
        CyclicBarrier together = new CyclicBarrier(2);
        Callable<Boolean> command =
                () -> {
                    together.await();
                    return holds(member, most);
                };

        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> outcomes = executor.invokeAll(List.of(command, command));
            assertThat(List.of(outcomes.get(0).get(), outcomes.get(1).get()))
                    .containsExactlyInAnyOrder(true, false);
        }
    }

    @Test
    void saysWhatIsMissing() {
        Member member = joined("缺點").member();
        await().atMost(LONG).until(() -> ledger.pointsOf(member.account()).equals(WELCOME));

        Refused refused =
                refusal(() ->
                        ledger.give(
                                member.id(),
                                joined("收的人").member().id(),
                                WELCOME.plus(TokenAmount.ofUnits(5)),
                                key()));

        assertThat(refused.code()).isEqualTo("points.insufficient");
        assertThat(refused.values())
                .containsExactly(
                        WELCOME, WELCOME.plus(TokenAmount.ofUnits(5)), TokenAmount.ofUnits(5));
    }

    @Test
    void movesPointsBetweenMembersAndSaysSoOnBothStatements() {
        Member from = joined("送的人").member();
        Member to = joined("收的人").member();
        await().atMost(LONG).until(() -> ledger.pointsOf(from.account()).equals(WELCOME));
        TokenAmount amount = TokenAmount.parsePoints("3.25");

        Intent intent = ledger.give(from.id(), to.id(), amount, key());
        awaitFinal(intent);

        assertThat(ledger.pointsOf(from.account())).isEqualTo(WELCOME.minus(amount));
        assertThat(ledger.availableOf(from.account())).isEqualTo(WELCOME.minus(amount));
        Posting out = ledger.statement(from.account(), Place.END, 1).getFirst();
        assertThat(out.code()).isEqualTo(Code.TRANSFER);
        assertThat(out.counterparty()).isEqualTo(to.account());
        assertThat(ledger.statement(to.account(), Place.END, 10))
                .anyMatch(p -> p.incoming() && p.counterparty().equals(from.account()));
    }

    @Test
    void agreesWithTheContractsOnEverything() {
        joined("對帳");
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(ledger.supplies())
                                .isNotEmpty()
                                .allMatch(AssetProof::sound)
                                .anyMatch(proof -> proof.onChain() != null));

        assertThat(ledger.compareAll().differences()).isEmpty();
        assertThat(ledger.reconciliation().compared()).isPositive();
    }

    @Test
    void seesAHoldingThatTheChainDoesNotKnow() {
        Member member = joined("假帳").member();
        await().atMost(LONG).until(() -> ledger.pointsOf(member.account()).equals(WELCOME));
        tamper(member, "+ 1");

        try {
            assertThat(ledger.compareAll().differences())
                    .anyMatch(difference -> difference.account().equals(member.account()));
        } finally {
            tamper(member, "- 1");
        }
        assertThat(ledger.compareAll().differences())
                .noneMatch(difference -> difference.account().equals(member.account()));
    }

    @Test
    void changesARuleForEveryoneOnceItIsInABlock() {
        Member admin = admin().member();
        long before = rules.current().version();

        Intent intent =
                rules.set(
                        admin.id(),
                        admin.account(),
                        Map.of(Rule.HOLDING_PERIOD, BigInteger.valueOf(3_600 + before)),
                        key());
        awaitFinal(intent);

        assertThat(rules.current().version()).isGreaterThan(before);
        assertThat(rules.current().holdingPeriod()).isEqualTo(Duration.ofSeconds(3_600 + before));
        assertThat(rules.history(Rule.HOLDING_PERIOD, 1))
                .singleElement()
                .matches(change -> change.by().equals(admin.account()));
        assertThat(rules.at(rules.history(Rule.HOLDING_PERIOD, 1).getFirst().effectiveBlock() - 1))
                .matches(book -> book.version() < rules.current().version());
        awaitFinal(
                rules.set(
                        admin.id(),
                        admin.account(),
                        Map.of(Rule.HOLDING_PERIOD, BigInteger.ZERO),
                        key()));
    }

    @Test
    void refusesRulesBeyondTheirBoundsAndSplitsThatAreNotWhole() {
        Member admin = admin().member();

        assertThat(
                        refusal(() ->
                                rules.set(
                                        admin.id(),
                                        admin.account(),
                                        Map.of(Rule.TRADING_FEE, BigInteger.valueOf(1_501)),
                                        key())))
                .extracting(Refused::code)
                .isEqualTo("rules.out-of-bounds");
        assertThat(
                        refusal(() ->
                                rules.set(
                                        admin.id(),
                                        admin.account(),
                                        Map.of(
                                                Rule.RECIPE_FEE_AUTHOR_SHARE,
                                                BigInteger.valueOf(7_000)),
                                        key())))
                .extracting(Refused::code)
                .isEqualTo("rules.split-not-whole");
    }

    @Test
    void knowsTheBoundsOfTheContract() throws Exception {
        for (Rule rule : Rule.values()) {
            var bounds = contracts.ruleBook().bounds(BigInteger.valueOf(rule.id())).send();
            assertThat(bounds.component1()).isEqualTo(rule.bounds().min());
            assertThat(bounds.component2()).isEqualTo(rule.bounds().max());
        }
        List<?> onChain = contracts.ruleBook().values().send();
        assertThat(onChain).isEqualTo(rules.current().inOrder());
    }

    @Test
    void letsOnlyAdminsGrantAndChangeRules() {
        Known member = joined("沒有角色");
        Visitor guest = new Visitor(port);
        Visitor program = new Visitor(port).bearing(guest.token(member.email(), PASSWORD));
        String grant =
                "{\"member\":\"%s\",\"amount\":\"500\",\"reason\":\"r\"}"
                        .formatted(member.member().id());

        assertThat(grant(program, grant, "k1").statusCode()).isEqualTo(403);
        assertThat(
                        program.call(
                                        "PUT",
                                        "/api/v1/rules",
                                        "{\"trading-fee\":600}",
                                        "Idempotency-Key",
                                        "k2")
                                .statusCode())
                .isEqualTo(403);
        assertThat(grant(guest, grant, "k3").statusCode()).isEqualTo(401);
        Visitor browser = Visitor.browsing(port);
        browser.signIn(member.email(), PASSWORD);
        assertThat(
                        List.of("/admin", "/admin/rules", "/admin/points", "/admin/members")
                                .stream()
                                .map(page -> browser.get(page).statusCode()))
                .containsOnly(403);
    }

    @Test
    void showsEveryPageToThoseWhoMaySeeIt() {
        Known admin = admin();
        await().atMost(LONG).until(() -> ledger.pointsOf(admin.member().account()).equals(WELCOME));
        Visitor browser = Visitor.browsing(port);
        browser.signIn(admin.email(), PASSWORD);

        assertPage(browser, "/rules", "Trading fee", "Of 100 points, who gets what");
        assertPage(browser, "/me/points", "Welcome points", "200");
        assertPage(
                browser, "/me/points/send?q=" + "%E5%B0%8F", "What is sent cannot be taken back");
        assertPage(browser, "/admin", "Materials and tools");
        assertPage(browser, "/admin/rules", "Write new numbers", "Length of a period");
        assertPage(browser, "/admin/members?q=", "Administrator");
        assertPage(browser, "/admin/points?to=" + admin.member().id(), "may still be granted");
        assertThat(Visitor.browsing(port).get("/api/v1/proof").body()).contains("\"sound\":true");
        assertThat(Visitor.browsing(port).get("/api/v1/proof/holdings?limit=1").body())
                .contains("\"next\":\"0x");
        assertThat(Visitor.browsing(port).get("/api/v1/proof/rules").body())
                .contains("\"values\":[");
        assertThat(Visitor.browsing(port).get("/api/v1/rules").body()).contains("\"trading-fee\"");
        assertThat(Visitor.browsing(port).get("/api/v1/rules/history").body())
                .contains("\"before\":\"0\"");
    }

    @Test
    void showsAnErrorBesideTheFieldAndASentenceBeforeTheConfirmation() {
        Known admin = admin();
        Visitor browser = Visitor.browsing(port);
        browser.signIn(admin.email(), PASSWORD);
        Map<String, String> selling =
                Map.of(
                        "value-trading-fee", "16",
                        "value-creator-royalty", "8",
                        "value-author-royalty", "3",
                        "value-trade-mode", "3",
                        "value-holding-period", "0",
                        "unit-holding-period", "days");

        HttpResponse<String> wrong =
                browser.fill("/admin/rules", "/admin/rules/selling/preview", selling);
        assertThat(wrong.body()).contains("id=\"value-trading-fee-wrong\"").contains("15%");

        Map<String, String> better = new HashMap<>(selling);
        better.put("value-trading-fee", "6.5");
        HttpResponse<String> preview =
                browser.fill("/admin/rules", "/admin/rules/selling/preview", better);
        assertThat(preview.body())
                .contains("Of the price of every work sold, 6.5% go to the community.");

        HttpResponse<String> watched =
                browser.submit(preview.body(), "/admin/rules/selling", better);
        assertThat(watched.uri().getPath()).startsWith("/intents/");
        await().atMost(LONG).until(() -> rules.current().tradingFee().value() == 650);
        assertThat(browser.get("/rules").body()).contains("6.5%");
    }

    @Test
    void keepsTwoGrantsFromOneFormApartFromOneGrantSentTwice() {
        Known admin = admin();
        Known member = joined("雙擊");
        Visitor browser = Visitor.browsing(port);
        browser.signIn(admin.email(), PASSWORD);
        String form = browser.get("/admin/points?to=" + member.member().id()).body();
        Map<String, String> fields =
                Map.of("to", member.member().id().toString(), "points", "7", "reason", "twice");

        browser.submit(form, "/admin/points", fields);
        browser.submit(form, "/admin/points", fields);

        await().atMost(LONG)
                .until(() ->
                        ledger.pointsOf(member.member().account())
                                .equals(WELCOME.plus(TokenAmount.ofUnits(700))));
        assertThat(ledger.grants(100))
                .filteredOn(grant -> grant.member().equals(member.member().id()))
                .hasSize(1);
        Visitor receiver = Visitor.browsing(port);
        receiver.signIn(member.email(), PASSWORD);
        assertPage(receiver, "/me/points", "Granted by the community", "twice");
    }

    private static HttpResponse<String> grant(Visitor program, String json, String key) {
        return program.call("POST", "/api/v1/points/grants", json, "Idempotency-Key", key);
    }

    private static void assertPage(Visitor browser, String path, String... texts) {
        HttpResponse<String> page = browser.get(path);
        assertThat(page.statusCode()).as(path + ": " + page.body()).isEqualTo(200);
        assertThat(page.body()).contains(texts).doesNotContain("??");
    }

    private boolean holds(Member member, TokenAmount amount) {
        try {
            transactions.executeWithoutResult(_ -> {
                ledger.require(member.account(), amount);
                intents.submit(later(member, amount));
            });
            return true;
        } catch (Refused refused) {
            assertThat(refused.code()).isEqualTo("points.insufficient");
            return false;
        }
    }

    /** Something on its way that spends nothing by itself. */
    private IntentRequest later(Member member, TokenAmount held) {
        String purpose = UUID.randomUUID().toString();
        return new IntentRequest(
                member.id(),
                "points.gift",
                purpose,
                new Call.Forward(
                        member.account(),
                        ContractKind.POINTS,
                        Bytes.parse(contracts.points().optOut(false).encodeFunctionCall())),
                null,
                IntentRequest.hashOf(purpose),
                clock.instant().plus(Duration.ofDays(1)),
                null,
                held);
    }

    private void tamper(Member member, String change) {
        jdbc.sql(
                        """
                        update derived.posting set amount = amount %s
                        where account = :account and asset_class = 'points' and canonical
                        """
                                .formatted(change))
                .param("account", member.account().bytes())
                .update();
    }

    private Known admin() {
        Known admin = joined("管理");
        members.appoint(admin.member().id(), Role.ADMIN);
        List<Intent> open = intents.open(admin.member().id());
        Intent operator =
                open.stream()
                        .filter(intent -> intent.kind().equals("rules.operator"))
                        .findFirst()
                        .orElseThrow();
        awaitFinal(operator);
        return admin;
    }

    private Known joined(String name) {
        String email = "m" + UUID.randomUUID() + "@example.org";
        return new Known(members.register(new Registration(name, email, PASSWORD)), email);
    }

    private static IdempotencyKey key() {
        return new IdempotencyKey(UUID.randomUUID().toString());
    }

    private void awaitFinal(Intent intent) {
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(intents.find(intent.id()).orElseThrow().state())
                                .isInstanceOf(IntentState.Final.class));
    }

    private static Refused refusal(Callable<?> command) {
        Refused refused = catchThrowableOfType(Refused.class, command::call);
        assertThat(refused).as("a refusal").isNotNull();
        return refused;
    }
}
