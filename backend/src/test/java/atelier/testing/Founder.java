package atelier.testing;

import atelier.chain.Contracts;
import atelier.chain.Intent;
import atelier.chain.IntentState;
import atelier.chain.Intents;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.identity.Registration;
import atelier.identity.Role;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.IntentId;
import atelier.ledger.Ledger;
import atelier.rules.Rules;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;

/**
 * Founds a community for a test, through the doors of an application that runs on a real chain:
 * members, those who run the place, and what they do seen to its end. What a module needs besides,
 * its own founder adds.
 */
public abstract class Founder {

    /** Everyone's. */
    public static final String PASSWORD = "correct horse battery";

    public static final Duration PATIENCE = Duration.ofMinutes(4);

    @Autowired private Members members;
    @Autowired private Ledger ledger;
    @Autowired private Rules rules;
    @Autowired private Intents intents;
    @Autowired private Contracts contracts;

    /** One in an application, once it knows its rules. */
    protected static <F extends Founder> F in(
            AutowireCapableBeanFactory application, Class<F> kind) {
        F founder = application.createBean(kind);
        Founder any = founder;
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> any.contracts.deployed() && any.rules.known());
        return founder;
    }

    public static String email() {
        return UUID.randomUUID() + "@example.org";
    }

    public static IdempotencyKey key() {
        return new IdempotencyKey(UUID.randomUUID().toString());
    }

    /** A new member. */
    public final Member join(String name, String email) {
        return members.register(new Registration(name, email, PASSWORD));
    }

    /** A new member, welcomed. */
    public final Member memberWithPoints(String name, String email) {
        Member member = join(name, email);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> ledger.pointsOf(member.account()).signum() > 0);
        return member;
    }

    public final Member memberWithPoints(String name) {
        return memberWithPoints(name, email());
    }

    /** A new member who runs the place, here and on the chain. */
    public final Member admin(String name, String email) {
        Member admin = join(name, email);
        members.appoint(admin.id(), Role.ADMIN);
        intents.open(admin.id()).forEach(this::done);
        return admin;
    }

    public final Member supplier(String name, String email) {
        Member supplier = join(name, email);
        members.appoint(supplier.id(), Role.SUPPLIER);
        return supplier;
    }

    public final Member supplier(String name) {
        return supplier(name, email());
    }

    public final void done(Intent intent) {
        done(intent.id());
    }

    /** Waits until the chain has executed it. */
    public final void done(IntentId intent) {
        IntentState state = outcome(intent);
        if (!(state instanceof IntentState.InBlock || state instanceof IntentState.Final)) {
            throw new AssertionError("It ended as " + state);
        }
    }

    /** Waits until it is in a block or has failed. */
    public final IntentState outcome(IntentId intent) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> intents.find(intent).orElseThrow().state(),
                        state ->
                                !(state instanceof IntentState.Waiting
                                        || state instanceof IntentState.Sent));
    }
}
