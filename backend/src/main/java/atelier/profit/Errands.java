package atelier.profit;

import atelier.chain.Call;
import atelier.chain.Intent;
import atelier.chain.IntentRequest;
import atelier.chain.IntentState;
import atelier.chain.Intents;
import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is sent for everybody: once for its subject, whoever asks and however often. What came to
 * nothing is sent again, each time after twice the pause. A chain that starts anew has errands of
 * its own.
 */
@Component
class Errands {

    private static final Duration PATIENCE = Duration.ofDays(1);
    private static final Duration PAUSE = Duration.ofSeconds(20);
    private static final int MOST_DOUBLINGS = 12;

    /**
     * What is to be sent.
     *
     * @param kind the intent's
     * @param subject what it is for; with the kind it happens once
     * @param owner whose key signs it, if it is a member's
     * @param resultPath where it will be seen
     */
    record Errand(String kind, String subject, @Nullable MemberId owner, String resultPath) {}

    private record Attempt(int number, Intent intent) {}

    private final JdbcClient jdbc;
    private final Intents intents;
    private final Clock clock;

    Errands(JdbcClient jdbc, Intents intents, Clock clock) {
        this.jdbc = jdbc;
        this.intents = intents;
        this.clock = clock;
    }

    /** The newest attempt, if there was any. */
    Optional<Intent> find(String kind, String subject) {
        return last(kind, onThisChain(subject)).map(Attempt::intent);
    }

    /** The attempt that is under way or done; a new one if there is none and it is time for it. */
    @Transactional
    public Intent send(Errand errand, Supplier<Call> call) {
        String subject = onThisChain(errand.subject());
        lock(errand.kind() + ' ' + subject);
        Optional<Attempt> last = last(errand.kind(), subject);
        int next = last.map(Attempt::number).orElse(0) + 1;
        return last.filter(attempt -> !isDue(attempt))
                .map(Attempt::intent)
                .orElseGet(() -> submit(errand, subject, next, call.get()));
    }

    private void lock(String name) {
        jdbc.sql("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(:name, 0))")
                .param("name", name)
                .query(Integer.class)
                .single();
    }

    private String onThisChain(String subject) {
        return jdbc.sql("SELECT era FROM derived.cursor").query(Integer.class).single()
                + "/"
                + subject;
    }

    private boolean isDue(Attempt last) {
        return switch (last.intent().state()) {
            case IntentState.Failed _, IntentState.Lost _ ->
                    last.intent().created().plus(pause(last.number())).isBefore(clock.instant());
            case IntentState.Waiting _,
                    IntentState.Sent _,
                    IntentState.InBlock _,
                    IntentState.Final _ ->
                    false;
        };
    }

    private static Duration pause(int attempts) {
        return PAUSE.multipliedBy(1L << Math.min(attempts - 1, MOST_DOUBLINGS));
    }

    private Intent submit(Errand errand, String subject, int number, Call call) {
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

    private Optional<Attempt> last(String kind, String subject) {
        return jdbc.sql(
                        """
                        SELECT attempt, intent FROM recorded.errand
                        WHERE kind = :kind AND subject = :subject ORDER BY attempt DESC LIMIT 1
                        """)
                .param("kind", kind)
                .param("subject", subject)
                .query((row, _) ->
                        new Attempt(
                                row.getInt("attempt"),
                                intents.find(new IntentId(Hash32.of(row.getBytes("intent"))))
                                        .orElseThrow()))
                .optional();
    }
}
