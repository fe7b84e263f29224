package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Nonces and the signed bytes that fill them. A slot is stored with its first attempt in one
 * transaction; until a receipt says otherwise it belongs to that call alone.
 */
interface Slots {

    /** A nonce of one of our keys on one life of the chain. */
    record Place(int era, Address key, long nonce) {}

    /** What a slot is for. */
    @SuppressWarnings("ArrayRecordComponent")
    record Payload(@Nullable Address target, byte[] data, BigInteger gasLimit) {}

    /** A transaction signed for a slot, on its way. */
    record Attempt(Place place, Hash32 hash, Fees fees, Instant created) {}

    /** An attempt with its signed bytes. */
    @SuppressWarnings("ArrayRecordComponent")
    record Signed(Attempt attempt, byte[] raw) {}

    /** The nonce after everything we know of, on the chain or on its way. */
    long nextNonce(int era, Address key, long countOnChain);

    /** Stores a new slot; the bytes may leave once the caller's transaction has committed. */
    void open(Signed attempt, Payload payload, long epoch);

    /** Stores the same call in the same slot for another fee. */
    void add(Signed attempt);

    /** What can still end up in a block, oldest nonce and attempt first. */
    List<Attempt> open(int era);

    /** The same for one key. */
    List<Attempt> open(int era, Address key);

    Payload payload(Place place);

    /** The signed bytes of an attempt. */
    byte[] raw(Attempt attempt);

    /** Says what a receipt said. */
    void mined(Place place, Hash32 tx, long block, boolean succeeded);

    /** Says that the nonce went to a transaction of somebody else, for good. */
    void gone(Place place);

    /** Slots mined in blocks up to this height are final. */
    void finish(int era, long height);

    /** A reorg took the blocks from this height on: what was mined there is on its way again. */
    void revert(int era, long from);

    /** Keeps what was promised and is not on record, for this database is a backup. */
    void forgot(int era, HighWater.Mark mark);

    /** What has been forgotten and is not accounted for yet, by key. */
    List<HighWater.Mark> forgotten(int era);

    /** All that this mark speaks of has been found, or is dead. */
    void accounted(int era, HighWater.Mark mark);
}
