package atelier.chain.web;

import atelier.chain.Intent;
import atelier.chain.IntentState;
import atelier.chain.Intents;
import atelier.chain.MirrorAdvanced;
import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import atelier.kernel.Refused;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.MediaType;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells browsers each step of what they watch, as it happens, until it is final or failed. A stream
 * that ends early is opened again by the browser and begins with the state as it then is.
 */
@Component
class IntentStream {

    private static final int MOST_WATCHERS = 2_000;
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** One step; {@code state} is the chip's class. */
    record Step(String state, String words, @Nullable Long block, @Nullable String tx) {}

    /** One open stream and the last step it was told. */
    private static final class Watcher {
        final IntentId intent;
        final Locale language;
        final SseEmitter emitter = new SseEmitter(LONGEST.toMillis());
        @Nullable Step told;

        Watcher(IntentId intent, Locale language) {
            this.intent = intent;
            this.language = language;
        }
    }

    private final Intents intents;
    private final IntentWords words;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();

    IntentStream(Intents intents, IntentWords words) {
        this.intents = intents;
        this.words = words;
    }

    SseEmitter follow(Intent intent) {
        if (watchers.size() >= MOST_WATCHERS) {
            throw new Refused(Refused.Reason.TOO_MANY, "intent.watchers");
        }
        Watcher watcher = new Watcher(intent.id(), LocaleContextHolder.getLocale());
        watcher.emitter.onCompletion(() -> watchers.remove(watcher));
        watcher.emitter.onTimeout(watcher.emitter::complete);
        watchers.add(watcher);
        tell(watcher);
        return watcher.emitter;
    }

    @EventListener
    void follow(MirrorAdvanced advanced) {
        watchers.forEach(this::tell);
    }

    /** Steps without a block, such as a refusal before anything is sent. */
    @Scheduled(fixedDelayString = "PT0.5S")
    void lookAgain() {
        watchers.forEach(this::tell);
    }

    @EventListener
    void end(ContextClosedEvent closing) {
        watchers.forEach(watcher -> watcher.emitter.complete());
    }

    private void tell(Watcher watcher) {
        synchronized (watcher) {
            intents.find(watcher.intent).ifPresent(intent -> tell(watcher, intent.state()));
        }
    }

    private void tell(Watcher watcher, IntentState state) {
        Step step = step(state, watcher.language);
        if (step.equals(watcher.told)) {
            return;
        }
        watcher.told = step;
        try {
            watcher.emitter.send(SseEmitter.event().data(step, MediaType.APPLICATION_JSON));
            if (!state.open()) {
                watcher.emitter.complete();
            }
        } catch (IOException | IllegalStateException gone) {
            watchers.remove(watcher);
        }
    }

    private Step step(IntentState state, Locale language) {
        String tone = words.tone(state);
        String said = words.words(state, language);
        return switch (state) {
            case IntentState.Sent(Hash32 tx) -> new Step(tone, said, null, tx.toString());
            case IntentState.InBlock(Hash32 tx, long block) ->
                    new Step(tone, said, block, tx.toString());
            case IntentState.Final(Hash32 tx, long block) ->
                    new Step(tone, said, block, tx.toString());
            case IntentState.Waiting _, IntentState.Failed _, IntentState.Lost _ ->
                    new Step(tone, said, null, null);
        };
    }
}
