package atelier.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.chain.Contracts;
import atelier.chain.Intent;
import atelier.chain.IntentState;
import atelier.chain.Intents;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.identity.Registration;
import atelier.identity.Role;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.RecipeId;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.ledger.Ledger;
import atelier.rules.Operators;
import atelier.rules.Rules;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;

/** A small place that works: a teacher who runs it, a supplier, members with welcome points. */
final class School {

    static final String PASSWORD = "long enough to keep";

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Members members;
    private final Operators operators;
    private final Rules rules;
    private final Studio studio;
    private final Curator curator;
    private final Workshop workshop;
    private final Ledger ledger;
    private final Intents intents;
    private final Contracts contracts;

    School(
            Members members,
            Operators operators,
            Rules rules,
            Studio studio,
            Curator curator,
            Workshop workshop,
            Ledger ledger,
            Intents intents,
            Contracts contracts) {
        this.members = members;
        this.operators = operators;
        this.rules = rules;
        this.studio = studio;
        this.curator = curator;
        this.workshop = workshop;
        this.ledger = ledger;
        this.intents = intents;
        this.contracts = contracts;
    }

    /** Opens it in an application under test. */
    static School in(AutowireCapableBeanFactory application) {
        School school = application.createBean(School.class);
        school.awaitOpening();
        return school;
    }

    private void awaitOpening() {
        Awaitility.await().atMost(PATIENCE).until(contracts::deployed);
        Awaitility.await().atMost(PATIENCE).until(rules::known);
    }

    Member teacher() {
        return teacher(email());
    }

    Member teacher(String email) {
        Member teacher = join("Teacher", email);
        members.appoint(teacher.id(), Role.ADMIN);
        settle(operators.appoint(teacher.id(), teacher.account()));
        return teacher;
    }

    Member supplier(String name) {
        Member supplier = join(name, email());
        members.appoint(supplier.id(), Role.SUPPLIER);
        return supplier;
    }

    Member memberWithPoints(String name) {
        return memberWithPoints(name, email());
    }

    Member memberWithPoints(String name, String email) {
        Member member = join(name, email);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> ledger.pointsOf(member.account()).signum() > 0);
        return member;
    }

    private Member join(String name, String email) {
        return members.register(new Registration(name, email, PASSWORD));
    }

    static String email() {
        return UUID.randomUUID() + "@example.org";
    }

    SupplyId define(Member admin, NewSupply supply) {
        settle(curator.define(admin.id(), supply, key()));
        return workshop.supplies().stream()
                .filter(one -> one.name().equals(supply.name()))
                .map(SupplyView::id)
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    RecipeId propose(Member author, String title, long fee, List<NewRecipe.Input> inputs) {
        settle(
                studio.propose(
                        author.id(),
                        new NewRecipe(title, "How to.", TokenAmount.ofUnits(fee), inputs, null),
                        key()));
        return workshop.recipes().stream()
                .filter(one -> one.title().equals(title))
                .map(RecipeView::id)
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    RecipeId approved(Member admin, String title, long fee, List<NewRecipe.Input> inputs) {
        RecipeId id = propose(admin, title, fee, inputs);
        settle(curator.approve(admin.id(), id, key()));
        assertThat(workshop.recipe(id)).get().matches(RecipeView::approved);
        return id;
    }

    /** Waits until the chain has executed it. */
    void settle(Intent intent) {
        Awaitility.await().atMost(PATIENCE).until(() -> decided(intent));
        assertThat(state(intent))
                .isInstanceOfAny(IntentState.InBlock.class, IntentState.Final.class);
    }

    private boolean decided(Intent intent) {
        return !(state(intent) instanceof IntentState.Waiting
                || state(intent) instanceof IntentState.Sent);
    }

    private IntentState state(Intent intent) {
        return intents.find(intent.id()).orElseThrow().state();
    }

    static IdempotencyKey key() {
        return new IdempotencyKey(UUID.randomUUID().toString());
    }
}
