package atelier.ledger;

import java.math.BigInteger;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The points in circulation by their contract's own count, for pages: asked once a block, however
 * many are looking, and never waited for longer than a reader would like.
 */
@Component
class PointsOnChain {

    private static final Duration LONGEST = Duration.ofMillis(500);

    private final ContractBalances contracts;
    private @Nullable Question latest;

    private record Question(long block, CompletableFuture<@Nullable BigInteger> answer) {

        /** Asking again is of use for a newer block, or where the chain did not say. */
        boolean serves(long wanted) {
            return !answer.isDone() || (block == wanted && answer.getNow(null) != null);
        }
    }

    PointsOnChain(ContractBalances contracts) {
        this.contracts = contracts;
    }

    /** The count at a block, or null if the chain does not say so at once. */
    @Nullable BigInteger at(long block) {
        Question question = question(block);
        return question.block() == block ? patiently(question.answer()) : null;
    }

    /** One question at a time: a silent node must not gather a crowd. */
    private synchronized Question question(long block) {
        Question now = latest;
        if (now == null || !now.serves(block)) {
            now = new Question(block, ask(block));
            latest = now;
        }
        return now;
    }

    private CompletableFuture<@Nullable BigInteger> ask(long block) {
        return CompletableFuture.<@Nullable BigInteger>supplyAsync(
                        () -> contracts.totalPoints(block), Thread::startVirtualThread)
                .exceptionally(_ -> null);
    }

    private static @Nullable BigInteger patiently(CompletableFuture<@Nullable BigInteger> answer) {
        try {
            return answer.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
