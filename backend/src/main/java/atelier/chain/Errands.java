package atelier.chain;

import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The door for what is sent for everybody: once for its subject, whoever asks, however often and in
 * however many processes. What came to nothing is sent again, each time after twice the pause; what
 * was executed never is. A chain that starts anew has errands of its own.
 */
@Component
public class Errands {

    /**
     * What is to be sent.
     *
     * @param kind the intent's
     * @param subject what it is for; with the kind it happens once
     * @param owner whose it is, or whose key signs it, if it is a member's
     * @param resultPath where it will be seen
     */
    public record Errand(
            String kind, String subject, @Nullable MemberId owner, String resultPath) {}

    private record Attempt(String subject, int number, IntentId intent) {}

    private static final Duration PATIENCE = Duration.ofDays(1);
    private static final Duration PAUSE = Duration.ofSeconds(20);
    private static final int MOST_DOUBLINGS = 12;

    private final JdbcClient jdbc;
    private final Intents intents;
    private final Clock clock;

    Errands(JdbcClient jdbc, Intents intents, Clock clock) {
        this.jdbc = jdbc;
        this.intents = intents;
        this.clock = clock;
    }

    /** The newest attempt, if there was any. */
    public Optional<Intent> find(String kind, String subject) {
        return Optional.ofNullable(findAll(kind, List.of(subject)).get(subject));
    }

    /** The newest attempt for each of several subjects; those without any are left out. */
    public Map<String, Intent> findAll(String kind, Collection<String> subjects) {
        Map<IntentId, String> newest = new HashMap<>();
        newest(kind, subjects).forEach(one -> newest.put(one.intent(), one.subject()));
        return intents.findAll(newest.keySet()).stream()
                .collect(
                        Collectors.toMap(
                                one -> Objects.requireNonNull(newest.get(one.id())),
                                Function.identity()));
    }

    /** Why the newest attempt failed, if it did. */
    public Optional<Refused> trouble(String kind, String subject) {
        return find(kind, subject)
                .map(Intent::state)
                .filter(IntentState.Failed.class::isInstance)
                .map(IntentState.Failed.class::cast)
                .map(IntentState.Failed::why);
    }

    /**
     * The attempt that is under way or done; a new one if there is none and it is time for it.
     * Another process that asks for the same waits for the caller's transaction.
     */
    @Transactional
    public Intent send(Errand errand, Supplier<Call> call) {
        lock(errand.kind() + ' ' + errand.subject());
        Optional<Attempt> last =
                newest(errand.kind(), List.of(errand.subject())).stream().findFirst();
        int tried = last.map(Attempt::number).orElse(0);
        return last.flatMap(attempt -> intents.find(attempt.intent()))
                .filter(intent -> !isDueAgain(intent, tried))
                .orElseGet(() -> submit(errand, tried + 1, call.get()));
    }

    private void lock(String name) {
        jdbc.sql("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(:name, 0))")
                .param("name", name)
                .query(Integer.class)
                .single();
    }

    private boolean isDueAgain(Intent intent, int tried) {
        return switch (intent.state()) {
            case IntentState.Failed _, IntentState.Lost _ ->
                    intent.created().plus(pauseAfter(tried)).isBefore(clock.instant());
            case IntentState.Waiting _,
                    IntentState.Sent _,
                    IntentState.InBlock _,
                    IntentState.Final _ ->
                    false;
        };
    }

    private static Duration pauseAfter(int tries) {
        return PAUSE.multipliedBy(1L << Math.min(tries - 1, MOST_DOUBLINGS));
    }

    private Intent submit(Errand errand, int number, Call call) {
        String subject = era() + "/" + errand.subject();
        Instant now = clock.instant();
        Intent intent =
                intents.submit(
                        new IntentRequest(
                                errand.owner(),
                                errand.kind(),
                                subject + "#" + number,
                                call,
                                null,
                                IntentRequest.hashOf(errand.kind(), subject, number),
                                now.plus(PATIENCE),
                                errand.resultPath()));
        jdbc.sql("INSERT INTO recorded.errand VALUES (:kind, :subject, :attempt, :intent)")
                .param("kind", errand.kind())
                .param("subject", subject)
                .param("attempt", number)
                .param("intent", intent.id().hash().bytes())
                .update();
        return intent;
    }

    /** The mirror's, not the newest: what is to be sent was seen in the mirror. */
    private int era() {
        return jdbc.sql("SELECT era FROM derived.cursor").query(Integer.class).single();
    }

    private List<Attempt> newest(String kind, Collection<String> subjects) {
        return jdbc.sql(
                        """
                        SELECT DISTINCT ON (wanted.subject) wanted.subject, e.attempt, e.intent
                        FROM derived.cursor c CROSS JOIN unnest(:subjects::text[]) wanted (subject)
                        JOIN recorded.errand e
                            ON e.kind = :kind AND e.subject = c.era || '/' || wanted.subject
                        ORDER BY wanted.subject, e.attempt DESC
                        """)
                .param("subjects", subjects.toArray(String[]::new))
                .param("kind", kind)
                .query((row, _) ->
                        new Attempt(
                                row.getString("subject"),
                                row.getInt("attempt"),
                                new IntentId(Hash32.of(row.getBytes("intent")))))
                .list();
    }
}
