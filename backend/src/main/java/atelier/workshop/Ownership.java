package atelier.workshop;

import atelier.kernel.Hash32;
import java.time.Instant;

/**
 * One stretch of a work's provenance: who has, or had, it from when on.
 *
 * @param nonce how many transfers came before: 0 is the making
 */
public record Ownership(Party owner, long nonce, long block, Hash32 tx, Instant since) {

    /** Whether it began with the work's making. */
    public boolean made() {
        return nonce == 0;
    }
}
