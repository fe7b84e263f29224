package atelier.chain;

import atelier.kernel.Hash32;
import java.time.Instant;
import java.util.Optional;

/** The lives of the chain that this database has known. */
interface EraTable {

    Optional<Era> latest();

    /**
     * Nothing is written for a chain that has started again.
     *
     * @throws Reader.ChainRestarted if a later era has begun
     */
    default void require(int era) {
        if (latest().filter(latest -> latest.number() == era).isEmpty()) {
            throw new Reader.ChainRestarted();
        }
    }

    /** A transaction of ours that was mined in this era, if one was. */
    Optional<Hash32> anyMined(int era);

    /**
     * Begins an era unless another process did, after a sender that is still in the one before has
     * ended its transaction: what was sent in that one is lost with it.
     */
    void begin(Era era, Instant now);

    /** Adds block 1 to an era that began before there was one. */
    void complete(int era, Hash32 firstBlock);
}
