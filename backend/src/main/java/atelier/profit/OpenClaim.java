package atelier.profit;

import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.kernel.TokenAmount;
import java.time.Instant;

/**
 * What of an account's shares has not arrived, and how it does at once.
 *
 * @param since the epoch of the first share that is open
 * @param until when that epoch ended
 * @param missed whether a statement came and went unpaid, so that pushing neighbours leaves this
 *     account out
 * @param contract where the call goes
 * @param call what anybody may send to have all of it paid to the account
 */
@SuppressWarnings("ArrayRecordComponent")
public record OpenClaim(
        TokenAmount due, long since, Instant until, boolean missed, Address contract, byte[] call) {

    /** The call in hexadecimal. */
    public String hex() {
        return Bytes.hex(call);
    }
}
