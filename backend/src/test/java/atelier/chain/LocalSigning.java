package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.MemberId;
import atelier.vault.TypedData;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;
import org.web3j.crypto.TransactionEncoder;

/** Real signatures with keys that everyone knows: no vault, and the same in every process. */
final class LocalSigning implements Signing {

    static final int MEMBERS = 6;
    static final Address DEPLOYER = address(key(1_000_001));
    static final Address RELAYER = address(key(1_000_002));

    private final Map<Address, ECKeyPair> keys = new HashMap<>();

    LocalSigning() {
        for (int i = 0; i < MEMBERS; i++) {
            keys.put(member(i), key(i));
        }
        keys.put(DEPLOYER, key(1_000_001));
        keys.put(RELAYER, key(1_000_002));
    }

    static Address member(int number) {
        return address(key(number));
    }

    static MemberId memberId(int number) {
        return new MemberId(new UUID(7, number));
    }

    private static ECKeyPair key(int number) {
        byte[] secret = Mix.hash(31_000_000L + number).bytes();
        secret[0] = 1; // below the curve's order
        return ECKeyPair.create(new BigInteger(1, secret));
    }

    private static Address address(ECKeyPair key) {
        return Address.parse("0x" + Keys.getAddress(key));
    }

    @Override
    public byte[] transaction(Slots.Place place, Slots.Payload payload, Fees fees, long chainId) {
        return TransactionEncoder.signMessage(
                VaultSigning.unsigned(place, payload, fees, chainId),
                Credentials.create(of(place.key())));
    }

    @Override
    public List<byte[]> requests(List<Asked> asked) {
        return asked.stream().map(this::sign).toList();
    }

    private byte[] sign(Asked asked) {
        Sign.SignatureData signed =
                Sign.signMessage(asked.request().hash().bytes(), of(asked.signer()), false);
        return ByteBuffer.allocate(65)
                .put(signed.getR())
                .put(signed.getS())
                .put(signed.getV())
                .array();
    }

    @Override
    public boolean signed(Address signer, TypedData request, byte[] signature) {
        return VaultSigning.isBy(signer, request, signature);
    }

    private ECKeyPair of(Address account) {
        return Objects.requireNonNull(keys.get(account));
    }
}
