package atelier.chain;

import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells sender and reader that there is something to do: in this process by their bells, in others
 * by NOTIFY, both only once the transaction has committed; and which of the two goes first.
 */
@Component
class Wakeups {

    /** NOTIFY channel for intents that were submitted or changed. */
    static final String INTENTS = "atelier_intents";

    /** NOTIFY channel for blocks that were mirrored. */
    static final String BLOCKS = "atelier_blocks";

    private final Notices notices;
    private final Bell sender = new Bell();
    private final Bell reader = new Bell();
    private final Precedence newestBlock = new Precedence();
    private final AtomicBoolean submitted = new AtomicBoolean();

    Wakeups(Notices notices) {
        this.notices = notices;
    }

    Bell sender() {
        return sender;
    }

    Bell reader() {
        return reader;
    }

    /** Whoever writes down the newest block goes first here; whoever sends gives way. */
    Precedence newestBlock() {
        return newestBlock;
    }

    /**
     * Wakes the sender of this process. Not by NOTIFY: it makes transactions commit one after
     * another, and most often the sender is ours.
     */
    void intentSubmitted() {
        afterCommit(() -> {
            submitted.set(true);
            sender.ring();
        });
    }

    /** Called where another process sends: tells it once of all that was submitted here. */
    void passOn() {
        if (submitted.getAndSet(false)) {
            notify(INTENTS, "");
        }
    }

    /** Tells whoever watches intents that some have changed. */
    void intentsChanged() {
        notify(INTENTS, "");
    }

    void notify(String channel, String payload) {
        notices.send(channel, payload);
    }

    static void afterCommit(Runnable action) {
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        action.run();
                    }
                });
    }
}
