package atelier.vault;

import fr.acinq.secp256k1.Secp256k1;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bitcoin Core's libsecp256k1, several times as fast as Java; not built for every platform. */
final class NativeCurve implements Curve {

    private static final Logger LOG = LoggerFactory.getLogger(NativeCurve.class);
    private static final int COMPACT = 64;
    private static final int RECOVERY_IDS = 2;
    private static final byte[] PROBE = new byte[32];

    static {
        PROBE[31] = 1;
    }

    private final Secp256k1 library;
    private final @Nullable RecoverableSigning signing;

    /**
     * @param signing null where the library does not show it: recovery ids are then found by trial
     */
    NativeCurve(Secp256k1 library, @Nullable RecoverableSigning signing) {
        this.library = library;
        this.signing = signing;
    }

    /** The library where it loads, and signs a probe as the other curve does. */
    static Optional<Curve> load(Curve other) {
        try {
            Secp256k1 library = Secp256k1.get();
            Curve loaded = new NativeCurve(library, RecoverableSigning.find().orElse(null));
            Signature probe = other.sign(PROBE, PROBE);
            if (loaded.sign(PROBE, PROBE).equals(probe)
                    && Arrays.equals(loaded.recover(probe, PROBE), other.publicKey(PROBE))) {
                return Optional.of(loaded);
            }
            LOG.warn("The native secp256k1 signs otherwise than web3j and is not used");
        } catch (LinkageError | RuntimeException e) {
            LOG.info("There is no native secp256k1 for this machine; web3j signs");
            LOG.debug("Because of", e);
        }
        return Optional.empty();
    }

    @Override
    public byte[] publicKey(byte[] secret) {
        return Arrays.copyOfRange(library.pubkeyCreate(secret), 1, 1 + COMPACT);
    }

    @Override
    public Signature sign(byte[] secret, byte[] digest) {
        return signing == null ? signByTrial(secret, digest) : signing.sign(secret, digest);
    }

    @Override
    public byte @Nullable [] recover(Signature signature, byte[] digest) {
        byte[] rs = Arrays.copyOf(signature.rsv(), COMPACT);
        try {
            byte[] key = library.ecdsaRecover(rs, digest, signature.recoveryId());
            return Arrays.copyOfRange(key, 1, 1 + COMPACT);
        } catch (RuntimeException e) {
            return null;
        }
    }

    private Signature signByTrial(byte[] secret, byte[] digest) {
        byte[] rs = library.sign(digest, secret);
        byte[] key = library.pubkeyCreate(secret);
        for (int id = 0; id < RECOVERY_IDS; id++) {
            if (Arrays.equals(library.ecdsaRecover(rs, digest, id), key)) {
                byte[] rsv = Arrays.copyOf(rs, Signature.LENGTH);
                rsv[COMPACT] = (byte) (27 + id);
                return new Signature(rsv);
            }
        }
        throw new IllegalStateException("The signature does not recover its key");
    }
}
