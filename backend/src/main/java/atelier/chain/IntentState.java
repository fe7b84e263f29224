package atelier.chain;

import atelier.kernel.Hash32;
import atelier.kernel.Refused;
import java.util.List;

/**
 * How far an intent is. A reorg takes it from a block back to sent; nothing else goes backwards.
 */
public sealed interface IntentState {

    /** Recorded; nothing has been signed for it. */
    record Waiting() implements IntentState {}

    /** Signed and stored; the nodes may or may not have it. */
    record Sent(Hash32 tx) implements IntentState {}

    /** Executed in a block that a reorg may still take away. */
    record InBlock(Hash32 tx, long block) implements IntentState {}

    /** Executed in a block that lies as deep as the community trusts. */
    record Final(Hash32 tx, long block) implements IntentState {}

    /** Not executed and never will be; the code and its values say why. */
    record Failed(String code, List<Object> values) implements IntentState {

        /** As a refusal would say it. */
        public Refused why() {
            return Refused.conflict(code, values.toArray());
        }
    }

    /** Executed on a chain that no longer exists; never sent again by itself. */
    record Lost() implements IntentState {}

    /** Whether this state can still change by itself. */
    default boolean open() {
        return switch (this) {
            case Waiting _, Sent _, InBlock _ -> true;
            case Final _, Failed _, Lost _ -> false;
        };
    }
}
