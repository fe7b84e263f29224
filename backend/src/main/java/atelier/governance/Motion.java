package atelier.governance;

import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.crypto.Hash;

/**
 * What is put to the vote: calls, none of them with ether, and a description. Both together are its
 * identity, on the Council and in the timelock.
 */
@SuppressWarnings("ArrayRecordComponent")
record Motion(List<ProposedCall> calls, byte[] description) {

    Motion {
        calls = List.copyOf(calls);
    }

    Motion(List<ProposedCall> calls, String description) {
        this(calls, description.getBytes(StandardCharsets.UTF_8));
    }

    Hash32 descriptionHash() {
        return Hash32.of(Hash.sha3(description));
    }

    /** The number that OpenZeppelin's Governor gives it. */
    ProposalId id() {
        return new ProposalId(new BigInteger(1, hash(new Bytes32(descriptionHash().bytes()))));
    }

    /** The id of the timelock's operation when this council queues it. */
    Hash32 operation(Address council) {
        return Hash32.of(hash(new Bytes32(new byte[Hash32.LENGTH]), new Bytes32(salt(council))));
    }

    /**
     * What the timelock knows it by beside its calls: the council's address over the description.
     */
    byte[] salt(Address council) {
        byte[] salt = descriptionHash().bytes();
        byte[] address = council.bytes();
        for (int i = 0; i < address.length; i++) {
            salt[i] ^= address[i];
        }
        return salt;
    }

    List<String> targets() {
        return calls.stream().map(call -> call.target().toString()).toList();
    }

    List<BigInteger> values() {
        return Collections.nCopies(calls.size(), BigInteger.ZERO);
    }

    List<byte[]> payloads() {
        return calls.stream().map(ProposedCall::data).toList();
    }

    private byte[] hash(Type<?>... rest) {
        List<Type<?>> parts = new ArrayList<>();
        parts.add(
                new DynamicArray<>(
                        org.web3j.abi.datatypes.Address.class,
                        targets().stream().map(org.web3j.abi.datatypes.Address::new).toList()));
        parts.add(new DynamicArray<>(Uint256.class, values().stream().map(Uint256::new).toList()));
        parts.add(
                new DynamicArray<>(
                        DynamicBytes.class, payloads().stream().map(DynamicBytes::new).toList()));
        parts.addAll(List.of(rest));
        return Hash.sha3(Bytes.parse(encoded(parts)));
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // web3j takes its types without their parameters
    private static String encoded(List<Type<?>> parts) {
        return FunctionEncoder.encodeConstructor((List) parts);
    }
}
