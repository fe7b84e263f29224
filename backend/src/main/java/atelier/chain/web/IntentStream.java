package atelier.chain.web;

import atelier.chain.Intent;
import atelier.chain.IntentState;
import atelier.chain.Intents;
import atelier.chain.IntentsChanged;
import atelier.chain.MirrorAdvanced;
import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import atelier.kernel.Refused;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells browsers each step of what they watch, as it happens, until it is final or failed. One
 * thread reads all watched intents at once whenever some have changed. A stream that ends early is
 * opened again by the browser and begins with the state as it then is, so nothing is missed; the
 * number of streams is bounded.
 */
@Component
class IntentStream implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(IntentStream.class);
    private static final int MOST_WATCHERS = 2_000;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final long RECONNECT_MILLIS = 1_000;

    /** One step; {@code state} is the chip's class. */
    record Step(String state, String words, @Nullable Long block, @Nullable String tx) {}

    private final Intents intents;
    private final IntentWords words;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private final Semaphore changed = new Semaphore(0);
    private volatile boolean running;
    private volatile @Nullable Thread telling;

    IntentStream(Intents intents, IntentWords words) {
        this.intents = intents;
        this.words = words;
    }

    /**
     * Follows an intent for one browser.
     *
     * @throws Refused {@code intent.watchers} if too many are open
     */
    SseEmitter follow(Intent intent) {
        if (watchers.size() >= MOST_WATCHERS) {
            throw new Refused(Refused.Reason.TOO_MANY, "intent.watchers");
        }
        Watcher watcher = new Watcher(intent.id(), LocaleContextHolder.getLocale());
        watcher.emitter.onCompletion(() -> watchers.remove(watcher));
        watcher.emitter.onTimeout(watcher.emitter::complete);
        watcher.emitter.onError(_ -> watchers.remove(watcher));
        watchers.add(watcher);
        tell(watcher, intent.state());
        changed.release(); // it may have changed since the caller read it
        return watcher.emitter;
    }

    @EventListener
    void on(IntentsChanged event) {
        changed.release();
    }

    @EventListener
    void on(MirrorAdvanced event) {
        changed.release();
    }

    @Override
    public void start() {
        running = true;
        telling = Thread.ofVirtual().name("intent-stream").start(this::loop);
    }

    /** Before the web server waits for its requests, which these streams are. */
    @Override
    public void stop() {
        running = false;
        Thread thread = telling;
        if (thread != null) {
            thread.interrupt();
        }
        watchers.forEach(watcher -> watcher.emitter.complete());
        watchers.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void loop() {
        while (running) {
            try {
                boolean something = changed.tryAcquire(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
                changed.drainPermits();
                if (!something) {
                    watchers.forEach(watcher -> watcher.send(SseEmitter.event().comment("")));
                }
                tellAll();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.debug("Browsers are told later", e);
            }
        }
    }

    private void tellAll() {
        if (watchers.isEmpty()) {
            return;
        }
        List<Watcher> watching = List.copyOf(watchers);
        Map<IntentId, Intent> now =
                intents
                        .findAll(
                                watching.stream()
                                        .map(watcher -> watcher.intent)
                                        .distinct()
                                        .toList())
                        .stream()
                        .collect(Collectors.toMap(Intent::id, Function.identity()));
        for (Watcher watcher : watching) {
            Intent intent = now.get(watcher.intent);
            if (intent != null) {
                tell(watcher, intent.state());
            }
        }
    }

    private void tell(Watcher watcher, IntentState state) {
        watcher.tell(step(state, watcher.language), !state.open());
    }

    /** A state as a step, for the page that shows it first. */
    Step step(IntentState state) {
        return step(state, LocaleContextHolder.getLocale());
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

    /** One open stream and the last step it was told. */
    private static final class Watcher {

        private final IntentId intent;
        private final Locale language;
        private final SseEmitter emitter = new SseEmitter(LONGEST.toMillis());
        private @Nullable Step told;

        Watcher(IntentId intent, Locale language) {
            this.intent = intent;
            this.language = language;
        }

        synchronized void tell(Step step, boolean last) {
            if (!step.equals(told)) {
                told = step;
                send(
                        SseEmitter.event()
                                .reconnectTime(RECONNECT_MILLIS)
                                .data(step, MediaType.APPLICATION_JSON));
            }
            if (last) {
                emitter.complete();
            }
        }

        synchronized void send(SseEmitter.SseEventBuilder event) {
            try {
                emitter.send(event);
            } catch (IOException | IllegalStateException gone) {
                emitter.completeWithError(gone);
            }
        }
    }
}
