package atelier.vault;

import java.util.Arrays;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Sign;
import org.web3j.crypto.Sign.SignatureData;
import org.web3j.utils.Numeric;

/** The curve in Java, which runs everywhere. */
final class Web3jCurve implements Curve {

    private static final int PUBLIC_KEY = 64;

    @Override
    public byte[] publicKey(byte[] secret) {
        return Numeric.toBytesPadded(ECKeyPair.create(secret).getPublicKey(), PUBLIC_KEY);
    }

    @Override
    public Signature sign(byte[] secret, byte[] digest) {
        SignatureData data = Sign.signMessage(digest, ECKeyPair.create(secret), false);
        byte[] rsv = Arrays.copyOf(data.getR(), Signature.LENGTH);
        System.arraycopy(data.getS(), 0, rsv, 32, 32);
        rsv[PUBLIC_KEY] = data.getV()[0];
        return new Signature(rsv);
    }
}
