package atelier.chain;

import atelier.contracts.AccessManager;
import atelier.contracts.Council;
import atelier.contracts.Directory;
import atelier.contracts.ERC2771Forwarder;
import atelier.contracts.Market;
import atelier.contracts.Points;
import atelier.contracts.ProfitShare;
import atelier.contracts.Ratchet;
import atelier.contracts.RuleBook;
import atelier.contracts.Seats;
import atelier.contracts.Supplies;
import atelier.contracts.TimelockController;
import atelier.contracts.Treasury;
import atelier.contracts.Works;
import atelier.contracts.Workshop;
import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import java.lang.reflect.Field;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;
import org.web3j.abi.CustomErrorEncoder;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.datatypes.CustomError;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.utils.Numeric;

/**
 * Puts what a contract returned when it reverted into a code and values: {@code contract.<Error>}
 * with the error's arguments, for every error that the bindings name (OpenZeppelin's and Solady's
 * among them), the reason of a plain revert, or the number of a panic.
 */
@Component
class ContractErrors {

    private static final String ERROR_STRING = "0x08c379a0";
    private static final String PANIC = "0x4e487b71";
    private static final int EXECUTION_REVERTED = 3;
    private static final int SELECTOR = 4;
    private static final int WORD = 32;
    private static final int LONGEST_REASON = 200;

    private static final List<Class<?>> BINDINGS =
            List.of(
                    Points.class,
                    Supplies.class,
                    Works.class,
                    Workshop.class,
                    Market.class,
                    RuleBook.class,
                    Treasury.class,
                    Directory.class,
                    Seats.class,
                    Council.class,
                    Ratchet.class,
                    TimelockController.class,
                    ProfitShare.class,
                    AccessManager.class,
                    ERC2771Forwarder.class);

    /** Errors whose numbers are points: which of their arguments. */
    private static final Map<String, Set<Integer>> POINTS_IN =
            Map.of(
                    "IssuanceBudgetExceeded", Set.of(0, 1),
                    "SettleCeilingExceeded", Set.of(0, 1),
                    "SupplyCapExceeded", Set.of(0),
                    "CostAboveMaximum", Set.of(0, 1),
                    "CostBudgetExceeded", Set.of(0, 1),
                    "NetBelowMinimum", Set.of(0, 1),
                    "PaidOut", Set.of(0, 1),
                    "TotalShrinks", Set.of(0, 1),
                    "ERC20InsufficientBalance", Set.of(1, 2),
                    "ERC20InsufficientAllowance", Set.of(1, 2));

    private final Map<String, CustomError> known = new HashMap<>();

    ContractErrors() {
        for (Class<?> binding : BINDINGS) {
            for (Field field : binding.getFields()) {
                if (field.getType() == CustomError.class) {
                    CustomError error = value(field);
                    known.put(selector(error), error);
                }
            }
        }
    }

    /** Every error by name, for the test that each has words. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        known.values().forEach(error -> names.add(error.getName()));
        return names;
    }

    /** Whether the node's answer means that the call reverts, rather than that it was not tried. */
    static boolean isRevert(NodeRefused answer) {
        byte[] data = answer.data();
        String message = String.valueOf(answer.getMessage()).toLowerCase(Locale.ROOT);
        return answer.code() == EXECUTION_REVERTED
                || (data != null && data.length > 0)
                || message.contains("revert")
                || message.contains("out of gas")
                || message.contains("invalid opcode")
                || message.contains("gas required exceeds allowance");
    }

    /** The refusal that a node's answer to a call amounts to. */
    Refused refusal(NodeRefused answer) {
        byte[] data = answer.data();
        return refusal(data == null ? new byte[0] : data);
    }

    /** The refusal that a reverting call's return data amounts to. */
    Refused refusal(byte[] data) {
        if (data.length < SELECTOR) {
            return Refused.conflict("contract.reverted", "");
        }
        String selector = Numeric.toHexString(data, 0, SELECTOR, true);
        byte[] rest = Arrays.copyOfRange(data, SELECTOR, data.length);
        CustomError error = known.get(selector);
        if (error != null) {
            return Refused.conflict(
                    "contract." + error.getName(), arguments(error, rest).toArray());
        }
        return switch (selector) {
            case ERROR_STRING -> Refused.conflict("contract.reverted", text(rest));
            case PANIC -> Refused.conflict("contract.panic", new BigInteger(1, rest));
            default -> Refused.conflict("contract.unknown", selector);
        };
    }

    @SuppressWarnings("rawtypes") // web3j hands its types out without their parameters
    private static List<Object> arguments(CustomError error, byte[] encoded) {
        List<Type> decoded =
                FunctionReturnDecoder.decode(Bytes.hex(encoded), error.getParameters());
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < decoded.size(); i++) {
            values.add(argument(error.getName(), i, decoded.get(i)));
        }
        return values;
    }

    private static Object argument(String error, int index, Type<?> type) {
        return switch (type) {
            case org.web3j.abi.datatypes.Address address -> Address.parse(address.getValue());
            case Bytes32 bytes -> Hash32.of(bytes.getValue());
            case org.web3j.abi.datatypes.BytesType bytes -> Bytes.hex(bytes.getValue());
            case org.web3j.abi.datatypes.NumericType number ->
                    POINTS_IN.getOrDefault(error, Set.of()).contains(index)
                            ? new TokenAmount(number.getValue())
                            : number.getValue();
            default -> type.getValue();
        };
    }

    private static String selector(CustomError error) {
        return CustomErrorEncoder.encode(error).substring(0, 2 + 2 * SELECTOR);
    }

    private static CustomError value(Field field) {
        try {
            return (CustomError) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(byte[] encoded) {
        if (encoded.length < 2 * WORD) {
            return "";
        }
        int length =
                new BigInteger(1, encoded, WORD, WORD)
                        .min(BigInteger.valueOf(LONGEST_REASON))
                        .intValue();
        int end = Math.min(encoded.length, 2 * WORD + length);
        return new String(encoded, 2 * WORD, end - 2 * WORD, StandardCharsets.UTF_8);
    }
}
