package atelier.vault;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.web3j.crypto.Sign;

/** A private key of secp256k1, 32 bytes. Never printed. */
final class SecretKey {

    private static final int LENGTH = 32;
    private static final int ADDRESS = 20;
    private static final Curve CURVE = curve();

    private final byte[] secret;

    /**
     * @throws IllegalArgumentException if the bytes are not a number from 1 to the curve's order
     */
    SecretKey(byte[] secret) {
        if (!valid(secret)) {
            throw new IllegalArgumentException("These bytes are no private key");
        }
        this.secret = secret.clone();
    }

    /** A key drawn evenly, by drawing again what lies outside. */
    static SecretKey random(SecureRandom random) {
        byte[] secret = new byte[LENGTH];
        do {
            random.nextBytes(secret);
        } while (!valid(secret));
        return new SecretKey(secret);
    }

    /** A copy of the bytes. */
    byte[] bytes() {
        return secret.clone();
    }

    Address address() {
        return account(CURVE.publicKey(secret));
    }

    private static Address account(byte[] publicKey) {
        byte[] hash = Eip712.keccak(publicKey).bytes();
        return Address.of(Arrays.copyOfRange(hash, LENGTH - ADDRESS, LENGTH));
    }

    /** Whose signature of a digest this is, if it is anybody's. */
    static Optional<Address> signer(Signature signature, Hash32 digest) {
        return Optional.ofNullable(CURVE.recover(signature, digest.bytes()))
                .map(SecretKey::account);
    }

    Signature sign(Hash32 digest) {
        return CURVE.sign(secret, digest.bytes());
    }

    private static boolean valid(byte[] secret) {
        BigInteger number = new BigInteger(1, secret);
        return secret.length == LENGTH
                && number.signum() > 0
                && number.compareTo(Sign.CURVE_PARAMS.getN()) < 0;
    }

    private static Curve curve() {
        Curve everywhere = new Web3jCurve();
        return NativeCurve.load(everywhere).orElse(everywhere);
    }
}
