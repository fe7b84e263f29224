package atelier.vault;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.kernel.Address;
import atelier.kernel.Bytes;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign.SignatureData;
import org.web3j.crypto.TransactionEncoder;

class EnvelopeTests {

    private static final int SAMPLES = 20;

    private final SecureRandom random = new SecureRandom();

    /** Around every length at which the list's own length takes another byte. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20, 100, 130, 180, 300, 65_300, 65_450, 180_000, 16_777_300})
    void isWhatWeb3jEncodes(int length) {
        for (int i = 0; i < (length > 1_000_000 ? 1 : SAMPLES); i++) {
            RawTransaction transaction = transaction(new byte[length]);
            byte[] unsigned = TransactionEncoder.encode(transaction);
            Signature signature = SecretKey.random(random).sign(Eip712.keccak(unsigned));

            assertThat(Envelope.signed(unsigned, signature))
                    .isEqualTo(TransactionEncoder.encode(transaction, parts(signature)));
        }
    }

    private static RawTransaction transaction(byte[] data) {
        return RawTransaction.createTransaction(
                31337,
                BigInteger.TWO,
                BigInteger.valueOf(21_000),
                Address.ZERO.toString(),
                BigInteger.ZERO,
                Bytes.hex(data),
                BigInteger.ONE,
                BigInteger.TEN);
    }

    private static SignatureData parts(Signature signature) {
        byte[] rsv = signature.rsv();
        return new SignatureData(rsv[64], Arrays.copyOf(rsv, 32), Arrays.copyOfRange(rsv, 32, 64));
    }
}
