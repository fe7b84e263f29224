package atelier.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import atelier.chain.Contracts;
import atelier.chain.Intent;
import atelier.chain.Intents;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.identity.Registration;
import atelier.identity.Role;
import atelier.testing.AtelierTest;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Roles here and on the chain, whoever gives and takes them. */
@AtelierTest
class AppointmentTests {

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final BigInteger OPERATOR = BigInteger.ONE;

    @Autowired Contracts contracts;
    @Autowired Members members;
    @Autowired Intents intents;
    @Autowired TransactionTemplate transactions;

    private Member member;

    @BeforeEach
    void join() {
        await().atMost(LONG).until(contracts::deployed);
        member = somebody();
    }

    private Member somebody() {
        return members.register(
                new Registration("管理", UUID.randomUUID() + "@example.org", "a long password"));
    }

    @Test
    void givesAndTakesTheOperatorsRoleWithTheAdmins() throws Exception {
        members.appoint(member.id(), Role.ADMIN);
        awaitDone("rules.operator");
        assertThat(isOperator()).isTrue();

        members.dismiss(member.id(), Role.ADMIN);
        awaitDone("rules.operator-dismissed");
        assertThat(isOperator()).isFalse();
    }

    @Test
    void sendsNothingForARoleThatNobodyHad() {
        members.dismiss(member.id(), Role.ADMIN);
        members.appoint(member.id(), Role.SUPPLIER);
        members.dismiss(member.id(), Role.SUPPLIER);

        assertThat(open("rules.operator-dismissed")).isEmpty();
    }

    @Test
    void sendsNothingForADismissalThatIsTakenBack() {
        members.appoint(member.id(), Role.ADMIN);

        transactions.executeWithoutResult(transaction -> {
            members.dismiss(member.id(), Role.ADMIN);
            assertThat(open("rules.operator-dismissed")).hasSize(1);
            transaction.setRollbackOnly();
        });

        assertThat(open("rules.operator-dismissed")).isEmpty();
        assertThat(members.find(member.id()).orElseThrow().roles()).contains(Role.ADMIN);
    }

    @Test
    void knowsWhoHasHadARoleForLongest() {
        Member first = members.first(Role.AUDITOR).orElse(member);
        members.appoint(member.id(), Role.AUDITOR);
        members.appoint(somebody().id(), Role.AUDITOR);
        assertThat(members.first(Role.AUDITOR)).map(Member::id).contains(first.id());

        members.dismiss(first.id(), Role.AUDITOR);
        assertThat(members.first(Role.AUDITOR))
                .map(Member::id)
                .isPresent()
                .isNotEqualTo(Optional.of(first.id()));
        members.appoint(first.id(), Role.AUDITOR);
    }

    private void awaitDone(String kind) {
        Intent intent = open(kind).getFirst();
        await().atMost(LONG).until(() -> !intents.find(intent.id()).orElseThrow().state().open());
    }

    private List<Intent> open(String kind) {
        return intents.open(member.id()).stream()
                .filter(intent -> intent.kind().equals(kind))
                .toList();
    }

    private boolean isOperator() throws Exception {
        return contracts
                .accessManager()
                .hasRole(OPERATOR, member.account().toString())
                .send()
                .component1();
    }
}
