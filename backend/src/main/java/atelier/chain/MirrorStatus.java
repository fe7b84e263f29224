package atelier.chain;

import atelier.kernel.Hash32;
import java.time.Instant;

/**
 * How far the mirror is.
 *
 * @param nodeHead height of the newest block the node has shown
 * @param height newest mirrored block, with its hash and time
 * @param finalHeight newest block that counts as final; -1 if there is none
 * @param caughtUp whether every block known at the start has been mirrored
 */
public record MirrorStatus(
        long chainId,
        long nodeHead,
        long height,
        Hash32 hash,
        Instant time,
        long finalHeight,
        boolean caughtUp) {

    /** Blocks that the node has and the mirror has not. */
    public long lag() {
        return Math.max(0, nodeHead - height);
    }
}
