package atelier.vault;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;
import org.web3j.crypto.Sign.SignatureData;

/** The curve's operations, in our types. */
final class Secp256k1 {

    private static final int SECRET_BITS = 256;

    private Secp256k1() {}

    /** A key drawn evenly from 1 to the curve's order, by drawing again what lies outside. */
    static ECKeyPair random(SecureRandom random) {
        BigInteger secret;
        do {
            secret = new BigInteger(SECRET_BITS, random);
        } while (secret.signum() == 0 || secret.compareTo(Sign.CURVE_PARAMS.getN()) >= 0);
        return ECKeyPair.create(secret);
    }

    static Address address(ECKeyPair pair) {
        return Address.parse(Keys.getAddress(pair));
    }

    /** Signs a digest as it is, deterministically (RFC 6979), with the lower of the two s. */
    static Signature sign(ECKeyPair pair, Hash32 digest) {
        SignatureData data = Sign.signMessage(digest.bytes(), pair, false);
        byte[] rsv = new byte[Signature.LENGTH];
        System.arraycopy(data.getR(), 0, rsv, 0, 32);
        System.arraycopy(data.getS(), 0, rsv, 32, 32);
        rsv[64] = data.getV()[0];
        return new Signature(rsv);
    }
}
