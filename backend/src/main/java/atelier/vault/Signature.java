package atelier.vault;

import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import java.util.Arrays;

/**
 * An Ethereum signature of {@value #LENGTH} bytes: r, s in the lower half of the curve's order, and
 * v as 27 or 28.
 */
public final class Signature {

    /** Length in bytes. */
    public static final int LENGTH = 65;

    private final byte[] rsv;

    public Signature(byte[] rsv) {
        if (rsv.length != LENGTH) {
            throw new IllegalArgumentException("A signature has 65 bytes, not " + rsv.length);
        }
        this.rsv = rsv.clone();
    }

    /** A copy of the bytes. */
    public byte[] rsv() {
        return rsv.clone();
    }

    /** Whether an account's key gave this for a digest, as a contract recovers it. */
    public boolean isBy(Address account, Hash32 digest) {
        int id = recoveryId();
        return (id == 0 || id == 1)
                && SecretKey.signer(this, digest).filter(account::equals).isPresent();
    }

    /** Which of the keys that this could be of: 0 or 1. */
    int recoveryId() {
        return rsv[LENGTH - 1] - 27;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Signature that && Arrays.equals(rsv, that.rsv);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(rsv);
    }

    /** Lower-case hexadecimal with {@code 0x}. */
    @Override
    public String toString() {
        return Bytes.hex(rsv);
    }
}
