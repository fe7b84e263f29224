package atelier.governance;

import atelier.chain.Intent;
import atelier.identity.Member;
import atelier.rules.Rule;
import atelier.rules.Rules;
import atelier.testing.Founder;
import java.math.BigInteger;
import java.util.Map;
import org.awaitility.Awaitility;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;

/** People with seats and one who runs the place. */
public final class Chamber extends Founder {

    private final Rules rules;
    private final Seats seats;

    Chamber(Rules rules, Seats seats) {
        this.rules = rules;
        this.seats = seats;
    }

    /** In an application that runs, once its rules are read. */
    public static Chamber in(AutowireCapableBeanFactory application) {
        return in(application, Chamber.class);
    }

    /** A new member; the seat comes by itself. */
    Member join(String email) {
        return join("Mina", email);
    }

    /** A new member in their seat. */
    Member seated() {
        return seated("Mina", email());
    }

    public Member seated(String name, String email) {
        Member member = join(name, email);
        Awaitility.await().atMost(PATIENCE).until(() -> seats.of(member.account()).isPresent());
        return member;
    }

    /** A new member who runs the place. */
    public Member operator() {
        return operator(email());
    }

    Member operator(String email) {
        return admin("Mina", email);
    }

    /** Another number for a rule, and what comes of it. */
    public Intent set(Member operator, Rule rule, long value) {
        return rules.set(
                operator.id(), operator.account(), Map.of(rule, BigInteger.valueOf(value)), key());
    }
}
