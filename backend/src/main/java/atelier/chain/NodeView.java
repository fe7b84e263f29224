package atelier.chain;

import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What this process last saw of the node, for health and for how far the mirror is behind. */
@Component
class NodeView {

    /** The trouble of who cannot write down what the node says. */
    static final String DATABASE = "The database does not answer";

    private static final long UNKNOWN = -1;

    private final Clock clock;
    private volatile long chainId = UNKNOWN;
    private volatile long headAtStart = UNKNOWN;
    private volatile long head = UNKNOWN;
    private volatile @Nullable Instant answered;
    private volatile @Nullable String trouble = "The node has not been asked yet";

    NodeView(Clock clock) {
        this.clock = clock;
    }

    void chain(long id) {
        chainId = id;
    }

    void saw(long newHead) {
        if (headAtStart == UNKNOWN) {
            headAtStart = newHead;
        }
        head = newHead;
        answered = clock.instant();
    }

    /** The whole of a round went well. */
    void fine() {
        trouble = null;
    }

    void failed(String message) {
        trouble = message;
    }

    long chainId() {
        return chainId;
    }

    long head() {
        return head;
    }

    @Nullable Instant answered() {
        return answered;
    }

    @Nullable String trouble() {
        return trouble;
    }

    /** Whether it is not the node that is in trouble: asking the database would only be slow. */
    boolean databaseIsAway() {
        return DATABASE.equals(trouble);
    }

    /** Whether the mirror holds what the node had when this process first saw it. */
    boolean caughtUp(long height) {
        return headAtStart != UNKNOWN && height >= Math.min(headAtStart, head);
    }
}
