package atelier.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;

final class AbiCallTests {

    private static final Address SOMEBODY =
            Address.parse("0x70997970c51812dc3a010c7d01b50e0d17dc79c8");
    private static final BigInteger HIGHEST =
            BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
    private static final Hash32 WORD =
            Hash32.parse("0xff00000000000000000000000000000000000000000000000000000000000001");

    @Test
    void encodesWordsAsWeb3jDoes() {
        AbiCall ours =
                AbiCall.Function.of("words(address,uint256,uint256,bytes32)")
                        .call()
                        .address(SOMEBODY)
                        .number(HIGHEST)
                        .number(0)
                        .bytes32(WORD);

        assertThat(ours.encoded())
                .isEqualTo(
                        web3j(
                                "words",
                                new org.web3j.abi.datatypes.Address(SOMEBODY.toString()),
                                new Uint256(HIGHEST),
                                new Uint256(0),
                                new Bytes32(WORD.bytes())));
    }

    @Test
    void encodesBytesBetweenWordsAsWeb3jDoes() {
        for (int length : List.of(0, 1, 32, 65)) {
            byte[] bytes = new byte[length];
            Arrays.fill(bytes, (byte) 7);
            AbiCall ours =
                    AbiCall.Function.of("mixed(uint256,bytes,address,bytes)")
                            .call()
                            .number(1)
                            .bytes(bytes)
                            .address(SOMEBODY)
                            .bytes(WORD.bytes());

            assertThat(ours.encoded())
                    .isEqualTo(
                            web3j(
                                    "mixed",
                                    new Uint256(1),
                                    new DynamicBytes(bytes),
                                    new org.web3j.abi.datatypes.Address(SOMEBODY.toString()),
                                    new DynamicBytes(WORD.bytes())));
        }
    }

    @Test
    void refusesNumbersThatNoWordHolds() {
        AbiCall call = AbiCall.Function.of("number(uint256)").call();

        assertThatIllegalArgumentException().isThrownBy(() -> call.number(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> call.number(HIGHEST.add(BigInteger.ONE)));
    }

    private static byte[] web3j(String name, Type<?>... arguments) {
        return Bytes.parse(
                FunctionEncoder.encode(new Function(name, List.of(arguments), List.of())));
    }
}
