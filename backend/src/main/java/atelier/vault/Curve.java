package atelier.vault;

import org.jspecify.annotations.Nullable;

/**
 * The operations of secp256k1 that keys and signatures need. Both implementations give the same
 * bytes.
 */
interface Curve {

    /** The public key of a 32-byte secret: x and y, 64 bytes. */
    byte[] publicKey(byte[] secret);

    /**
     * Signs a 32-byte digest as it is, deterministically (RFC 6979), with the lower of the two s.
     */
    Signature sign(byte[] secret, byte[] digest);

    /** The public key whose signature of a 32-byte digest this is; null if it is no key's. */
    byte @Nullable [] recover(Signature signature, byte[] digest);
}
