package atelier.demo;

import atelier.chain.Intent;
import atelier.chain.IntentState;
import atelier.chain.Intents;
import atelier.chain.MirrorAdvanced;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Waits until intents are in a block, looking again whenever the mirror has moved. */
@Component
class Patience {

    /** The mirror may have moved just before the look, so look again even if it stands still. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final Intents intents;
    private final Semaphore moved = new Semaphore(0);

    Patience(Intents intents) {
        this.intents = intents;
    }

    @EventListener
    void follow(MirrorAdvanced advanced) {
        moved.release();
    }

    /**
     * Waits for all of them.
     *
     * @throws SeedingStopped if one failed
     */
    void await(Collection<IntentId> wanted) throws InterruptedException {
        for (IntentId id : wanted) {
            while (!executed(intents.find(id).orElseThrow())) {
                pause();
            }
        }
    }

    /** Waits until something holds that the mirror brings. */
    void until(BooleanSupplier holds) throws InterruptedException {
        while (!holds.getAsBoolean()) {
            pause();
        }
    }

    /** Waits for everything that a member has under way. */
    void await(MemberId owner) throws InterruptedException {
        await(intents.open(owner).stream().map(Intent::id).toList());
    }

    private static boolean executed(Intent intent) {
        return switch (intent.state()) {
            case IntentState.Waiting _, IntentState.Sent _ -> false;
            case IntentState.InBlock _, IntentState.Final _ -> true;
            case IntentState.Failed(String code, var values) ->
                    throw new SeedingStopped(intent.kind() + " failed: " + code + " " + values);
            case IntentState.Lost _ ->
                    throw new SeedingStopped(intent.kind() + " was lost with its chain");
        };
    }

    private void pause() throws InterruptedException {
        if (moved.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
            moved.drainPermits();
        }
    }
}
