package atelier.chain.deploy;

import atelier.chain.ContractKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes4;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/** Calls and creations as the contracts take them. */
final class Encoded {

    private static final int SELECTOR = 4;

    private Encoded() {}

    static byte[] call(String function, Type<?>... arguments) {
        return Numeric.hexStringToByteArray(
                FunctionEncoder.encode(
                        new org.web3j.abi.datatypes.Function(
                                function, raw(List.of(arguments)), List.of())));
    }

    static byte[] creation(String binary, List<Type<?>> arguments) {
        return Numeric.hexStringToByteArray(
                binary + FunctionEncoder.encodeConstructor(raw(arguments)));
    }

    static Address at(Site site, ContractKind kind) {
        return address(site.at(kind));
    }

    static Address address(atelier.kernel.Address address) {
        return new Address(address.toString());
    }

    static Bytes4 selector(String signature) {
        byte[] hash = Hash.sha3(signature.getBytes(StandardCharsets.US_ASCII));
        return new Bytes4(Arrays.copyOf(hash, SELECTOR));
    }

    /** web3j takes its types without their parameters. */
    @SuppressWarnings({"rawtypes", "unchecked"})
    private static List<Type> raw(List<Type<?>> types) {
        return (List) types;
    }
}
