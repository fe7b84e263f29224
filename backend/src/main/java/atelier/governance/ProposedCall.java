package atelier.governance;

import atelier.kernel.Address;
import atelier.kernel.Bytes;

/** One call that a proposal has the timelock make. Its bytes are handed on, never compared. */
@SuppressWarnings("ArrayRecordComponent")
public record ProposedCall(Address target, byte[] data) {

    /** The call data in hexadecimal. */
    public String hex() {
        return Bytes.hex(data);
    }
}
