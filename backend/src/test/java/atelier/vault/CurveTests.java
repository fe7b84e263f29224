package atelier.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import fr.acinq.secp256k1.Secp256k1;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.Sign;

/** Both curves, held against each other; viem's vectors are in {@link Eip712Test}. */
class CurveTests {

    private static final int SAMPLES = 200;
    private static final BigInteger ORDER = Sign.CURVE_PARAMS.getN();

    private final Curve java = new Web3jCurve();
    private final Optional<Curve> library = NativeCurve.load(java);
    private final SecureRandom random = new SecureRandom();

    @Test
    void agreeOnEverySignatureAndKey() {
        assumeThat(library).as("a native secp256k1 for this machine").isPresent();
        agrees(library.orElseThrow());
    }

    @Test
    void agreeWhereRecoveryIdsAreFoundByTrial() {
        assumeThat(library).as("a native secp256k1 for this machine").isPresent();
        agrees(new NativeCurve(Secp256k1.get(), null));
    }

    @Test
    void theLibraryGivesRecoveryIdsOnLinux() {
        assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
        assertThat(RecoverableSigning.find()).isPresent();
    }

    private void agrees(Curve curve) {
        for (int i = 0; i < SAMPLES; i++) {
            byte[] secret = SecretKey.random(random).bytes();
            byte[] digest = new byte[32];
            random.nextBytes(digest);
            String named = Bytes.hex(secret) + " signs " + Bytes.hex(digest);
            assertThat(curve.sign(secret, digest)).as(named).isEqualTo(java.sign(secret, digest));
            assertThat(curve.publicKey(secret)).as(named).isEqualTo(java.publicKey(secret));
            recoversAlike(curve, java.sign(secret, digest), digest, java.publicKey(secret));
        }
    }

    /** Also where a bit is another: that is no key's, or both say the same key. */
    private void recoversAlike(Curve curve, Signature signature, byte[] digest, byte[] key) {
        assertThat(curve.recover(signature, digest)).isEqualTo(key);
        assertThat(java.recover(signature, digest)).isEqualTo(key);
        byte[] other = signature.rsv();
        other[random.nextInt(64)] ^= (byte) (1 << random.nextInt(8));
        Signature forged = new Signature(other);
        assertThat(curve.recover(forged, digest))
                .as(forged.toString())
                .isEqualTo(java.recover(forged, digest))
                .isNotEqualTo(key);
    }

    @Test
    void noKeyGaveNumbersThatAreNotOfTheCurve() {
        byte[] rsv = new byte[Signature.LENGTH];
        rsv[64] = 27;
        byte[] digest = new byte[32];
        assertThat(java.recover(new Signature(rsv), digest)).isNull();
        library.ifPresent(curve -> assertThat(curve.recover(new Signature(rsv), digest)).isNull());
    }

    @Test
    void aSignatureIsByItsKeyAndNobodyElse() {
        SecretKey key = SecretKey.random(random);
        Hash32 digest = Eip712.keccak(new byte[] {1});
        Signature signature = key.sign(digest);
        byte[] strange = signature.rsv();
        // As some libraries say that the key is compressed; no contract takes it.
        strange[64] = (byte) (strange[64] + 4);
        assertThat(signature.isBy(key.address(), digest)).isTrue();
        assertThat(signature.isBy(SecretKey.random(random).address(), digest)).isFalse();
        assertThat(signature.isBy(key.address(), Hash32.ZERO)).isFalse();
        assertThat(new Signature(strange).isBy(key.address(), digest)).isFalse();
    }

    @Test
    void areBothThereOnLinux() {
        assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
        assertThat(library).isPresent();
    }

    @Test
    void aLibraryThatSignsOtherwiseIsNotUsed() {
        Curve other =
                new Curve() {
                    @Override
                    public byte[] publicKey(byte[] secret) {
                        return java.publicKey(secret);
                    }

                    @Override
                    public Signature sign(byte[] secret, byte[] digest) {
                        return new Signature(new byte[Signature.LENGTH]);
                    }

                    @Override
                    public byte[] recover(Signature signature, byte[] digest) {
                        return java.publicKey(digest);
                    }
                };
        assertThat(NativeCurve.load(other)).isEmpty();
    }

    @Test
    void signWithTheLowerOfTheTwoS() {
        BigInteger half = ORDER.shiftRight(1);
        byte[] secret = new byte[32];
        secret[31] = 2;
        for (int i = 0; i < 64; i++) {
            byte[] digest = new byte[32];
            digest[31] = (byte) i;
            byte[] rsv = java.sign(secret, digest).rsv();
            assertThat(new BigInteger(1, rsv, 32, 32)).isLessThanOrEqualTo(half);
            assertThat(rsv[64]).isBetween((byte) 27, (byte) 28);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x0000000000000000000000000000000000000000000000000000000000000000",
                "0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141",
                "0x01",
            })
    void noKeyIsMadeOfOtherNumbers(String bytes) {
        assertThatIllegalArgumentException().isThrownBy(() -> new SecretKey(Bytes.parse(bytes)));
    }
}
