package atelier.governance;

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
import atelier.rules.Rule;
import atelier.rules.Rules;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;

/** People with seats and one who runs the place, made through the doors, on a real chain. */
final class Chamber {

    static final String PASSWORD = "correct horse battery";

    static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Members members;
    private final Intents intents;
    private final Contracts contracts;
    private final Rules rules;
    private final Seats seats;

    Chamber(Members members, Intents intents, Contracts contracts, Rules rules, Seats seats) {
        this.members = members;
        this.intents = intents;
        this.contracts = contracts;
        this.rules = rules;
        this.seats = seats;
    }

    /** In an application that runs, once its rules are read. */
    static Chamber in(AutowireCapableBeanFactory application) {
        Chamber chamber = application.createBean(Chamber.class);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> chamber.contracts.deployed() && chamber.rules.known());
        return chamber;
    }

    /** A new member; the seat comes by itself. */
    Member join(String email) {
        return members.register(new Registration("Mina", email, PASSWORD));
    }

    /** A new member in their seat. */
    Member seated() {
        Member member = join(email());
        Awaitility.await().atMost(PATIENCE).until(() -> seats.of(member.account()).isPresent());
        return member;
    }

    /** A new member who runs the place. */
    Member operator() {
        return operator(email());
    }

    Member operator(String email) {
        Member member = join(email);
        members.appoint(member.id(), Role.ADMIN);
        intents.open(member.id()).forEach(this::done);
        return member;
    }

    static String email() {
        return UUID.randomUUID() + "@example.org";
    }

    /** Another number for a rule, and what comes of it. */
    Intent set(Member operator, Rule rule, long value) {
        return rules.set(
                operator.id(), operator.account(), Map.of(rule, BigInteger.valueOf(value)), key());
    }

    static IdempotencyKey key() {
        return new IdempotencyKey(UUID.randomUUID().toString());
    }

    void done(Intent intent) {
        done(intent.id());
    }

    void done(IntentId id) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() ->
                        switch (intents.find(id).orElseThrow().state()) {
                            case IntentState.Waiting _, IntentState.Sent _ -> false;
                            case IntentState.InBlock _, IntentState.Final _ -> true;
                            case IntentState.Failed(var code, var values) ->
                                    throw new AssertionError(code + " " + values);
                            case IntentState.Lost _ -> throw new AssertionError("lost");
                        });
    }
}
