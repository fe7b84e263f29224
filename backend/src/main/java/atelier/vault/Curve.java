package atelier.vault;

/** The two operations of secp256k1 that a key needs. Both implementations give the same bytes. */
interface Curve {

    /** The public key of a 32-byte secret: x and y, 64 bytes. */
    byte[] publicKey(byte[] secret);

    /**
     * Signs a 32-byte digest as it is, deterministically (RFC 6979), with the lower of the two s.
     */
    Signature sign(byte[] secret, byte[] digest);
}
