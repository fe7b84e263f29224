package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Moves intents from state to state. Every step names the state it starts from, so that a step
 * taken twice, or by a process that came too late, changes nothing.
 */
interface IntentStore {

    /** An intent that nothing has been signed for. */
    record Waiting(
            IntentId id, long number, @Nullable MemberId owner, Call call, Instant deadline) {

        /** The member whose key signs. */
        MemberId signer() {
            if (owner == null) {
                throw new IllegalStateException("Nobody signs " + id);
            }
            return owner;
        }
    }

    /** A forward request as the forwarder's log names it. */
    record Request(Address signer, BigInteger nonce) {}

    /** An intent in a slot; what is not forwarded has no request. */
    record Rider(IntentId id, @Nullable Request request) {}

    /** The kind of call that has waited longest, of those this key makes. */
    List<Waiting> oldest(List<String> calls, int limit);

    /** Whether nothing submitted before this intent is still waiting or on its way. */
    boolean first(Waiting intent);

    /** Members' accounts with a request in a transaction that is in no block we hold. */
    Set<Address> signersOnTheirWay();

    /** Whether anything is waiting or in a block that is not final. */
    boolean anyOpen();

    Call call(IntentId id);

    /** Intents in a slot of which no outcome is known. */
    List<Rider> riders(Slots.Place place);

    /** Gives up on what nobody wants any more; how many those were. */
    int expire(Instant now);

    /** Ends an intent that would revert; nothing has been signed for it. */
    void refuse(IntentId id, Refused why);

    /**
     * Puts an intent into a slot.
     *
     * @throws IllegalStateException if it is not waiting any more
     */
    void pack(IntentId id, Slots.Place place, int position, @Nullable BigInteger forwardNonce);

    void executed(IntentId id, Hash32 tx, long block);

    void failed(IntentId id, Hash32 tx, long block, Refused why);

    /** Takes intents out of a slot whose nonce went elsewhere for good. */
    void release(Slots.Place place);

    /**
     * Blocks up to this height are final: so is what was executed there. What was signed into a
     * final transaction and not executed waits again, until it has been tried this often.
     */
    void finish(int era, long height, int tries);

    /**
     * A reorg took the blocks from this height on: what was found there is on its way again, or
     * waits if nothing of ours is.
     */
    void revert(int era, long from);
}
