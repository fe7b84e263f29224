package atelier.vault;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.web3j.crypto.ECDSASignature;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Sign;
import org.web3j.crypto.Sign.SignatureData;
import org.web3j.utils.Numeric;

/** The curve in Java, which runs everywhere. */
final class Web3jCurve implements Curve {

    private static final int PUBLIC_KEY = 64;
    private static final int HALF = 32;

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

    @Override
    public byte @Nullable [] recover(Signature signature, byte[] digest) {
        byte[] rsv = signature.rsv();
        ECDSASignature rs =
                new ECDSASignature(
                        new BigInteger(1, rsv, 0, HALF), new BigInteger(1, rsv, HALF, HALF));
        try {
            BigInteger key = Sign.recoverFromSignature(signature.recoveryId(), rs, digest);
            return key == null ? null : Numeric.toBytesPadded(key, PUBLIC_KEY);
        } catch (RuntimeException e) {
            return null;
        }
    }
}
