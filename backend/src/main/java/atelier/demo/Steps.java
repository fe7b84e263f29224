package atelier.demo;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does each named thing once, however often the seeding is started: the act and its mark commit
 * together.
 */
@Component
class Steps {

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Steps(JdbcClient database, TransactionTemplate transaction, Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** What the act answered, now or in an earlier start. */
    String once(String name, Supplier<String> act) {
        return outcome(name)
                .orElseGet(() ->
                        Objects.requireNonNull(transaction.execute(_ -> mark(name, act.get()))));
    }

    Optional<String> outcome(String name) {
        return database.sql("SELECT outcome FROM recorded.demo_step WHERE name = :name")
                .param("name", name)
                .query(String.class)
                .optional();
    }

    private String mark(String name, String outcome) {
        database.sql(
                        "INSERT INTO recorded.demo_step (name, outcome, done_at) VALUES (:name,"
                                + " :outcome, :now)")
                .param("name", name)
                .param("outcome", outcome)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        return outcome;
    }
}
