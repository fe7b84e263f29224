package atelier.governance;

import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls that were decided on and wait in the timelock, or did.
 *
 * @param block where it was scheduled
 * @param by the operator who proposed it; null for what was voted
 * @param ended when it was carried out or cancelled; null while it waits
 */
public record Operation(
        Hash32 id,
        long block,
        Hash32 predecessor,
        Hash32 salt,
        List<Step> steps,
        @Nullable Address by,
        Instant scheduled,
        Instant ready,
        State state,
        @Nullable Instant ended) {

    /** How far it is. */
    public enum State {
        WAITING,
        EXECUTED,
        CANCELLED
    }

    /** One of its calls. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    public record Step(Address target, BigInteger value, byte[] data) {

        /** The calldata in hexadecimal. */
        public String hex() {
            return Bytes.hex(data);
        }
    }

    public Operation {
        steps = List.copyOf(steps);
    }
}
