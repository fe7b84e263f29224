package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Moves intents from state to state. Every step names the state it starts from, so that a step
 * taken twice, or by a process that came too late, changes nothing.
 */
interface IntentStore {

    /**
     * An intent in no slot.
     *
     * @param earlier what was signed for it before, if anything was
     */
    record Waiting(
            IntentId id,
            long number,
            @Nullable MemberId owner,
            Call call,
            Instant deadline,
            @Nullable Signature earlier) {

        /** The member whose key signs. */
        MemberId signer() {
            if (owner == null) {
                throw new IllegalStateException("Nobody signs " + id);
            }
            return owner;
        }
    }

    /**
     * A request signed for a nonce at the forwarder; whoever has seen it can bring it until then.
     */
    record Signature(long nonce, Instant until) {}

    /**
     * What we know of a signer's nonces at the forwarder; -1 for none.
     *
     * @param lowest in transactions that are in no block we hold
     * @param highest in those
     * @param taken the highest that a block we hold used up
     */
    record Nonces(long lowest, long highest, long taken) {

        static final Nonces NONE = new Nonces(-1, -1, -1);

        /** What two say, each of whom may know nothing of a part. */
        Nonces and(Nonces other) {
            return new Nonces(
                    Math.max(lowest, other.lowest),
                    Math.max(highest, other.highest),
                    Math.max(taken, other.taken));
        }
    }

    /**
     * A signature for an intent that is in no such transaction: passed over, waiting again or given
     * up.
     */
    record Stranded(IntentId id, Address signer, Signature signature) {}

    /**
     * What is signed for some signers.
     *
     * @param nonces what theirs are used for; who is not named has none in a transaction or a block
     * @param stranded what others may still bring: nothing but its own intent may be signed for
     *     such a nonce, and that intent for no other, until a final block has used the nonce up or
     *     is later than the signature's end
     */
    record Signatures(Map<Address, Nonces> nonces, List<Stranded> stranded) {}

    /** An intent about to ride; what is not forwarded has no nonce at the forwarder. */
    record Packed(IntentId id, @Nullable Long forwardNonce) {}

    /** A forward request as the forwarder's log names it. */
    record Request(Address signer, BigInteger nonce) {}

    /** An intent in a slot; what is not forwarded has no request. */
    record Rider(IntentId id, @Nullable Request request) {}

    /**
     * The intents that one of several relayers takes: all of a member's, so that they leave in
     * order.
     */
    record Share(int number, int of) {

        static final Share ALL = new Share(0, 1);

        boolean holds(Call call) {
            return of == 1
                    || switch (call) {
                        case Call.Forward forward -> holds(forward.signer());
                        case Call.Issue issue -> holds(issue.to());
                        case Call.Direct _ -> false;
                    };
        }

        private boolean holds(Address member) {
            return Byte.toUnsignedInt(member.bytes()[Address.LENGTH - 1]) % of == number;
        }
    }

    /** The kind of call that has waited longest, of those this key makes, in its share. */
    List<Waiting> oldest(List<String> calls, Share share, int limit);

    /** The number of the oldest intent that is waiting or on its way; the highest if none is. */
    long firstOpen();

    /** What is signed for these signers, in this era where a nonce is used up, at one moment. */
    Signatures signatures(int era, Collection<Address> signers);

    /** Whether anything is waiting or in a block that is not final. */
    boolean anyOpen();

    Call call(IntentId id);

    /** Intents in a slot of which no outcome is known. */
    List<Rider> riders(Slots.Place place);

    /**
     * Gives up on what nobody wants any more; how many those were.
     *
     * @param settled a final block's time: what was signed for longer may still be executed
     */
    int expire(Instant now, Instant settled);

    /** Ends an intent that would revert; nothing that is signed for it is worth anything. */
    void refuse(IntentId id, Refused why);

    /**
     * Puts intents into a slot, in this order.
     *
     * @param until the end of what was signed for them, if anything was
     * @throws IllegalStateException if one is not waiting any more
     */
    void pack(Slots.Place place, List<Packed> intents, @Nullable Instant until);

    void executed(List<IntentId> ids, Hash32 tx, long block);

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
