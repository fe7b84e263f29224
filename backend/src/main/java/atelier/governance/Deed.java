package atelier.governance;

import atelier.chain.ContractKind;
import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.datatypes.Array;
import org.web3j.abi.datatypes.BytesType;
import org.web3j.abi.datatypes.NumericType;
import org.web3j.abi.datatypes.Type;

/** What a call does, read from its bytes and from nothing else. */
sealed interface Deed {

    /** A function that we know of a contract of ours, with its arguments. */
    record Known(Act act, List<Object> arguments) implements Deed {

        public Known {
            arguments = List.copyOf(arguments);
        }

        BigInteger number(int place) {
            return (BigInteger) arguments.get(place);
        }

        Address address(int place) {
            return (Address) arguments.get(place);
        }

        String text(int place) {
            return (String) arguments.get(place);
        }

        List<?> list(int place) {
            return (List<?>) arguments.get(place);
        }
    }

    /** Anything else. */
    record Unread() implements Deed {}

    /**
     * Reads a call.
     *
     * @param contracts which contract of ours is where
     */
    static Deed of(ProposedCall call, Map<Address, ContractKind> contracts) {
        ContractKind contract = contracts.get(call.target());
        return Arrays.stream(Act.values())
                .filter(act -> act.contract() == contract && act.opens(call.data()))
                .findFirst()
                .flatMap(act -> read(act, call.data()))
                .orElseGet(Unread::new);
    }

    /**
     * Only bytes that these arguments are written as, word for word: what is written in another way
     * may be meant to be read in another way.
     */
    @SuppressWarnings({"rawtypes", "unchecked"}) // web3j takes its types without their parameters
    private static Optional<Deed> read(Act act, byte[] data) {
        try {
            String hex = Bytes.hex(data);
            String selector = act.selector();
            List<Type> decoded =
                    FunctionReturnDecoder.decode(
                            hex.substring(selector.length()), (List) act.arguments());
            if (decoded.size() != act.arguments().size()
                    || !FunctionEncoder.encode(selector, decoded).equalsIgnoreCase(hex)) {
                return Optional.empty();
            }
            return Optional.of(
                    new Known(act, decoded.stream().map(one -> value((Type<?>) one)).toList()));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Object value(Type<?> type) {
        return switch (type) {
            case org.web3j.abi.datatypes.Address address -> Address.parse(address.getValue());
            case NumericType number -> number.getValue();
            case org.web3j.abi.datatypes.generated.Bytes32 bytes -> Hash32.of(bytes.getValue());
            case BytesType bytes -> Bytes.hex(bytes.getValue());
            case Array<?> array -> array.getValue().stream().map(Deed::value).toList();
            default -> type.getValue();
        };
    }
}
